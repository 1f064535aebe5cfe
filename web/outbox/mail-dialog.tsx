import { Button, CopyButton } from '@mantine/core';
import { Dialog, DialogActs } from '../design/dialog.tsx';
import { Problem } from '../design/problem.tsx';
import { StatusChip } from '../design/status-chip.tsx';
import { ZonedTime } from '../design/zoned-time.tsx';
import { problemProps } from '../shell/api-problem.ts';
import { useMay } from '../shell/session.ts';
import { useAct } from '../shell/use-call.ts';
import classes from './outbox.module.css';
import { type Mail, standing } from './words.ts';

/** One message as it was, or would have been, sent. */
export function MailDialog({ mail, canSend, onClose }: { mail: Mail; canSend: boolean; onClose: () => void }) {
  const may = useMay('outbox:send');
  const again = useAct('sendMailAgain', { changes: ['listMail'], onDone: onClose });
  const { kind, word } = standing[mail.status];
  const sendable = may && canSend && (mail.status === 'failed' || mail.status === 'kept');
  return (
    <Dialog opened onClose={onClose} title={mail.subject || 'A message that was erased'}>
      <dl className={classes.facts}>
        <dt>To</dt>
        <dd>{mail.to || 'erased'}</dd>
        <dt>Written</dt>
        <dd>
          <ZonedTime instant={mail.createdAt} />
        </dd>
        <dt>It stands</dt>
        <dd>
          <StatusChip kind={kind}>{word}</StatusChip>
          {mail.sentAt !== null && (
            <>
              {' '}
              <ZonedTime instant={mail.sentAt} />
            </>
          )}
        </dd>
        {mail.problem !== null && (
          <>
            <dt>Why</dt>
            <dd>{mail.problem}</dd>
          </>
        )}
      </dl>
      <div className={classes.letter}>{mail.body}</div>
      {mail.linksHidden && <p className="gc-small gc-dimmed">Its links act for the recipient. Only an owner sees them whole.</p>}
      {again.error !== null && <Problem {...problemProps(again.error)} />}
      <DialogActs>
        <Button onClick={onClose} data-autofocus>
          Close
        </Button>
        {mail.body !== '' && (
          <CopyButton value={mail.body}>
            {({ copied, copy }) => (
              <Button onClick={copy} variant={sendable ? 'default' : 'filled'}>
                {copied ? 'Copied' : 'Copy the message'}
              </Button>
            )}
          </CopyButton>
        )}
        {sendable && (
          <Button variant="filled" loading={again.isPending} onClick={() => again.mutate({ body: { mailId: mail.id } })}>
            Send it
          </Button>
        )}
      </DialogActs>
    </Dialog>
  );
}
