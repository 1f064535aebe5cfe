import { Button } from '@mantine/core';
import { ChoiceCards } from '../design/choice-cards.tsx';
import { Problem } from '../design/problem.tsx';
import { Section } from '../design/section.tsx';
import { Shape } from '../design/shape.tsx';
import { problemProps } from '../shell/api-problem.ts';
import { usePlace } from '../shell/place.ts';
import { useAct } from '../shell/use-call.ts';
import classes from './people.module.css';
import { counted, type PeopleImport } from './words.ts';

/** Asks whether the list is complete, then takes it in or lets go of it. What holds it back stands before the button. */
export function ImportConfirm({ list }: { list: PeopleImport }) {
  const { go } = usePlace();
  const change = useAct('changePeopleImport');
  const confirm = useAct('confirmPeopleImport');
  const discard = useAct('discardPeopleImport', { onDone: () => go('/people/imports') });
  const params = { importId: list.id };
  const held = list.heldReasons.length > 0;
  const error = change.error ?? confirm.error ?? discard.error;
  const waits = list.asksDateOrder && list.dateOrder === null;
  const write = list.counts.new + list.counts.changed;
  return (
    <Section title={held ? 'It is held. Decide.' : 'Take it in'}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          confirm.mutate({ params, body: { evenThough: held } });
        }}
      >
        <ChoiceCards
          legend="Does it hold everybody who works here?"
          value={list.declaredComplete ? 'yes' : 'no'}
          onChange={(value) => change.mutate({ params, body: { declaredComplete: value === 'yes' } })}
          choices={[
            {
              value: 'yes',
              label: 'Yes, it is complete',
              detail: list.declaredComplete
                ? `${counted(list.counts.missing, 'person is', 'people are')} not on it. You are asked about each afterwards.`
                : 'Whoever is here and not on it is asked about afterwards. Nobody ends by itself.',
            },
            { value: 'no', label: 'No, or I am not sure', detail: 'Who is not on it stays as they are.' },
          ]}
        />
        {held && (
          <ul className={classes.reasons}>
            {list.heldReasons.map((reason) => (
              <li key={reason}>
                <Shape kind="waiting" label="Held: " />
                <span>{reason}</span>
              </li>
            ))}
          </ul>
        )}
        {error !== null && <Problem {...problemProps(error)} />}
        {waits && <p className="gc-small gc-dimmed">Say above which number comes first in its dates.</p>}
        <div className={classes.acts}>
          <Button type="button" loading={discard.isPending} onClick={() => discard.mutate({ params })}>
            Discard it
          </Button>
          <Button type="submit" variant="filled" loading={confirm.isPending || change.isPending} disabled={waits}>
            {actLabel(write, held)}
          </Button>
        </div>
      </form>
    </Section>
  );
}

function actLabel(write: number, held: boolean): string {
  if (write === 0) return held ? 'Take it in all the same' : 'Take it in: nobody changes';
  return `Write ${counted(write, 'person', 'people')}${held ? ' all the same' : ''}`;
}
