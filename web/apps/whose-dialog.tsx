import { Button } from '@mantine/core';
import { useState } from 'react';
import { ChoiceCards } from '../design/choice-cards.tsx';
import { Dialog } from '../design/dialog.tsx';
import { Problem } from '../design/problem.tsx';
import { toast } from '../design/toast.tsx';
import { problemProps } from '../shell/api-problem.ts';
import { type ChosenPerson, PersonChoice } from '../shell/person-choice.tsx';
import { useAct } from '../shell/use-call.ts';
import classes from './apps.module.css';
import { type Account, accountName } from './words.ts';

type Kind = 'suggested' | 'person' | 'service';

/** Says whose an account is: the one suggested, somebody else, or a program's that somebody answers for. */
export function WhoseDialog({ account, onClose }: { account: Account; onClose: () => void }) {
  const suggested = account.suggestedPerson !== null;
  const [kind, setKind] = useState<Kind>(suggested ? 'suggested' : account.suggestedWhy === null ? 'person' : 'service');
  const [person, setPerson] = useState<ChosenPerson | null>(null);
  const name = accountName(account);
  const holder = account.person ?? account.suggestedPerson;
  const done = (text: string) => {
    toast(text);
    onClose();
  };
  const match = useAct('matchAccount', {
    onDone: () => done(`${name} is ${(kind === 'suggested' ? account.suggestedPerson : person?.name) ?? 'known'}’s now.`),
  });
  const service = useAct('markServiceAccount', { onDone: () => done(`${person?.name ?? 'Somebody'} answers for ${name} now.`) });
  const not = useAct('unmatchAccount', {
    onDone: () => done(`${name} is not ${holder}’s any more.`),
  });
  const params = { accountId: account.id };
  const error = match.error ?? service.error ?? not.error;
  return (
    <Dialog opened onClose={onClose} title={`Whose is ${name} in ${account.app}?`}>
      <form
        className={classes.dialog}
        onSubmit={(event) => {
          event.preventDefault();
          if (kind === 'suggested') match.mutate({ params, body: {} });
          else if (person !== null && kind === 'person') match.mutate({ params, body: { personId: person.id } });
          else if (person !== null) service.mutate({ params, body: { ownerPersonId: person.id } });
        }}
      >
        <p>{account.reason}</p>
        <ChoiceCards<Kind>
          legend="It belongs to"
          value={kind}
          onChange={setKind}
          choices={[
            ...(suggested ? [{ value: 'suggested' as const, label: account.suggestedPerson, detail: account.suggestedWhy }] : []),
            { value: 'person', label: suggested ? 'Somebody else' : 'A person', detail: 'Somebody on your people list.' },
            { value: 'service', label: 'A program, or many', detail: 'A service account. Somebody must answer for it.' },
          ]}
        />
        {kind === 'person' && <PersonChoice label="Person" withJoiners value={person} onChange={setPerson} />}
        {kind === 'service' && <PersonChoice label="Who answers for it" withJoiners value={person} onChange={setPerson} />}
        {error !== null && <Problem {...problemProps(error)} />}
        <div className={classes.acts}>
          {holder !== null && kind !== 'suggested' && (
            <Button type="button" loading={not.isPending} onClick={() => not.mutate({ params })}>
              Not {holder}’s, that is all I know
            </Button>
          )}
          <Button onClick={onClose}>Leave it open</Button>
          <Button
            type="submit"
            variant="filled"
            loading={match.isPending || service.isPending}
            disabled={kind !== 'suggested' && person === null}
          >
            {kind === 'suggested' ? `It is ${account.suggestedPerson}’s` : kind === 'person' ? 'It is theirs' : 'It is a service account'}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
