import type { Place } from '../design/format-in-zones.ts';
import { PlaceLink } from '../design/place-link.tsx';
import { ZonedTime } from '../design/zoned-time.tsx';
import { useCall } from '../shell/use-call.ts';
import type { Value } from './values.ts';

/** A value of an event: a time on the clock of its place, a link to what an id names, or text. */
export function ShownValue({ value, place }: { value: Value | null; place?: Place }) {
  if (value === null) return '–';
  if (value.kind === 'text') return value.text;
  if (value.kind === 'instant') return <ZonedTime instant={value.instant} place={place} />;
  if (value.of === 'app') return <AppName id={value.id} />;
  if (value.of === 'person') return <PersonName id={value.id} />;
  return value.of === 'run' ? (
    <PlaceLink to={`/runs/${value.id}`}>the run</PlaceLink>
  ) : (
    <PlaceLink to={`/people/imports/${value.id}`}>the list</PlaceLink>
  );
}

function AppName({ id }: { id: string }) {
  const { data, error } = useCall('getApp', { params: { appId: id } });
  if (error !== null) return 'an app';
  return data === undefined ? '…' : <PlaceLink to={`/apps/${id}`}>{data.name}</PlaceLink>;
}

/** A task may be given to a person of the list, or to a member who is none. */
function PersonName({ id }: { id: string }) {
  const person = useCall('getPerson', { params: { personId: id } });
  const members = useCall('listMembers', {}, { enabled: person.error !== null });
  if (person.data !== undefined) return <PlaceLink to={`/people/${id}`}>{person.data.name}</PlaceLink>;
  if (person.error === null || members.isLoading) return '…';
  return members.data?.rows.find((member) => member.id === id)?.name ?? 'somebody';
}
