import type { AppFields } from '../apps/check-app-fields.ts';
import { addApp, changeApp } from '../apps/index.ts';
import type { AppEntry } from './configuration-shape.ts';
import { findOwners, type Owners } from './find-owners.ts';
import { didYouMean } from './nearest-word.ts';
import type { Entry } from './parse-configuration.ts';
import { attempt, changeWords, differing, leftOut, newWords, type Push } from './push.ts';
import type { Current, CurrentApp } from './read-current.ts';

/** The operation's fields as the file calls them. */
const fields = {
  ownerPersonId: 'owner',
  deputyPersonId: 'deputy',
  writerAppId: 'group.app',
  writerEntitlement: 'group.entitlement',
  instructionsGrant: 'instructions.grant',
  instructionsRevoke: 'instructions.revoke',
};

/** Ids of the apps by name in lower case: those that were there, and those that this push added. */
export type AppIds = Map<string, string>;

/**
 * Adds and changes apps. New ones are added first, so that one may be granted by a group of another in any order. An owner who is not on
 * the people list yet is said, and set by a later push. Apps that the file leaves out stay, for they have a history.
 */
export async function applyApps(push: Push, entries: Entry<AppEntry>[] | undefined, current: Current): Promise<AppIds> {
  const ids: AppIds = new Map(current.apps.map(({ id, name }) => [name.toLowerCase(), id]));
  if (!entries) return ids;
  const owners = await findOwners(push.ctx, entries);
  for (const { path, value } of entries) {
    if (ids.has(value.name.toLowerCase())) continue;
    const id = await attempt(push, path, fields, () => addApp(push.ctx, { name: value.name }));
    if (id) ids.set(value.name.toLowerCase(), id);
  }
  for (const entry of entries) {
    const id = ids.get(entry.value.name.toLowerCase());
    const there = current.apps.find((app) => app.id === id) ?? null;
    if (id) await applyApp(push, entry, { id, there, ids, owners });
  }
  const names = entries.map(({ value }) => value.name);
  leftOut(push, 'app', current.apps, names);
  return ids;
}

type About = { id: string; there: CurrentApp | null; ids: AppIds; owners: Owners };

/** What the file can say about an app, one text or yes-and-no each, so that it can be compared. */
type Flat = {
  name: string;
  capability: string | null;
  owner: string | null;
  deputy: string | null;
  writer: string;
  signIn: boolean;
  'group.app': string | null;
  'group.entitlement': string | null;
  deepLink: string | null;
  'instructions.grant': string | null;
  'instructions.revoke': string | null;
};

const bare: Flat = {
  name: '',
  capability: null,
  owner: null,
  deputy: null,
  writer: 'manual',
  signIn: false,
  'group.app': null,
  'group.entitlement': null,
  deepLink: null,
  'instructions.grant': null,
  'instructions.revoke': null,
};

const flatOfApp = (app: CurrentApp): Flat => ({
  name: app.name,
  capability: app.capability,
  owner: shown(app.owner),
  deputy: shown(app.deputy),
  writer: app.writer,
  signIn: app.signIn,
  'group.app': app.group?.app ?? null,
  'group.entitlement': app.group?.entitlement ?? null,
  deepLink: app.deepLink,
  'instructions.grant': app.instructionsGrant,
  'instructions.revoke': app.instructionsRevoke,
});

const shown = (person: CurrentApp['owner']): string | null => (person ? (person.address?.toLowerCase() ?? person.name) : null);

async function applyApp(push: Push, { path, value }: Entry<AppEntry>, about: About): Promise<void> {
  const before = about.there ? flatOfApp(about.there) : { ...bare, name: value.name };
  const given: Partial<Flat> = { ...flatOfEntry(value, before), ...peopleOf(push, value, before, about.owners) };
  // An app that something is wrong with is not there yet.
  const group = given['group.app'];
  if (group && !about.ids.has(group.toLowerCase()))
    for (const field of ['writer', 'group.app', 'group.entitlement'] as const) delete given[field];
  const change = differing(before, given);
  const line = { what: 'app' as const, name: value.name };
  if (change)
    await attempt(push, path, fields, () => changeApp(push.ctx, about.id, columnsOf({ ...before, ...given }, change.after, about)));
  const words = change ? (about.there ? changeWords(change.before, change.after) : newWords(change.after)) : '';
  const after = change ? { ...change.after } : null;
  if (!about.there) push.lines.push({ ...line, change: 'new', words, before: null, after });
  else push.lines.push({ ...line, change: change ? 'changed' : 'same', words, before: change ? { ...change.before } : null, after });
}

