import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { setServerNow } from '../design/now.ts';
import { ApiProblem } from './api-problem.ts';
import { call, type OutputOf } from './call.ts';
import { chosenOrganization, forgetOrganization } from './chosen-organization.ts';
import { useCall } from './use-call.ts';

/** Who is signed in, in which organization (null: in none yet), and what they may do. */
export type Session = OutputOf<'getSession'>;

/** Numbers of the navigation by their names in entries.ts; missing where the reader's are not all. */
export type Counts = Record<string, number>;

/** Something that was found: nothing that the reader may not see. */
export type SearchHit = { kind: string; id: string; title: string; detail: string };

// An organization that was removed (a sample, in another tab) leads to one that is there, never to a dead end.
const inAnotherOrganization = (error: unknown): Promise<Session> => {
  if (!(error instanceof ApiProblem) || error.status !== 404 || chosenOrganization() === null) throw error;
  forgetOrganization();
  return call('getSession');
};

export const sessionQuery = {
  queryKey: ['getSession', null],
  queryFn: () => call('getSession').catch(inAnotherOrganization),
  staleTime: 60_000,
};

/** The session. Pages inside the frame have one; `data` is undefined only before it was read. */
export const useSession = () => useQuery(sessionQuery);

/** Whether the reader may do something; before the session is read, nothing. */
export const useMay = (permission: string): boolean => useSession().data?.permissions.includes(permission) ?? false;

/** The counts of the navigation, from what *Today* says, renewed each minute. It also says what time the server has. */
export function useCounts(session: Session | undefined): Counts {
  const enabled = session !== undefined && session.organization !== null && session.permissions.includes('today:read');
  const { data, dataUpdatedAt } = useCall('getToday', undefined, { enabled, everySeconds: 60 });
  useEffect(() => {
    if (data !== undefined) setServerNow(data.now, dataUpdatedAt);
  }, [data, dataUpdatedAt]);
  if (data === undefined) return {};
  const { tasks, people, joining, leaving, apps } = data.counts;
  // Who sees only their own gets zeros for the rest, which would say something false.
  return session?.reach['today:read'] === 'all' ? { today: data.needs.length, tasks, people, joining, leaving, apps } : { tasks };
}

/** People and apps that hold these words, in the order of the answer. */
export async function search(find: string, signal: AbortSignal): Promise<SearchHit[]> {
  const { people, apps } = await call('search', { query: { q: find }, signal });
  const persons = people.map(({ id, name, title, status }) => ({
    kind: 'person',
    id,
    title: name,
    detail: [title, status === 'working' ? null : status].filter(Boolean).join(' · '),
  }));
  return [...persons, ...apps.map(({ id, name }) => ({ kind: 'app', id, title: name, detail: '' }))];
}

export const endSession = () => call('endSession');

/** Where somebody without a session goes; they come back to where they wanted to be. */
export const signInAddress = (wanted: string): string =>
  wanted === '/' || wanted.startsWith('/sign-in') ? '/sign-in' : `/sign-in?next=${encodeURIComponent(wanted)}`;
