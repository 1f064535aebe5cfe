import { ConnectorError, type EntitlementRecord, type Json, nextLink, objectOf, objectsOf, textOf } from '../kit/index.ts';
import { type GithubSession, inOrganization, rights } from './call.ts';

export const ownerRole: EntitlementRecord = { externalId: 'admin', kind: 'role', name: 'Owner' };
export const copilotSeat: EntitlementRecord = { externalId: 'copilot', kind: 'seat', name: 'GitHub Copilot' };

export type Team = EntitlementRecord & { slug: string };

/** All objects of a list that names its next page in a Link header. `within`: where the list stands in the answer. */
export async function* pagesOf(session: GithubSession, path: string, within: string | null, right: string): AsyncGenerator<Json[]> {
  for (let next: string | null = path; next !== null; ) {
    const response = await session.http.get(next, { right });
    const body = response.json();
    yield objectsOf(within === null ? body : objectOf(body)[within]);
    next = nextLink(response.headers.link);
  }
}

export async function teamsOf(session: GithubSession): Promise<Team[]> {
  const teams: Team[] = [];
  for await (const page of pagesOf(session, inOrganization(session, 'teams?per_page=100'), null, rights.members))
    for (const team of page)
      teams.push({ externalId: String(team.id), kind: 'team', name: textOf(team.name) ?? String(team.slug), slug: String(team.slug) });
  return teams;
}

/** What each user holds, by number: read once per session from the side of the teams, roles and seats. */
export const holdings = (session: GithubSession) =>
  session.remember('holdings', async () => {
    const held = new Map<string, EntitlementRecord[]>();
    const hold = (id: string, entitlement: EntitlementRecord) => held.set(id, [...(held.get(id) ?? []), entitlement]);
    const owners = new Set<string>();
    for await (const page of pagesOf(session, inOrganization(session, 'members?role=admin&per_page=100'), null, rights.members))
      for (const user of page) owners.add(String(user.id));
    for (const id of owners) hold(id, ownerRole);
    for (const { slug, ...team } of await teamsOf(session)) {
      const path = inOrganization(session, `teams/${encodeURIComponent(slug)}/members?per_page=100`);
      for await (const page of pagesOf(session, path, null, rights.members)) for (const user of page) hold(String(user.id), team);
    }
    for (const [id, seat] of (await seats(session)) ?? []) hold(id, seat);
    return { held, owners };
  });

/** Who has a seat of Copilot, by number; null where the token may not see it or the organization has none. */
export async function seats(session: GithubSession): Promise<Map<string, EntitlementRecord> | null> {
  const found = new Map<string, EntitlementRecord>();
  try {
    for await (const page of pagesOf(session, inOrganization(session, 'copilot/billing/seats?per_page=100'), 'seats', rights.copilot))
      for (const seat of page) {
        // A seat that was given back counts no more, though it can be used until the end of the month that is paid.
        if (textOf(seat.pending_cancellation_date) !== null) continue;
        const id = textOf(objectOf(seat.assignee).id);
        const ofTeam = textOf(objectOf(seat.assigning_team).name);
        if (id !== null)
          found.set(
            id,
            ofTeam === null ? copilotSeat : { ...copilotSeat, kind: 'seat through a team', name: `${copilotSeat.name} through ${ofTeam}` },
          );
      }
    return found;
  } catch (error) {
    if (error instanceof ConnectorError && (error.kind === 'right' || error.kind === 'missing')) return null;
    throw error;
  }
}

/** Members without a second factor, by number; null where only GitHub knows (the list is for owners). */
export const withoutSecondFactor = (session: GithubSession) =>
  session.remember('without second factor', async () => {
    try {
      const found = new Set<string>();
      for (const list of ['members', 'outside_collaborators'])
        for await (const page of pagesOf(
          session,
          inOrganization(session, `${list}?filter=2fa_disabled&per_page=100`),
          null,
          rights.members,
        ))
          for (const user of page) found.add(String(user.id));
      return found;
    } catch (error) {
      if (error instanceof ConnectorError && (error.kind === 'right' || error.kind === 'refused')) return null;
      throw error;
    }
  });

/** Whether a user is in a team now, also through a team below it. */
async function isInTeam(session: GithubSession, slug: string, login: string): Promise<boolean> {
  const path = inOrganization(session, `teams/${encodeURIComponent(slug)}/memberships/${encodeURIComponent(login)}`);
  const response = await session.http.get(path, { accept: [404], right: rights.members });
  return response.status !== 404 && objectOf(response.json()).state === 'active';
}

/** What one user holds, read afresh. `only`: the one entitlement that is asked about. Throws where that one cannot be seen. */
export async function holdingsOfOne(
  session: GithubSession,
  user: { id: string; login: string; isOwner: boolean },
  only: EntitlementRecord | null,
): Promise<EntitlementRecord[]> {
  const found: EntitlementRecord[] = user.isOwner ? [ownerRole] : [];
  if (only === null || only.kind === 'team') {
    const teams = (await teamsOf(session)).filter(({ externalId }) => only === null || externalId === only.externalId);
    const held = await Promise.all(teams.map(({ slug }) => isInTeam(session, slug, user.login)));
    for (const [index, { slug, ...team }] of teams.entries()) if (held[index]) found.push(team);
  }
  if (only === null || only.kind.startsWith('seat')) {
    const all = await seats(session);
    if (all === null && only !== null)
      throw new ConnectorError(
        'right',
        `Who has a seat of Copilot is not shown. The token needs "${rights.copilot}", and the organization Copilot.`,
      );
    const seat = all?.get(user.id);
    if (seat) found.push(seat);
  }
  return found;
}
