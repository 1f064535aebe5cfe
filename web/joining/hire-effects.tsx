import { formatDay, formatInZones, type Place, zoneCity } from '../design/format-in-zones.ts';
import { useNow } from '../design/now.ts';
import { numberWord } from '../design/number-word.ts';
import { Problem } from '../design/problem.tsx';
import { ZonedTime } from '../design/zoned-time.tsx';
import type { HirePreview } from './hire-confirm.tsx';
import { type HireTerms, limitedEmployments } from './hire-draft.ts';
import { type HeldAnswers, HireHeld, heldThings } from './hire-held.tsx';
import classes from './joining.module.css';

type HireEffectsProps = {
  preview: HirePreview;
  terms: HireTerms;
  answers: HeldAnswers;
  onAnswers: (answers: HeldAnswers) => void;
};

/** What the dry run found: who and when, the work address and why, what they get by which rule, the steps on their own clock. */
export function HireEffects({ preview, terms, answers, onAnswers }: HireEffectsProps) {
  const { person, moment, access, obstacles } = preview;
  // That they were here before is asked above.
  const notes = preview.rehire === null ? preview.notes : preview.notes.filter((note) => !note.startsWith(preview.rehire?.name ?? ''));
  const place: Place = { zone: person.zone, name: person.location ?? zoneCity(person.zone) };
  const who = [person.title, person.department, person.location].filter(Boolean).join(', ');
  const byHand = access.filter(({ how }) => how !== 'machine').length;
  return (
    <>
      <div className={classes.moment}>
        <p>
          <b>{person.name}</b>
          {who !== '' && `, ${who}`}
          {person.manager !== null && `; reports to ${person.manager}`}
        </p>
        <p>
          The first morning: <ZonedTime instant={moment.startsAt} place={place} strong />
        </p>
        <LastDay preview={preview} />
        <p>
          Work address <b className={classes.address}>{person.workAddress ?? 'none yet'}</b>
        </p>
        {person.workAddress !== null && <p className={classes.hint}>{person.addressWords}</p>}
      </div>
      {obstacles.map((obstacle) => (
        <div key={obstacle} className={classes.part}>
          <Problem what={obstacle} unchanged="Nobody was hired." />
        </div>
      ))}
      {notes.length > 0 && (
        <ul className={classes.notes}>
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
      <HireHeld things={heldThings(preview)} name={terms.givenName} answers={answers} onAnswers={onAnswers} />
      <h3 className={classes.heading}>What {terms.givenName} gets</h3>
      {access.length === 0 ? (
        <p className={classes.hint}>Nothing: no access rule fits. Everything would have to be given by hand afterwards.</p>
      ) : (
        <>
          <p className={classes.hint}>
            {numberWord(access.length)} {access.length === 1 ? 'thing' : 'things'}
            {byHand === 0 && `, ${access.length === 1 ? '' : 'all '}by machine and read back.`}
            {byHand > 0 && byHand === access.length && ', by hand: whoever answers for the app is asked.'}
            {byHand > 0 &&
              byHand < access.length &&
              `: ${byHand} by hand, by whoever answers for the app; the rest by machine and read back.`}
          </p>
          <ul className={classes.rows}>
            {access.map(({ appId, app, entitlement, rule, how, words }) => (
              <li key={`${appId} ${entitlement}`}>
                <b>
                  {app}
                  {entitlement !== null && `, ${entitlement}`}
                </b>
                <span className={classes.why}>{how === 'machine' ? `By the rule “${rule}”.` : `By the rule “${rule}”. ${words}`}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      <Steps preview={preview} place={place} />
    </>
  );
}

/** Whether it ends: who is here for a time only, and without a last day, keeps the access until somebody thinks of it. */
function LastDay({ preview: { person, moment } }: { preview: HirePreview }) {
  const now = useNow();
  const kind = person.employmentType?.toLowerCase() ?? '';
  if (moment.endDate !== null) return <p>The last day: {formatDay(moment.endDate, { now })}</p>;
  if (!limitedEmployments.has(kind)) return null;
  return (
    <p className={classes.note}>
      No last day is said, though they come as {kind}: nobody is asked whether it ends, and access stays open. Go back and say it under
      More.
    </p>
  );
}

function Steps({ preview: { steps }, place }: { preview: HirePreview; place: Place }) {
  const now = useNow();
  const late = steps.filter((step) => step.late).length;
  return (
    <>
      <h3 className={classes.heading}>What happens when</h3>
      <p className={classes.hint}>
        {numberWord(steps.length)} {steps.length === 1 ? 'step' : 'steps'}, times in {place.name}.
        {late > 0 && ` ${numberWord(late)} ${late === 1 ? 'is' : 'are'} late already and ${late === 1 ? 'is' : 'are'} done at once.`}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <ol className={classes.steps} tabIndex={0} aria-label="The steps in time">
        {steps.map(({ key, title, at, words, note, late: isLate }) => (
          <li key={key}>
            {title}
            <span className={classes.why}>{at === null ? words : formatInZones(at, [place], { now })}</span>
            {isLate && <span className={classes.note}>Late: done as soon as you confirm.</span>}
            {note !== null && <span className={classes.note}>{note}</span>}
          </li>
        ))}
      </ol>
    </>
  );
}
