import { numberWord } from '../design/number-word.ts';
import { PlaceLink } from '../design/place-link.tsx';
import { Section } from '../design/section.tsx';
import { StatusChip } from '../design/status-chip.tsx';
import type { StatusKind } from '../design/status-kind.ts';
import { FoldedPart } from './folded-part.tsx';
import { type Joiner, type JoinerLine, missingLines, missingWord } from './joiner-state.ts';
import classes from './joining.module.css';
import { whoWords } from './readiness.tsx';

const order: JoinerLine['kind'][] = ['sign-in', 'account', 'role', 'licence', 'device', 'policy', 'other'];

/** Each thing that makes the first morning work. What is ready is folded away: a quiet part means that all is well. */
export function ReadinessLines({ joiner, now }: { joiner: Joiner; now: number }) {
  const sorted = joiner.lines.toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
  const of = (state: JoinerLine['state']) => sorted.filter((line) => line.state === state);
  const missing = missingLines({ ...joiner, lines: sorted }, now);
  const [ready, unknown] = [of('ready'), of('unknown')];
  const later = of('not-yet').filter((line) => !missing.includes(line));
  const isNear = Date.parse(joiner.startsAt) - now < 86_400_000;
  return (
    <div id="ready">
      <Section title="Ready on the first morning?" note={noteOf(missing.length, later.length, unknown.length, ready.length)}>
        <Lines
          rows={[
            ...missing.map((line) => ({ line, kind: isNear ? ('wrong' as const) : ('waiting' as const), word: missingWord(line) })),
            ...unknown.map((line) => ({ line, kind: 'unknown' as const, word: 'Not known' })),
          ]}
        />
        {later.length > 0 && (
          <FoldedPart heading={`${numberWord(later.length)} not yet`} opened={missing.length + unknown.length === 0 && later.length <= 6}>
            <Lines rows={later.map((line) => ({ line, kind: 'planned', word: 'Not yet' }))} />
          </FoldedPart>
        )}
        {ready.length > 0 && (
          <FoldedPart heading={`${numberWord(ready.length)} ready`}>
            <Lines rows={ready.map((line) => ({ line, kind: vouched.has(line.kind) ? 'good-vouched' : 'good-read', word: 'Ready' }))} />
          </FoldedPart>
        )}
      </Section>
    </div>
  );
}

function noteOf(missing: number, later: number, unknown: number, ready: number): string {
  if (missing + later + unknown + ready === 0) return 'Nothing is expected: no access rule fits, and no task belongs to it.';
  if (missing + later + unknown === 0) return 'Everything was read, and is as it should be.';
  if (missing > 0) return 'Ready means usable: the right role, a licence, a way to sign in.';
  return unknown > 0 ? 'What cannot be read is not counted as ready.' : 'Nothing is missing so far.';
}

function Lines({ rows }: { rows: { line: JoinerLine; kind: StatusKind; word: string }[] }) {
  if (rows.length === 0) return null;
  return (
    <ul className={classes.lines}>
      {rows.map(({ line: { key, what, why, who, state, taskId, appId }, kind, word }) => (
        <li key={key}>
          <b>{taskId === null ? what : <PlaceLink to={`/tasks/${taskId}`}>{what}</PlaceLink>}</b>
          <StatusChip kind={kind} small>
            {word}
          </StatusChip>
          {why !== '' && (
            <p>
              {state !== 'not-yet' || word === 'Not yet'
                ? why
                : taskId === null
                  ? 'It has not been begun.'
                  : 'It was asked for, and is not done yet.'}
              {state !== 'ready' && whoWords(why, who)}
              {state === 'not-ready' && who === null && taskId === null && appId !== null && (
                <>
                  {' '}
                  Nobody answers for <PlaceLink to={`/apps/${appId}`}>this app</PlaceLink> yet: name its owner there.
                </>
              )}
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}

// What a person says is done, where no machine can read it.
const vouched = new Set<JoinerLine['kind']>(['device', 'policy', 'other']);
