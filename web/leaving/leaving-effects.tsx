import { useState } from 'react';
import { formatInZones } from '../design/format-in-zones.ts';
import { useNow } from '../design/now.ts';
import { Num } from '../design/num.tsx';
import { Problem } from '../design/problem.tsx';
import { Tally, type TallyLine } from '../design/tally.tsx';
import { ZonedTime } from '../design/zoned-time.tsx';
import { blastLines } from './blast-lines.ts';
import classes from './leaving.module.css';
import { leaverOf } from './leaving-form.tsx';
import type { LeavingPreview } from './use-leaving-count.ts';

/** What would happen, as it was counted: the moment, what stands in the way, the numbers with their rows, the steps in time. */
export function LeavingEffects({ previews }: { previews: LeavingPreview[] }) {
  const [opened, setOpened] = useState<string | null>(null);
  const [first] = previews;
  if (first === undefined) return null;
  const toggle = (key: string) => setOpened(opened === key ? null : key);
  const lines: TallyLine[] = blastLines(previews).map(({ key, value, text, rows }) => ({
    key,
    value,
    onOpen: rows.length === 0 ? undefined : () => toggle(key),
    text: (
      <>
        {text}
        {opened === key && (
          <ul className={classes.rows}>
            {rows.map((row) => (
              <li key={row.key}>{row.text}</li>
            ))}
          </ul>
        )}
      </>
    ),
  }));
  const obstacles = [...new Set(previews.flatMap((preview) => preview.obstacles))];
  return (
    <>
      <Moments previews={previews} />
      {obstacles.map((obstacle) => (
        <div key={obstacle} className={classes.problem}>
          <Problem what={obstacle} unchanged="Nothing was changed." />
        </div>
      ))}
      <h3 className={classes.heading}>If you confirm</h3>
      <Tally lines={lines} />
      <Steps preview={first} several={previews.length > 1} />
    </>
  );
}

function Moments({ previews }: { previews: LeavingPreview[] }) {
  const byMoment = Map.groupBy(previews, ({ moment }) => `${moment.cutOffAt} ${moment.zone}`);
  return (
    <div className={classes.moment}>
      {[...byMoment.values()].map((group) => {
        const [first] = group;
        if (first === undefined) return null;
        const place = { ...leaverOf(first.person).place, zone: first.moment.zone };
        return (
          <div key={first.person.id}>
            <p>
              {previews.length > 1 && <>{group.length === 1 ? first.person.name : `${group.length} people`}: </>}
              {first.moment.isNow ? 'at once, ' : ''}
              <ZonedTime instant={first.moment.cutOffAt} place={place} strong />
            </p>
            {first.moment.note !== null && <p className={classes.note}>{first.moment.note}</p>}
          </div>
        );
      })}
      <p className={classes.hint}>
        {previews[0]?.moment.toldAt === previews[0]?.moment.cutOffAt ? (
          'They know of it when access closes.'
        ) : (
          <>
            They know of it from{' '}
            <ZonedTime instant={previews[0]?.moment.toldAt ?? 0} place={leaverOf((previews[0] as LeavingPreview).person).place} />
          </>
        )}
      </p>
    </div>
  );
}

function Steps({ preview, several }: { preview: LeavingPreview; several: boolean }) {
  const [shown, setShown] = useState(false);
  const now = useNow();
  const { place } = leaverOf(preview.person);
  return (
    <>
      <p className={classes.undo}>
        <Num value={preview.steps.length} onOpen={() => setShown(!shown)} /> steps {several ? 'for each of them ' : ''}are prepared, those
        of the clearing up last.
      </p>
      {shown && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
        <ol className={classes.steps} tabIndex={0} aria-label={several ? `The steps for ${preview.person.name}` : 'The steps'}>
          {preview.steps.map(({ key, title, at, words, note }) => (
            <li key={key}>
              {title}
              <span className="gc-dimmed gc-small">
                {at === null ? words : Date.parse(at) <= now ? 'at once' : formatInZones(at, [place], { now })}
                {note !== null && ` · ${note}`}
              </span>
            </li>
          ))}
        </ol>
      )}
    </>
  );
}
