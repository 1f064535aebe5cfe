import { Button } from '@mantine/core';
import { useState } from 'react';
import { ActButton } from '../design/act.tsx';
import { Dialog, DialogActs } from '../design/dialog.tsx';
import { Problem } from '../design/problem.tsx';
import { RowList } from '../design/row-list.tsx';
import { Section } from '../design/section.tsx';
import { problemProps } from '../shell/api-problem.ts';
import { type ChosenPerson, PersonChoice } from '../shell/person-choice.tsx';
import { useMay } from '../shell/session.ts';
import { useAct, useCall } from '../shell/use-call.ts';
import classes from './directory.module.css';
import type { Directory, PushedUser } from './words.ts';

const shown = 100;

/** What the roster did not take over from the directory, each with the mend beside it. */
export function ProblemsPart({ directory }: { directory: Directory }) {
  const mayDecide = useMay('directory:decide');
  const [settling, setSettling] = useState<PushedUser | null>(null);
  const { data, error } = useCall(
    'listDirectoryUsers',
    { params: { directoryConnectionId: directory.id }, query: { onlyProblems: 'true', limit: shown } },
    { enabled: directory.notTakenOver > 0 },
  );
  const adopt = useAct('adoptDirectoryAddress');
  const failed = error ?? adopt.error;
  if (directory.notTakenOver === 0) return null;
  return (
    <Section title="Not taken over" note="The directory keeps what it wrote. The roster differs until somebody decides.">
      {failed !== null && <Problem {...problemProps(failed)} />}
      <RowList
        rows={(data?.rows ?? []).map((user) => ({
          key: user.id,
          title: user.person ?? user.userName,
          to: user.personId === null ? undefined : `/people/${user.personId}`,
          detail: user.problem,
          right: mayDecide ? (
            user.personId === null ? (
              <ActButton
                size="xs"
                act={{ label: 'Say who it is…', ariaLabel: `Say who it is… ${user.userName}`, onClick: () => setSettling(user) }}
              />
            ) : user.problem?.includes(' address ') ? (
              <ActButton
                size="xs"
                act={{
                  label: 'Take this address over',
                  ariaLabel: `Take this address over for ${user.person}`,
                  onClick: () => adopt.mutate({ params: { directoryUserId: user.id } }),
                }}
              />
            ) : undefined
          ) : undefined,
        }))}
      />
      {directory.notTakenOver > shown && (
        <p className="gc-dimmed">
          The first {shown} of {directory.notTakenOver}.
        </p>
      )}
      {settling !== null && <SettleDialog user={settling} onClose={() => setSettling(null)} />}
    </Section>
  );
}

function SettleDialog({ user, onClose }: { user: PushedUser; onClose: () => void }) {
  const [person, setPerson] = useState<ChosenPerson | null>(null);
  const settle = useAct('settleDirectoryUser', { onDone: onClose });
  const say = (personId: string | null) => settle.mutate({ params: { directoryUserId: user.id }, body: { personId } });
  return (
    <Dialog opened onClose={onClose} title={`Who is ${user.userName}?`}>
      <div className={classes.dialog}>
        <p>{user.problem}</p>
        <PersonChoice label="Somebody on your people list" withJoiners value={person} onChange={setPerson} />
        {settle.error !== null && <Problem {...problemProps(settle.error)} />}
        <DialogActs>
          <Button onClick={() => say(null)} loading={settle.isPending && person === null}>
            Somebody new: add them
          </Button>
          <Button variant="filled" disabled={person === null} loading={settle.isPending && person !== null} onClick={() => say(person!.id)}>
            It is this person
          </Button>
        </DialogActs>
      </div>
    </Dialog>
  );
}
