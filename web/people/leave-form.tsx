import { Button, Checkbox, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ChoiceCards } from '../design/choice-cards.tsx';
import { Dialog, DialogActs } from '../design/dialog.tsx';
import { Problem } from '../design/problem.tsx';
import { toast } from '../design/toast.tsx';
import { fieldProblems, problemProps } from '../shell/api-problem.ts';
import type { OutputOf } from '../shell/call.ts';
import { useAct } from '../shell/use-call.ts';
import classes from './people.module.css';
import { counted, type Person, placeOf } from './words.ts';

type Absence = OutputOf<'getPersonAbsence'>;
type Dates = { from: string | null; until: string | null };

/** `absence`: null for who may set a leave, and not decide what is suspended for it. */
export function LeaveForm({ person, absence, onClose }: { person: Person; absence: Absence | null; onClose: () => void }) {
  const [from, setFrom] = useState(person.leaveFrom ?? '');
  const [until, setUntil] = useState(person.leaveUntil ?? '');
  const [accounts, setAccounts] = useState<'open' | 'suspended'>(
    absence !== null && (absence.absence !== null || person.leaveFrom === null) ? 'suspended' : 'open',
  );
  const [kept, setKept] = useState<string[]>(absence?.absence?.keepAppIds ?? []);
  const onDone = (body: Dates) => {
    onClose();
    toast(body.from === null ? `The leave of ${person.name} is over.` : `The leave of ${person.name} is set.`);
  };
  const setDates = useAct('setPersonLeave', { onDone: (_, { body }) => onDone(body) });
  const setAll = useAct('setPersonAbsence', { onDone: (_, { body }) => onDone(body) });
  const set = absence === null ? setDates : setAll;
  const problems = fieldProblems(set.error);
  const params = { personId: person.id };
  const suspends = accounts === 'suspended';
  const send = (body: Dates) =>
    absence === null
      ? setDates.mutate({ params, body })
      : setAll.mutate({ params, body: { ...body, suspends: suspends && body.from !== null, keepAppIds: kept } });
  const hasBegun = absence?.absence?.status === 'away' || absence?.absence?.status === 'returning';
  return (
    <Dialog opened onClose={onClose} title={`When is ${person.name} away?`}>
      <form
        className={classes.dialog}
        onSubmit={(event) => {
          event.preventDefault();
          send({ from: from || null, until: until || null });
        }}
      >
        <div className={classes.pair}>
          <TextInput
            type="date"
            label="First day away"
            description={`From its beginning in ${placeOf(person).name}`}
            value={from}
            error={problems.from}
            onChange={(event) => setFrom(event.currentTarget.value)}
          />
          <TextInput
            type="date"
            label="Last day away"
            description="Empty where the end is not known"
            value={until}
            error={problems.until}
            onChange={(event) => setUntil(event.currentTarget.value)}
          />
        </div>
        {absence === null ? (
          <p className="gc-small">Accounts stay as they are. Tasks go on to whoever stands in.</p>
        ) : (
          <>
            <ChoiceCards
              legend="What happens to their accounts"
              value={accounts}
              onChange={setAccounts}
              choices={[
                {
                  value: 'suspended',
                  label: 'Suspend them for that time',
                  detail: 'Roles and licences are kept. On the day after the last one everything opens as it was before, and nothing else.',
                },
                { value: 'open', label: 'Leave them open', detail: 'Nothing changes in any app. Tasks go on to whoever stands in.' },
              ]}
            />
            {suspends && <Accounts absence={absence} kept={kept} onKept={setKept} fixed={hasBegun} name={person.givenName} />}
          </>
        )}
        {set.error !== null && <Problem {...problemProps(set.error)} />}
        <DialogActs>
          <Button onClick={onClose}>Keep as it is</Button>
          {person.leaveFrom !== null && (
            <Button loading={set.isPending} onClick={() => send({ from: null, until: null })}>
              {hasBegun ? 'End the leave now' : 'Call the leave off'}
            </Button>
          )}
          <Button type="submit" variant="filled" loading={set.isPending} disabled={from === ''}>
            Set the leave
          </Button>
        </DialogActs>
      </form>
    </Dialog>
  );
}

type AccountsProps = { absence: Absence; kept: string[]; onKept: (kept: string[]) => void; fixed: boolean; name: string };

/** What happens to each account; apps may be left usable until the leave has begun. */
function Accounts({ absence, kept, onKept, fixed, name }: AccountsProps) {
  if (absence.accounts.length === 0) return <p className="gc-small">No account of {name} is known, so nothing is suspended.</p>;
  const closes = absence.accounts.filter(
    ({ how, appId }) => (how === 'machine' || how === 'by-hand' || how === 'kept') && !kept.includes(appId),
  );
  const alone = absence.onlyAdminOf.filter(({ id }) => closes.some(({ appId }) => appId === id));
  return (
    <section>
      <p className="gc-small">
        {fixed
          ? 'Suspended for this leave, or left as it is:'
          : `If you confirm, ${counted(closes.length, 'account', 'accounts')} of ${name} will be suspended.`}
        {!fixed && alone.length > 0 && ` ${name} is the only known administrator of ${alone.map((app) => app.name).join(', ')}.`}
      </p>
      <ul className={classes.leaveAccounts}>
        {absence.accounts.map(({ accountId, appId, app, account, how, words }) => {
          const mayStay = !fixed && (how === 'machine' || how === 'by-hand' || how === 'kept');
          return (
            <li key={accountId}>
              <span>
                <b>{app}</b> {account}
                <span className="gc-second">{kept.includes(appId) && how !== 'suspended' ? 'Stays usable.' : words}</span>
              </span>
              {mayStay && (
                <Checkbox
                  label="Stays usable"
                  aria-label={`${app} stays usable`}
                  checked={kept.includes(appId)}
                  onChange={(event) => onKept(event.currentTarget.checked ? [...kept, appId] : kept.filter((each) => each !== appId))}
                />
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
