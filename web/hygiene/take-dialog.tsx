import { NumberInput, Textarea } from '@mantine/core';
import { useState } from 'react';
import { DryRun } from '../design/dry-run.tsx';
import { Problem } from '../design/problem.tsx';
import { problemProps } from '../shell/api-problem.ts';
import { usePlace } from '../shell/place.ts';
import { useAct, useCall } from '../shell/use-call.ts';
import classes from './hygiene.module.css';
import { counted, takeWords, type What } from './words.ts';

export type Item = { accountId: string; program?: string };

const mostNamed = 100;

/** Shows line by line what taking something away would do, and does it by a plan that is read back. */
export function TakeDialog({ what, items, onClose }: { what: What; items: Item[]; onClose: () => void }) {
  const { go } = usePlace();
  const [reason, setReason] = useState('');
  const [typed, setTyped] = useState('');
  const preview = useCall('previewTaking', { body: { what, items } });
  const take = useAct('takeAway', { onDone: ({ planId }) => go(`/access-rules/plans/${planId}`) });
  const words = takeWords[what];
  const lines = preview.data?.lines ?? [];
  const taken = lines.filter(({ stays }) => stays === null);
  const byHand = taken.filter(({ how }) => how === 'by-hand').length;
  const only = taken.filter(({ onlyAdmin }) => onlyAdmin).length;
  const losing = preview.data?.losing ?? 0;
  const brake = preview.data?.brake ?? null;
  const released = brake === null || (typed === String(losing) && reason.trim().length >= 3);
  return (
    <DryRun
      opened
      onClose={onClose}
      title={words.title(items.length)}
      lines={
        preview.data === undefined
          ? null
          : [
              { key: 'taken', value: taken.length, text: taken.length === 1 ? words.taken[0] : words.taken[1] },
              {
                key: 'hand',
                value: byHand,
                text:
                  byHand === 1
                    ? 'of them is done by hand: the owner of the app is asked'
                    : 'of them are done by hand: the owner of each app is asked',
              },
              { key: 'stays', value: lines.length - taken.length, text: 'stay as they are, each for the reason above' },
              ...(only > 0
                ? [
                    {
                      key: 'only',
                      value: only,
                      text: only === 1 ? 'is the only administrator known of its app' : 'are the only administrators known of their apps',
                    },
                  ]
                : []),
            ]
      }
      undo={
        brake === null
          ? words.undo
          : `${words.undo} More than ${brake.limit} people in a day need somebody who has looked: type the number and say why.`
      }
      incomplete={taken.length === 0 || !released}
      actLabel={`${words.act}${taken.length > 1 ? ` (${taken.length})` : ''}`}
      busy={take.isPending}
      onAct={() =>
        take.mutate({
          body: {
            what,
            items,
            reason: reason.trim() === '' ? null : reason.trim(),
            brake: brake === null ? null : { people: losing, reason: reason.trim() },
          },
        })
      }
      problem={take.error === null ? undefined : problemProps(take.error)}
    >
      <div className={classes.form}>
        {preview.error !== null && <Problem {...problemProps(preview.error)} />}
        <ul className={classes.lines} aria-label="Line by line">
          {lines.slice(0, mostNamed).map(({ accountId, who, account, app, words: said, stays }) => (
            <li key={accountId}>
              <b>
                {who} in {app}
              </b>
              {account !== who && `, ${account}`}. <span className="gc-dimmed">{stays ?? said}</span>
            </li>
          ))}
        </ul>
        {lines.length > mostNamed && <p className="gc-dimmed">And {counted(lines.length - mostNamed, 'line', 'lines')} more.</p>}
        {brake !== null && (
          <NumberInput
            label={`Type ${losing} to confirm that so many lose something`}
            hideControls
            allowNegative={false}
            allowDecimal={false}
            value={typed}
            onChange={(value) => setTyped(String(value))}
          />
        )}
        <Textarea
          label="Why"
          description={brake === null ? 'For the history. You may leave it out.' : 'It stands in the history, with your name.'}
          autosize
          maxLength={1_000}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </div>
    </DryRun>
  );
}
