import { ConnectorError, type EntitlementRecord, readPages, type Session } from '../kit/index.ts';
import { discover } from './discover.ts';
import { readList, readPage } from './read-list.ts';
import { attribute, idOf, isResource, quoted, type Resource, resourcePath, text, values } from './resource.ts';
import type { ScimSettings } from './settings.ts';

/** Above this many groups whose list entry holds no members, single reads would take too long: memberships are then not known. */
const maxSingleReads = 300;

/** Statuses by which a server says that it has no groups at all. */
const noGroups: (number | null)[] = [404, 405, 501];

/**
 * The groups of every user, found from the groups' side: user id → groups. null when they may not be read or were not read to the end,
 * because then a user without groups cannot be told from one whose groups are hidden. An app without groups gives an empty map.
 */
export async function allMemberships(session: Session<ScimSettings>): Promise<Map<string, EntitlementRecord[]> | null> {
  if ((await discover(session)).groups === false) return new Map();
  const groups = await allGroups(session);
  if (groups === null) return null;
  const silent = groups.filter((group) => values(group, 'members') === undefined);
  if (silent.length > maxSingleReads) return null;
  const byUser = new Map<string, Map<string, EntitlementRecord>>();
  for (const listed of groups) {
    const group = toEntitlement(listed);
    const members = values(listed, 'members') ?? (await membersOf(session, listed));
    for (const member of members) {
      const userId = text(attribute(member, 'value'));
      if (userId === null || text(attribute(member, 'type'))?.toLowerCase() === 'group') continue;
      const known = byUser.get(userId) ?? new Map<string, EntitlementRecord>();
      byUser.set(userId, known.set(group.externalId, group));
    }
  }
  return new Map([...byUser].map(([userId, known]) => [userId, [...known.values()]]));
}

/** The groups of one user: by search, else by reading all groups. null when not known. */
export async function membershipsOf(session: Session<ScimSettings>, userId: string): Promise<EntitlementRecord[] | null> {
  const discovery = await discover(session);
  if (discovery.groups === false) return [];
  if (discovery.filter !== false) {
    const found = await searchMemberships(session, userId);
    if (found !== undefined) return found;
  }
  const all = await allMemberships(session);
  return all === null ? null : (all.get(userId) ?? []);
}

export function toEntitlement(group: Resource): EntitlementRecord {
  return { externalId: idOf(group), kind: 'group', name: text(attribute(group, 'displayName')) ?? idOf(group) };
}

/** undefined: the search is not understood, or its answer cannot be relied upon. */
async function searchMemberships(session: Session<ScimSettings>, userId: string): Promise<EntitlementRecord[] | null | undefined> {
  try {
    const page = await readPage(session, 'Groups', { filter: `members.value eq ${quoted(userId)}`, startIndex: 1, count: 200 });
    if (page.total === null || page.total > page.records.length) return undefined;
    if (page.records.some((group) => values(group, 'members') === undefined)) return undefined;
    return page.records.filter((group) => isMember(group, userId) === true).map(toEntitlement);
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    if (noGroups.includes(error.status)) return error.status === 404 ? [] : undefined;
    if (error.kind === 'right') return null;
    if (error.kind === 'refused') return undefined;
    throw error;
  }
}

/** Whether a group holds a user; null when the group does not show its members. */
export function isMember(group: Resource, userId: string): boolean | null {
  return values(group, 'members')?.some((member) => text(attribute(member, 'value')) === userId) ?? null;
}

async function allGroups(session: Session<ScimSettings>): Promise<Resource[] | null> {
  const groups: Resource[] = [];
  try {
    const reading = await readPages(readList(session, 'Groups'), { idOf, what: 'groups', onPage: (page) => void groups.push(...page) });
    return reading.complete === false ? null : groups;
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    if (noGroups.includes(error.status)) return [];
    if (error.kind === 'right') return null;
    throw error;
  }
}

/** A single read shows members that a list leaves out; an attribute absent there is empty (RFC 7643, section 2.5). */
async function membersOf(session: Session<ScimSettings>, group: Resource): Promise<Resource[]> {
  const response = await session.http.get(resourcePath('Groups', idOf(group)), { accept: [404] });
  const body = response.status === 404 ? {} : response.json();
  return isResource(body) ? (values(body, 'members') ?? []) : [];
}
