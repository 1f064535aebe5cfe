import { formatInZones, momentsInPlaces, type Place } from '../design/format-in-zones.ts';
import { useNow } from '../design/now.ts';
import { PlaceLink } from '../design/place-link.tsx';
import { Section } from '../design/section.tsx';
import type { StatusKind } from '../design/status-kind.ts';
import { type RailItem, TimeRail } from '../design/time-rail.tsx';
import { useMay } from '../shell/session.ts';
import type { Joiner, JoinerStep, OpenJoinerDialog } from './joiner-state.ts';
import classes from './joining.module.css';
import { placeOfJoiner } from './place-of-joiner.ts';

const over = new Set(['done', 'overridden', 'refused']);
const unseen = new Set(['skipped', 'cancelled']);

/** The steps on the new colleague's clock: before the first morning, and from then on. */
export function JoinerTime({ joiner, open }: { joiner: Joiner; open: OpenJoinerDialog }) {
  const now = useNow();
  const mayManage = useMay('joining:manage');
  const place = placeOfJoiner(joiner);
  const [moment] = momentsInPlaces(now, [place], { now });
  const starts = Date.parse(joiner.startsAt);
  const isFresh = now - Date.parse(joiner.confirmedAt) < 120_000;
  const items = joiner.steps
    .filter(({ status }) => !unseen.has(status))
    .map((step) => itemOf({ ...step, at: happenedAt(step, joiner.confirmedAt) }, { place, now, isFresh, open: mayManage ? open : null }))
    .sort((a, b) => a.time - b.time);
  const [before, after] = [items.filter(({ time }) => time < starts), items.filter(({ time }) => time >= starts)];
  const parts = [
    ...(before.length > 0 ? [{ key: 'before', heading: 'Before the first morning', items: before }] : []),
    ...(after.length > 0 || before.length === 0
      ? [
          {
            key: 'after',
            heading: 'From the first morning on',
            note: formatInZones(joiner.startsAt, [place], { now }),
            items: after,
          },
        ]
      : []),
  ];
  return (
    <Section title="The steps, in time" note={`Times are those of ${joiner.person}, in ${place.name}. Playbook: ${joiner.playbook}.`}>
      <TimeRail parts={parts} now={`${moment?.date}, ${moment?.time} in ${place.name}`} />
    </Section>
  );
}

/** When it happened, not when it should have: nothing was done before the hire was confirmed. */
function happenedAt({ status, at, doneAt }: JoinerStep, confirmedAt: string): string | null {
  if (over.has(status)) return doneAt ?? at;
  if (at === null || status === 'planned') return at;
  return Date.parse(at) < Date.parse(confirmedAt) ? confirmedAt : at;
}

type Timed = RailItem & { time: number };
/** `isFresh`: what is due was not begun only because the hire was confirmed just now. */
type Around = { place: Place; now: number; isFresh: boolean; open: OpenJoinerDialog | null };

function itemOf(step: JoinerStep, { place, now, isFresh, open }: Around): Timed {
  const time = step.at === null ? Number.MAX_SAFE_INTEGER : Date.parse(step.at);
  const [clock] = step.at === null ? [] : momentsInPlaces(step.at, [place], { now, today: true });
  const at = clock === undefined ? 'not yet' : `${clock.date}, ${clock.time}`;
  const title = step.taskId === null ? step.title : <PlaceLink to={`/tasks/${step.taskId}`}>{step.title}</PlaceLink>;
  const late = step.late ? 'Late: its time had passed when it was planned.' : null;
  const shared = { key: step.id, what: title, time, at };
  const detail = (words: string | null) => [late, words, step.note].filter(Boolean).join(' ') || undefined;
  if (over.has(step.status)) return { ...shared, kind: doneKind(step), past: true, detail: detail(step.words) };
  if (step.status === 'planned' || step.status === 'working') {
    const isDue = time <= now;
    const words =
      step.status === 'working'
        ? 'Is being done.'
        : !isDue
          ? null
          : isFresh
            ? 'Begins in a moment.'
            : 'Begins once what it waits for has happened.';
    return {
      ...shared,
      time: isDue ? now + 1 : time,
      kind: 'planned',
      past: false,
      detail: detail(words),
      at: !isDue ? at : isFresh ? 'now' : 'not yet',
    };
  }
  if (step.status === 'waiting') {
    return {
      ...shared,
      time: Math.min(time, now),
      kind: 'waiting',
      past: true,
      status:
        step.waitsFor !== null
          ? `Waits for ${step.waitsFor}`
          : step.taskId === null
            ? 'Under way'
            : 'Waits for the owners of the organization',
      // That they were asked is said above.
      detail: detail(step.taskId === null ? step.words : null),
    };
  }
  return {
    ...shared,
    time: Math.min(time, now),
    kind: step.status === 'failed' ? 'wrong' : 'unknown',
    past: true,
    status: 'Somebody has to decide',
    detail: detail(step.words),
    more: open !== null && (
      <button type="button" className={classes.link} onClick={() => open({ kind: 'step', step })}>
        Decide…
      </button>
    ),
  };
}

function doneKind({ status, kind }: JoinerStep): StatusKind {
  if (status === 'overridden' || status === 'refused') return 'decided';
  if (kind === 'grant-access' || kind === 'check-readiness') return 'good-read';
  return kind === 'message' || kind === 'welcome' ? 'working' : 'good-vouched';
}
