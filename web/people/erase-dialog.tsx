import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import { DryRun } from '../design/dry-run.tsx';
import { toast } from '../design/toast.tsx';
import { problemProps } from '../shell/api-problem.ts';
import { useAct, useCall } from '../shell/use-call.ts';
import type { Person } from './words.ts';

/** Erases the data of a person who has left, for good. What is still open about them stands before the numbers: erased now, it would be nobody’s. */
export function EraseDialog({ person, accounts, onClose }: { person: Person; accounts: number | null; onClose: () => void }) {
  const [evenThough, setEvenThough] = useState(false);
  const hindrances = useCall('getErasureHindrances', { params: { personId: person.id } });
  const erase = useAct('erasePerson', {
    onDone: () => {
      onClose();
      toast('Their data was erased.');
    },
  });
  const open = (hindrances.data?.rows ?? []).toSorted((a, b) => Number(b.isFinal) - Number(a.isFinal));
  const isFinal = open.some((each) => each.isFinal);
  const error = erase.error ?? hindrances.error;
  return (
    <DryRun
      opened
      onClose={onClose}
      title={`Erase the data of ${person.name}?`}
      lines={
        hindrances.data === undefined
          ? null
          : [
              { key: 'person', value: 1, text: 'person loses name, addresses, number and title here' },
              ...(accounts === null
                ? []
                : [{ key: 'accounts', value: accounts, text: 'accounts lose the names and addresses that were read' }]),
              { key: 'apps', value: 0, text: 'apps are touched: what stands there has to be erased there' },
            ]
      }
      undo="Lists, messages, tasks and events of the audit lose what names them; what was done, and when, stays provable. It cannot be undone. Backups that were made before still hold the data until they are deleted; proofs that were handed out stay with whoever has them."
      actLabel={open.length > 0 && !isFinal ? 'Erase even so' : 'Erase for good'}
      {...(isFinal ? {} : { confirmName: person.name })}
      incomplete={isFinal || (open.length > 0 && !evenThough)}
      busy={erase.isPending}
      problem={error === null ? undefined : problemProps(error)}
      onAct={() => erase.mutate({ params: { personId: person.id }, body: { evenThough } })}
    >
      {open.length > 0 && (
        <>
          <p>
            <b>{isFinal ? 'This has to be settled first.' : 'Something of theirs is still open.'}</b>
          </p>
          <ul style={{ listStyle: 'disc', margin: '6px 0 16px', paddingLeft: 18 }}>
            {open.map(({ words }) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
          {!isFinal && (
            <Checkbox
              mb="md"
              label="The law leaves no time: erase even so"
              checked={evenThough}
              onChange={(event) => setEvenThough(event.currentTarget.checked)}
            />
          )}
        </>
      )}
    </DryRun>
  );
}