/** The owner and the deputy that can be set now. Who cannot is said in a line of its own. */
function peopleOf(push: Push, value: AppEntry, before: Flat, owners: Owners): Partial<Flat> {
  const found: Partial<Flat> = {};
  for (const role of ['owner', 'deputy'] as const) {
    const address = value[role]?.trim().toLowerCase();
    if (value[role] === undefined || address === before[role]) continue;
    const person = address === undefined ? null : owners.byAddress.get(address);
    if (address === undefined) found[role] = null;
    else if (person?.status === 'here') found[role] = address;
    else {
      const words =
        person === undefined
          ? `The ${role} ${value[role]} is not on the people list yet.${didYouMean(address, owners.all, 2)} Import people, then push again.`
          : `The ${role} ${value[role]} has left. Name somebody who works here.`;
      push.lines.push({ what: 'app', name: value.name, change: 'waits', words, before: null, after: null });
    }
  }
  // Who becomes the owner is no longer the deputy.
  if (found.owner && found.deputy === undefined && found.owner === before.deputy) found.deputy = null;
  return found;
}

function flatOfEntry(value: AppEntry, before: Flat): Partial<Flat> {
  const { capability, writer, signIn, group, instructions } = value;
  const byGroup = (writer ?? before.writer) === 'group';
  return {
    name: value.name,
    ...(capability === undefined ? {} : { capability }),
    ...(writer === undefined ? {} : { writer }),
    ...(signIn === undefined ? {} : { signIn }),
    ...(value.deepLink === undefined ? {} : { deepLink: value.deepLink }),
    ...(byGroup && group ? { 'group.app': sameOr(before['group.app'], group.app), 'group.entitlement': group.entitlement } : {}),
    ...(instructions === null ? { 'instructions.grant': null, 'instructions.revoke': null } : {}),
    ...(instructions?.grant === undefined ? {} : { 'instructions.grant': instructions.grant }),
    ...(instructions?.revoke === undefined ? {} : { 'instructions.revoke': instructions.revoke }),
  };
}

/** A name that differs only in capital letters means the same app. */
const sameOr = (there: string | null, given: string): string => (there?.toLowerCase() === given.toLowerCase() ? there : given);

function columnsOf(all: Flat, after: Partial<Flat>, { ids, owners }: About): Partial<AppFields> {
  const changed = (...names: (keyof Flat)[]) => names.some((name) => after[name] !== undefined);
  const idOf = (address: string | null) => (address === null ? null : owners.byAddress.get(address)!.id);
  return {
    ...(after.name === undefined ? {} : { name: after.name }),
    ...(after.capability === undefined ? {} : { capability: after.capability }),
    ...(after.owner === undefined ? {} : { ownerPersonId: idOf(after.owner) }),
    ...(after.deputy === undefined ? {} : { deputyPersonId: idOf(after.deputy) }),
    ...(changed('writer', 'group.app', 'group.entitlement')
      ? {
          writer: all.writer as AppFields['writer'],
          ...(all.writer === 'group'
            ? {
                writerAppId: all['group.app'] ? ids.get(all['group.app'].toLowerCase())! : null,
                writerEntitlement: all['group.entitlement'],
              }
            : {}),
        }
      : {}),
    ...(after.signIn === undefined ? {} : { signIn: after.signIn }),
    ...(after.deepLink === undefined ? {} : { deepLink: after.deepLink }),
    ...(after['instructions.grant'] === undefined ? {} : { instructionsGrant: after['instructions.grant'] }),
    ...(after['instructions.revoke'] === undefined ? {} : { instructionsRevoke: after['instructions.revoke'] }),
  };
}
