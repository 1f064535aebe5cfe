import { addDepartment, addLocation, changeLocation } from '../people/places.ts';
import type { Wanted } from './parse-configuration.ts';
import { attempt, changeWords, differing, leftOut, type Push } from './push.ts';
import type { Current } from './read-current.ts';

const fields = { timeZone: 'timezone' };

/** Locations and departments: new ones are added, locations changed. Those that the file leaves out stay, for people are in them. */
export async function applyPlaces(push: Push, wanted: Wanted, current: Current): Promise<void> {
  if (wanted.locations) await applyLocations(push, wanted.locations, current);
  if (wanted.departments) await applyDepartments(push, wanted.departments, current);
}

async function applyLocations(push: Push, entries: NonNullable<Wanted['locations']>, current: Current): Promise<void> {
  const { ctx, lines } = push;
  for (const { path, value } of entries) {
    const there = current.locations.find(({ name }) => name.toLowerCase() === value.name.toLowerCase());
    const line = { what: 'location' as const, name: value.name };
    if (!there) {
      const { name, timezone = null, country = null } = value;
      await attempt(push, path, fields, () => addLocation(ctx, { name, timeZone: timezone, country }));
      const words = [timezone, country].filter(Boolean).join(', ');
      lines.push({ ...line, change: 'new', words, before: null, after: { ...value } });
      continue;
    }
    const { id, ...stands } = there;
    const change = differing(stands, value);
    if (!change) {
      lines.push({ ...line, change: 'same', words: '', before: null, after: null });
      continue;
    }
    const { timezone: timeZone, ...rest } = change.after;
    await attempt(push, path, fields, () => changeLocation(ctx, id, { ...rest, ...(timeZone === undefined ? {} : { timeZone }) }));
    lines.push({ ...line, change: 'changed', words: changeWords(change.before, change.after), ...change });
  }
  const names = entries.map(({ value }) => value.name);
  leftOut(push, 'location', current.locations, names);
}

async function applyDepartments(push: Push, entries: NonNullable<Wanted['departments']>, current: Current): Promise<void> {
  for (const { path, value: name } of entries) {
    const there = current.departments.some((each) => each.name.toLowerCase() === name.toLowerCase());
    if (!there) await attempt(push, path, {}, () => addDepartment(push.ctx, { name }));
    push.lines.push({ what: 'department', name, change: there ? 'same' : 'new', words: '', before: null, after: null });
  }
  const names = entries.map(({ value }) => value);
  leftOut(push, 'department', current.departments, names);
}
