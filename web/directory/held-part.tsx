import { Button, NumberInput, Textarea } from '@mantine/core';
import { useState } from 'react';
import { Ask } from '../design/ask.tsx';
import { Dialog, DialogActs } from '../design/dialog.tsx';
import { PlaceLink } from '../design/place-link.tsx';
import { Problem } from '../design/problem.tsx';
import { problemProps } from '../shell/api-problem.ts';
import { useMay } from '../shell/session.ts';
import { useAct, useCall } from '../shell/use-call.ts';
import classes from './directory.module.css';
import { causeWords, type Directory, people } from './words.ts';

/** What the brake holds: names, and the two ways to decide. */
export function HeldPart({ directory }: { directory: Directory }) {
  const [open, setOpen] = useState<'release' | 'letGo' | null>(null);
  const mayDecide = useMay('directory:decide');
  return (
    <>
      <Ask
        slim
        title={`${people(directory.held)} would be taken out at once.`}
        acts={
          mayDecide
            ? [
                { label: 'See who, and let it take effect…', onClick: () => setOpen('release') },
                { label: 'It is a mistake…', onClick: () => setOpen('letGo') },
              ]
            : []
        }
      >
        <p>
          More than 5 % of your people within a day are held, because such a push is usually a mistake in the directory. Nobody was touched,
          and nobody is until somebody has looked at the names.
        </p>
      </Ask>
      {open !== null && <DecideDialog directory={directory} release={open === 'release'} onClose={() => setOpen(null)} />}
    </>
  );
}

function DecideDialog({ directory, release, onClose }: { directory: Directory; release: boolean; onClose: () => void }) {
  const [typed, setTyped] = useState('');
  const [reason, setReason] = useState('');
  const { data, error } = useCall('listDirectorySuspensions', { query: { connectionId: directory.id, status: 'held', limit: 500 } });
  const decide = useAct(release ? 'releaseDirectoryHeld' : 'letDirectoryHeldGo', { onDone: onClose });
  const total = data?.total ?? 0;
  const failed = error ?? decide.error;
  return (
    <Dialog opened onClose={onClose} title={release ? 'Let it take effect?' : 'Let it go: nobody is touched?'}>
      <form
        className={classes.dialog}
        onSubmit={(event) => {
          event.preventDefault();
          decide.mutate({ params: { directoryConnectionId: directory.id }, body: { people: total, reason: reason.trim() } });
        }}
      >
        <p>
          {release
            ? 'Each is suspended so that it can be taken back, and you are asked one by one: leaving, leave of absence, or a mistake.'
            : 'Everybody stays as they are. What the directory wrote stays there: mend it in the directory.'}
        </p>
        <ul className={classes.names}>
          {data?.rows.map(({ id, personId, person, cause }) => (
            <li key={id}>
              <PlaceLink to={`/people/${personId}`}>{person}</PlaceLink>, {causeWords[cause]}
            </li>
          ))}
        </ul>
        <NumberInput
          label={`Type ${total} to confirm that you have seen their names`}
          hideControls
          allowNegative={false}
          allowDecimal={false}
          value={typed}
          onChange={(value) => setTyped(String(value))}
        />
        <Textarea
          label="Why this is right"
          description="It stands in the history, with your name."
          autosize
          minRows={2}
          maxLength={1000}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {failed !== null && <Problem {...problemProps(failed)} />}
        <DialogActs>
          <Button onClick={onClose} disabled={decide.isPending}>
            Keep it held
          </Button>
          <Button
            type="submit"
            variant="filled"
            loading={decide.isPending}
            disabled={total === 0 || typed !== String(total) || reason.trim() === ''}
          >
            {release ? 'Let it take effect' : 'Let it go'}
          </Button>
        </DialogActs>
      </form>
    </Dialog>
  );
}
