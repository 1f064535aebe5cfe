import { z } from 'zod';
import { systemActor } from '../../platform/context.ts';
import { conflict } from '../../platform/errors.ts';
import { route } from '../../platform/http/route.ts';
import { addMember } from '../add-member.ts';
import { changeOrganization } from '../change-organization.ts';
import { createOrganization } from '../create-organization.ts';
import { findSession } from '../sign-in/find-session.ts';

const name = z.string().trim().min(1).max(200);
const timeZone = z.string().max(100).describe('IANA name, such as Europe/Berlin.');

export const getOrganization = route({
  id: 'getOrganization',
  method: 'get',
  path: '/organization',
  access: 'organization:read',
  summary: 'The organization I work in',
  output: z.object({ id: z.uuid(), name: z.string(), timeZone: z.string(), sample: z.boolean(), createdAt: z.string() }),
  handle: (ctx) =>
    ctx.db
      .selectFrom('identity_organizations')
      .select(['organization_id as id', 'name', 'time_zone as timeZone', 'sample', 'created_at as createdAt'])
      .executeTakeFirstOrThrow(),
});

export const setOrganization = route({
  id: 'setOrganization',
  method: 'patch',
  path: '/organization',
  access: 'organization:manage',
  summary: 'Rename the organization or move its time zone',
  body: z.object({ name: name.optional(), timeZone: timeZone.optional() }),
  handle: (ctx, { body }) => changeOrganization(ctx, body),
});

export const addOrganization = route({
  id: 'addOrganization',
  method: 'post',
  path: '/organizations',
  access: 'organization:manage',
  summary: 'Make a further organization, whose owner I am',
  body: z.object({ name, timeZone }),
  output: z.object({ organizationId: z.uuid() }),
  handleOutside: async (edge, { body }) => {
    if (edge.actor.kind === 'member' && (await findSession(edge.platform, edge.request))?.company) {
      throw conflict(
        'signed_in_by_company',
        'Your company’s sign-in opens this organization alone. Sign in with a passkey or password of your own to make another.',
      );
    }
    const me = await edge.run((ctx) =>
      ctx.db.selectFrom('identity_members').select(['name', 'address', 'user_id']).where('id', '=', edge.actor.memberId).executeTakeFirst(),
    );
    if (!me) throw conflict('no_member', 'Only a member can make an organization.');
    const owner = { name: me.name, address: me.address, roles: ['owner'], userId: me.user_id };
    const organizationId = await createOrganization(
      edge.platform,
      body,
      async (ctx) => {
        await addMember(ctx, owner);
      },
      { ...systemActor, name: me.name },
    );
    return { organizationId };
  },
});

export const organizationRoutes = { getOrganization, setOrganization, addOrganization };
