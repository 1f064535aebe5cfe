import { useId } from 'react';
import { numberWord } from '../design/number-word.ts';
import { useMay } from '../shell/session.ts';
import type { HirePreview } from './hire-confirm.tsx';
import classes from './hire-held.module.css';
import joining from './joining.module.css';

type HeldAnswer = 'keep' | 'take';
/** What was said about each thing, by `heldKey`. */
export type HeldAnswers = Readonly<Record<string, HeldAnswer | undefined>>;

type HeldThing = HirePreview['held'][number]['roles'][number] & { key: string; appId: string; app: string; opens: boolean };

/** Everything that is still held and no rule gives, administrators first. */
export const heldThings = ({ held }: Pick<HirePreview, 'held'>): HeldThing[] =>
  held
    .flatMap(({ appId, app, opens, roles }) =>
      roles.map((role) => ({ ...role, key: `${appId}/${role.entitlementId ?? ''}`, appId, app, opens })),
    )
    .sort((a, b) => Number(b.isAdmin) - Number(a.isAdmin));

export const answerTo = (thing: HeldThing, answers: HeldAnswers): HeldAnswer | null => answers[thing.key] ?? thing.decision;

/** Administrators of whom nobody has said whether they stay one: the hire waits for that. */
export const openQuestions = (things: readonly HeldThing[], answers: HeldAnswers): number =>
  things.filter((thing) => thing.isAdmin && answerTo(thing, answers) === null).length;

type HireHeldProps = {
  things: readonly HeldThing[];
  name: string;
  answers: HeldAnswers;
  onAnswers: (answers: HeldAnswers) => void;
};

/** What somebody who comes back would have again and no rule gives: of each they say whether it stays or goes; of an administrator's role they must. */
export function HireHeld({ things, name, answers, onAnswers }: HireHeldProps) {
  if (things.length === 0) return null;
  const usual = things.filter(({ isAdmin }) => !isAdmin);
  const admins = things.length - usual.length;
  const open = [...new Set(things.filter(({ opens, entitlement }) => !opens && entitlement !== null).map(({ app }) => app))];
  const sayAll = (answer: HeldAnswer | undefined) =>
    onAnswers({ ...answers, ...Object.fromEntries(usual.map(({ key }) => [key, answer])) });
  return (
    <>
      <h3 className={joining.heading}>What {name} still has from before</h3>
      <p className={joining.hint}>
        {things.length === 1 ? 'No rule gives this now.' : `${numberWord(things.length)} things that no rule gives now.`}{' '}
        {admins > 0 && (
          <>
            <b>
              {admins === things.length
                ? admins === 1
                  ? 'It makes'
                  : 'They make'
                : `${numberWord(admins)} of them ${admins === 1 ? 'makes' : 'make'}`}{' '}
              an administrator: say whether {admins === 1 ? 'it stays' : 'each stays'}.
            </b>{' '}
          </>
        )}
        What goes is taken before a closed account opens again.
        {usual.length > 0 && ' What you decide later stays for now, and somebody is asked.'}
        {open.length > 0 &&
          ` ${open.length === 1 ? 'The account' : 'The accounts'} in ${listed(open)} ${open.length === 1 ? 'is' : 'are'} open already.`}
      </p>
      {usual.length > 2 && (
        <p className={classes.all}>
          <button type="button" className={joining.link} onClick={() => sayAll('take')}>
            {admins > 0 ? 'All others go' : 'All go'}
          </button>
          <button type="button" className={joining.link} onClick={() => sayAll('keep')}>
            {admins > 0 ? 'All others stay' : 'All stay'}
          </button>
          <button type="button" className={joining.link} onClick={() => sayAll(undefined)}>
            {admins > 0 ? 'All others later' : 'All later'}
          </button>
        </p>
      )}
      <ul className={joining.rows}>
        {things.map((thing) => (
          <Thing
            key={thing.key}
            thing={thing}
            answer={answerTo(thing, answers)}
            onAnswer={(answer) => onAnswers({ ...answers, [thing.key]: answer })}
          />
        ))}
      </ul>
    </>
  );
}

type ThingProps = { thing: HeldThing; answer: HeldAnswer | null; onAnswer: (answer: HeldAnswer | undefined) => void };

function Thing({ thing, answer, onAnswer }: ThingProps) {
  const group = useId();
  const mayDecide = useMay('access:manage');
  const { app, entitlement, isAdmin } = thing;
  const choices: { value: HeldAnswer | null; label: string; disabled?: boolean }[] = [
    ...(isAdmin || thing.decision !== null ? [] : [{ value: null, label: 'Decide later' }]),
    // Who hires without managing access cannot make an administrator.
    { value: 'keep', label: 'Stays', disabled: isAdmin && !mayDecide },
    { value: 'take', label: 'Goes' },
  ];
  return (
    <li>
      <fieldset className={classes.thing}>
        <legend>
          <b>
            {app}, {entitlement ?? 'administrator'}
          </b>
          {isAdmin && <span className={classes.admin}>Administrator</span>}
          {entitlement === null && (
            <span className={joining.why}>By which role is not known. If it goes, whoever answers for the app is asked first.</span>
          )}
        </legend>
        <div className={classes.choices}>
          {choices.map(({ value, label, disabled }) => (
            <label key={label} className={classes.choice}>
              <input
                type="radio"
                name={group}
                checked={answer === value}
                disabled={disabled}
                onChange={() => onAnswer(value ?? undefined)}
              />
              {label}
            </label>
          ))}
        </div>
      </fieldset>
    </li>
  );
}

const listed = (names: string[]): string => (names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`);
