import { z } from 'zod';
import { runAsSystem } from '../../platform/context.ts';
import { declaredPermissions, roles as knownRoles, reachOf, scopesCover } from '../../platform/http/permissions.ts';
import { type Edge, route } from '../../platform/http/route.ts';
import { findPause } from '../../platform/paused.ts';
import { membershipsOfSession } from '../memberships-of.ts';
import { roleWords } from '../role-words.ts';
import { askAuth, requirePage } from '../sign-in/ask-auth.ts';
import { findSession } from '../sign-in/find-session.ts';
import { hasSecondFactor } from '../sign-in/users.ts';

const organizationShape = z.object({ id: z.uuid(), name: z.string(), sample: z.boolean(), timeZone: z.string() });

export const sessionShape = z.object({
  name: z.string(),
  address: z.string(),
  memberId: z.uuid().nullable(),
  personId: z.uuid().nullable(),
  roles: z.array(z.enum(knownRoles)),
  role: z.string().describe('The widest of the roles, in words.'),
  organization: organizationShape.nullable().describe('null: signed in, and member of no organization yet.'),
  organizations: z.array(organizationShape),
  permissions: z.array(z.string()),
  reach: z.record(z.string(), z.enum(['all', 'own'])).describe('How far each permission goes: all rows, or the own ones.'),
  place: z.object({ zone: z.string(), name: z.string() }).nullable().describe('Where the roster says that the reader is.'),
  byCompany: z.boolean().describe('Signed in through the company’s own provider: how one signs in is looked after there.'),
  mail: z.boolean().describe('Whether a mail server is set up. Without one there is an outbox.'),
  paused: z.object({ since: z.string(), reason: z.string() }).nullable(),
  clockIsHeld: z.boolean().describe('The time is read from a file, for tests.'),
});

export const getSession = route({
  id: 'getSession',
  method: 'get',
  path: '/session',
  access: 'session',
  summary: 'Who I am, in which organization, and what I may do',
  output: sessionShape,
  handleOutside: async (edge) => {
    const { actor, organizationId, platform } = edge;
    const pause = await findPause(platform);
    const { organizations, address, place, byCompany } = await surroundings(edge);
    const reach: Record<string, 'all' | 'own'> = {};
    for (const [name, permission] of Object.entries(declaredPermissions())) {
      const far = reachOf(permission, actor.roles);
      if (far && scopesCover(actor.scopes, name)) reach[name] = far;
    }
    return {
      name: actor.name,
      address,
      memberId: actor.memberId,
      personId: actor.personId,
      roles: knownRoles.filter((role) => actor.roles.includes(role)),
      role: roleWords(actor.roles),
      organization: organizations.find((each) => each.id === organizationId) ?? null,
      organizations,
      permissions: Object.keys(reach),
      reach,
      place,
      byCompany,
      mail: platform.config.smtpUrl !== null,
      paused: pause ? { since: pause.since, reason: pause.reason } : null,
      clockIsHeld: platform.config.clockIsHeld,
    };
  },
});

type Surroundings = {
  organizations: z.infer<typeof organizationShape>[];
  address: string;
  place: { zone: string; name: string } | null;
  byCompany: boolean;
};

async function surroundings({ platform, organizationId, actor, request }: Edge): Promise<Surroundings> {
  const session = actor.kind === 'member' ? await findSession(platform, request) : null;
  const memberships = session ? await membershipsOfSession(platform, session) : [];
  const organizations = memberships.map((each) => ({
    id: each.organizationId,
    name: each.organizationName,
    sample: each.sample,
    timeZone: each.timeZone,
  }));
  const byCompany = Boolean(session?.company);
  if (!organizationId || !actor.memberId)
    return { organizations, address: byCompany ? '' : (session?.address ?? ''), place: null, byCompany };
  return runAsSystem(platform, organizationId, async (ctx) => {
    const own = await ctx.db
      .selectFrom('identity_organizations')
      .select(['organization_id', 'name', 'sample', 'time_zone'])
      .executeTakeFirstOrThrow();
    const member = await ctx.db
      .selectFrom('identity_members')
      .select('address')
      .where('id', '=', actor.memberId!)
      .executeTakeFirstOrThrow();
    const person = actor.personId
      ? await ctx.db.selectFrom('people_roster').select(['time_zone', 'location']).where('id', '=', actor.personId).executeTakeFirst()
      : undefined;
    return {
      organizations: session ? organizations : [{ id: own.organization_id, name: own.name, sample: own.sample, timeZone: own.time_zone }],
      address: member.address,
      byCompany,
      place: person?.time_zone ? { zone: person.time_zone, name: person.location ?? cityOf(person.time_zone) } : null,
    };
  });
}

const cityOf = (zone: string) => zone.split('/').at(-1)!.replaceAll('_', ' ');

export const endSession = route({
  id: 'endSession',
  method: 'post',
  path: '/session/end',
  access: 'public',
  summary: 'Sign out',
  handleOutside: async (edge) => {
    requirePage(edge);
    if (await findSession(edge.platform, edge.request)) await askAuth(edge, 'POST', '/sign-out', {});
  },
});

export const getSignIn = route({
  id: 'getSignIn',
  method: 'get',
  path: '/sign-in',
  access: 'public',
  summary: 'How far this browser is with signing in',
  output: z.object({
    state: z
      .enum(['out', 'enrol', 'needs-factor', 'in'])
      .describe('out: nobody; enrol: a second factor is to be set up; needs-factor: one exists and was not used; in: signed in.'),
    name: z.string().nullable(),
    address: z.string().nullable(),
  }),
  handleOutside: async ({ platform, request }) => {
    const session = await findSession(platform, request);
    if (!session) return { state: 'out' as const, name: null, address: null };
    const state = session.complete ? 'in' : (await hasSecondFactor(platform, session.userId)) ? 'needs-factor' : 'enrol';
    return { state, name: session.name, address: session.address } as const;
  },
});

export const sessionRoutes = { getSession, endSession, getSignIn };
