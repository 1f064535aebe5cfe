import { useId } from 'react';
import { momentsInPlaces } from '../design/format-in-zones.ts';
import { useNow } from '../design/now.ts';
import { useReader } from '../design/reader.tsx';
import { type RailItem, TimeRail } from '../design/time-rail.tsx';
import classes from './welcome.module.css';
import type { Welcome } from './welcome-page.tsx';

/** What happens when, in plain words, on their own clock. */
export function WelcomeTime({ welcome: { timeline, startsAt, organization } }: { welcome: Welcome }) {
  const id = useId();
  const now = useNow();
  const { place } = useReader();
  const when = (at: string | number) => {
    const [said] = momentsInPlaces(at, [place], { now, today: true });
    return `${said?.date}, ${said?.time}`;
  };
  const start = { at: startsAt, title: `Your first day at ${organization}`, isDone: Date.parse(startsAt) <= now, isStart: true };
  // What happens a second time under the same name, as accounts that are looked at once more, says nothing new to them.
  const told = timeline.filter(({ title }, index) => timeline.findIndex((other) => other.title === title) === index);
  const items: RailItem[] = [...told.map((step) => ({ ...step, isStart: false })), start]
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at) || Number(b.isStart) - Number(a.isStart))
    .map(({ at, title, isDone, isStart }) => ({
      key: `${at} ${title}`,
      kind: isDone ? 'working' : isStart ? 'starts' : Date.parse(at) <= now ? 'waiting' : 'planned',
      past: isDone || Date.parse(at) <= now,
      when: when(at),
      what: title,
    }));
  return (
    <section className={classes.part} aria-labelledby={id}>
      <h2 id={id}>What happens when</h2>
      <p className={classes.second}>Times in {place.name}.</p>
      <div className={classes.rail}>
        <TimeRail items={items} now={when(now)} />
      </div>
    </section>
  );
}
