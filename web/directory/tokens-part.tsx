import { Button } from '@mantine/core';
import { ActButton } from '../design/act.tsx';
import { Dialog, DialogActs } from '../design/dialog.tsx';
import { Problem } from '../design/problem.tsx';
import { RowList } from '../design/row-list.tsx';
import { Section } from '../design/section.tsx';
import { ZonedTime } from '../design/zoned-time.tsx';
import { problemProps } from '../shell/api-problem.ts';
import { useMay } from '../shell/session.ts';
import { useAct } from '../shell/use-call.ts';
import classes from './directory.module.css';
import { CopyText } from './token-once.tsx';
import type { Directory } from './words.ts';

/** The tokens of a directory: made, shown once, ended. */
export function TokensPart({ directory }: { directory: Directory }) {
  const mayManage = useMay('directory:manage');
  const add = useAct('addDirectoryToken', { changes: ['getDirectoryConnection'] });
  const revoke = useAct('revokeDirectoryToken', { changes: ['getDirectoryConnection'] });
  const failed = add.error ?? revoke.error;
  return (
    <Section
      title="Tokens"
      note="To change a token without a gap: make a new one, enter it in the directory, then revoke the old one."
      aside={
        mayManage ? (
          <ActButton
            size="xs"
            act={{
              label: 'Make a new token',
              busy: add.isPending,
              onClick: () => add.mutate({ params: { directoryConnectionId: directory.id } }),
            }}
          />
        ) : undefined
      }
    >
      {failed !== null && <Problem {...problemProps(failed)} />}
      {directory.tokens.length === 0 && <p>It has no token: it cannot push anything until you make one.</p>}
      <RowList
        rows={directory.tokens.map((token) => ({
          key: token.id,
          title: (
            <>
              Made by {token.createdBy} <ZonedTime instant={token.createdAt} />
            </>
          ),
          detail:
            token.lastUsedAt === null ? (
              'Never used'
            ) : (
              <>
                Last used <ZonedTime instant={token.lastUsedAt} />
              </>
            ),
          act: mayManage
            ? { label: 'Revoke', onClick: () => revoke.mutate({ params: { directoryTokenId: token.id } }), busy: revoke.isPending }
            : undefined,
        }))}
      />
      {add.data !== undefined && (
        <Dialog opened onClose={() => add.reset()} title="Copy the token now">
          <div className={classes.dialog}>
            <p>It is shown this once. The tokens before it work until you revoke them.</p>
            <CopyText label="Token" text={add.data.token} />
            <DialogActs>
              <Button onClick={() => add.reset()}>Close</Button>
            </DialogActs>
          </div>
        </Dialog>
      )}
    </Section>
  );
}
