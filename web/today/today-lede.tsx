import { Num } from '../design/num.tsx';
import type { Today } from './today-page.tsx';

const is = (count: number) => (count === 1 ? 'is' : 'are');

/** The whole in one sentence, each number with its rows. */
export function TodayLede({ counts }: { counts: Today['counts'] }) {
  const { people, leaving, joining, zombies, apps, appsRead, tasks } = counts;
  return (
    <>
      {people === 0 ? (
        'Nobody is on your people list yet. '
      ) : (
        <>
          <Num value={people} to="/people" /> {people === 1 ? 'person works' : 'people work'} here today.{' '}
        </>
      )}
      {leaving === 0 && joining === 0 ? (
        'Nobody is leaving or joining. '
      ) : (
        <>
          <Num value={leaving} to="/leaving" of="people leaving" /> {is(leaving)} leaving and{' '}
          <Num value={joining} to="/people?view=joining" of="people joining" /> {is(joining)} joining.{' '}
        </>
      )}
      {apps === 0 ? (
        'No app is known yet. '
      ) : (
        <>
          <Num value={zombies} to="/finding" /> {zombies === 1 ? 'account belongs' : 'accounts belong'} to people who have left.{' '}
          <Num value={appsRead} to="/connections" of="apps read" /> of <Num value={apps} to="/apps" /> {apps === 1 ? 'app' : 'apps'} were
          read since yesterday.{' '}
        </>
      )}
      {tasks > 0 && (
        <>
          <Num value={tasks} to="/tasks" /> {tasks === 1 ? 'task waits' : 'tasks wait'} for you by name.
        </>
      )}
    </>
  );
}
