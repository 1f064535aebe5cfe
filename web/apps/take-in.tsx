import { Button } from '@mantine/core';
import { useState } from 'react';
import { ChoiceCards } from '../design/choice-cards.tsx';
import { LocalMomentPicker } from '../design/local-moment-picker.tsx';
import { now } from '../design/now.ts';
import { PlaceLink } from '../design/place-link.tsx';
import { Problem } from '../design/problem.tsx';
import { useReader } from '../design/reader.tsx';
import { type LocalMoment, resolveLocalMoment } from '../design/resolve-local-moment.ts';
import { Section } from '../design/section.tsx';
import { problemProps } from '../shell/api-problem.ts';
import { usePlace } from '../shell/place.ts';
import { useAct } from '../shell/use-call.ts';
import classes from './apps.module.css';
import { counted, countsOf, type Sync } from './words.ts';

function momentOf(milliseconds: number, zone: string): LocalMoment {
  const parts = Object.fromEntries(
    new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    })
      .formatToParts(milliseconds)
      .map(({ type, value }) => [type, value]),
  );
  return { date: `${parts.year}-${parts.month}-${parts.day}`, time: `${parts.hour}:${parts.minute}`, zone };
}

/** Asks whether a list or a held reading is complete and when it was exported, then takes it in or lets go of it. */
export function TakeIn({ sync }: { sync: Sync }) {
  const { go } = usePlace();
  const reader = useReader();
  const [complete, setComplete] = useState<'yes' | 'no' | null>(null);
  const [moment, setMoment] = useState(momentOf(Date.parse(sync.asOf ?? sync.createdAt), reader.place.zone));
  const exported = resolveLocalMoment(moment);
  const isList = sync.kind === 'list';
  const counts = countsOf(sync.counts);
  const confirm = useAct('confirmSync');
  const discard = useAct('discardSync', { onDone: ({ appRemoved }) => go(appRemoved ? '/apps' : `/apps/${sync.appId}`) });
  const error = confirm.error ?? discard.error;
  const reasons = sync.heldReasons.length > 0;
  const asOf = exported === null ? undefined : new Date(Math.min(Number(new Date(exported.instant)), now())).toISOString();
  return (
    <Section title={isList ? 'Take it in' : 'Decide'}>
      <form
        className={`${classes.form} ${classes.wide}`}
        onSubmit={(event) => {
          event.preventDefault();
          confirm.mutate({
            params: { syncId: sync.id },
            body: { declaredComplete: complete === 'yes', despite: reasons, ...(isList && asOf !== undefined ? { asOf } : {}) },
          });
        }}
      >
        {reasons && (
          <ul className={classes.reasons}>
            {sync.heldReasons.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        )}
        {counts.gone > 0 && (
          <p>
            <PlaceLink to={`/apps/${sync.appId}/readings/${sync.id}/accounts?show=gone`}>
              {counts.gone === 1
                ? 'See the account that is missing, and whose it is'
                : `See the ${counted(counts.gone, '', 'accounts')} that are missing, and whose they are`}
            </PlaceLink>
          </p>
        )}
        <ChoiceCards
          legend="Does it hold every account of the app?"
          value={complete}
          onChange={setComplete}
          choices={[
            {
              value: 'yes',
              label: 'Yes, it is complete',
              detail:
                counts.gone === 0
                  ? 'No account that we know is missing on it.'
                  : `${counted(counts.gone, 'account that is missing on it counts', 'accounts that are missing on it count')} as gone.`,
            },
            { value: 'no', label: 'No, or I am not sure', detail: 'Nobody counts as gone. What it says of others is taken in.' },
          ]}
        />
        {isList && (
          <LocalMomentPicker
            legend="When was it exported?"
            value={moment}
            onChange={setMoment}
            places={[reader.place]}
            max={momentOf(now(), reader.place.zone).date}
          />
        )}
        {error !== null && <Problem {...problemProps(error)} />}
        <div className={classes.acts}>
          <Button type="button" loading={discard.isPending} onClick={() => discard.mutate({ params: { syncId: sync.id } })}>
            Discard it
          </Button>
          <Button type="submit" variant="filled" loading={confirm.isPending} disabled={complete === null || (isList && exported === null)}>
            {actLabel(complete, reasons, counts)}
          </Button>
        </div>
      </form>
    </Section>
  );
}

function actLabel(complete: 'yes' | 'no' | null, reasons: boolean, counts: ReturnType<typeof countsOf>): string {
  const rows = counted(counts.rows - counts.refused - counts.merged, 'account', 'accounts');
  if (complete === 'yes' && counts.gone > 0) return `Take in ${rows}, ${counted(counts.gone, 'is', 'are')} gone`;
  return reasons ? `Take in ${rows} all the same` : `Take in ${rows}`;
}
