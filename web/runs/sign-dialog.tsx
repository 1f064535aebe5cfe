import { Button, Checkbox } from '@mantine/core';
import { useState } from 'react';
import { Dialog, DialogActs } from '../design/dialog.tsx';
import { Problem } from '../design/problem.tsx';
import { Tally } from '../design/tally.tsx';
import { problemProps } from '../shell/api-problem.ts';
import { useAct } from '../shell/use-call.ts';
import { howOf } from './line-words.ts';
import type { ProofSectionAnswer, Run } from './run-state.ts';
import classes from './runs.module.css';
import { useNamedLines } from './use-named-lines.tsx';

/** Signs a section of the proof; each line that nobody can know is accepted by name. */
export function SignDialog({ run, section, onClose }: { run: Run; section: ProofSectionAnswer; onClose: () => void }) {
  const [accepted, setAccepted] = useState<string[]>([]);
  const sign = useAct('signProofSection', { onDone: onClose });
  const unknown = section.lines.filter(({ status }) => status === 'unknown');
  const of = (status: string) => section.lines.filter((line) => line.status === status).map(({ subject }) => subject);
  const tally = useNamedLines([
    { key: 'verified', names: of('verified'), text: 'verified: a machine read it after the cut-off' },
    { key: 'evidenced', names: of('evidenced'), text: 'evidenced: a named person vouched' },
    { key: 'overridden', names: of('overridden'), text: 'overridden: a named person decided otherwise' },
    { key: 'unknown', names: of('unknown'), text: 'unknown: nobody can tell' },
  ]);
  const toggle = (id: string) => setAccepted(accepted.includes(id) ? accepted.filter((other) => other !== id) : [...accepted, id]);
  return (
    <Dialog opened onClose={onClose} title={`Sign “${section.title}” for ${run.person}?`}>
      <div className={classes.body}>
        <Tally lines={tally} />
        {unknown.map((line) => (
          <Checkbox
            key={line.id}
            label={`I accept that ${line.subject} is unknown`}
            description={howOf(line).unknown?.why}
            checked={accepted.includes(line.id)}
            onChange={() => toggle(line.id)}
          />
        ))}
        <p className="gc-small gc-dimmed">
          Your name and the time stand below these lines. A line that changes afterwards takes the signature’s effect away, and you are
          told. A signature cannot be taken back.
        </p>
        {sign.error !== null && <Problem {...problemProps(sign.error)} />}
        <DialogActs>
          <Button onClick={onClose} disabled={sign.isPending}>
            Not yet
          </Button>
          <Button
            variant="filled"
            loading={sign.isPending}
            disabled={accepted.length < unknown.length}
            onClick={() => sign.mutate({ params: { runId: run.id }, body: { section: section.key, acceptedUnknownLines: accepted } })}
          >
            {section.lines.length === 0
              ? 'Sign that there is nothing'
              : `Sign ${section.lines.length === 1 ? 'this line' : `these ${section.lines.length} lines`}`}
          </Button>
        </DialogActs>
      </div>
    </Dialog>
  );
}
