import { z } from 'zod';
import { conflict } from '../../platform/errors.ts';
import { roles } from '../../platform/http/permissions.ts';
import { route } from '../../platform/http/route.ts';
import { unlinkMember } from '../company/unlink-member.ts';
import { joinAsNewUser, joinAsUser, readInvitation } from '../members/accept-invitation.ts';
import { changeRoles } from '../members/change-roles.ts';
import { disableMember, enableMember } from '../members/disable-member.ts';
import { belongsElsewhere, inviteMember, sendInvitation } from '../members/invite-member.ts';
import { listMembers as list } from '../members/list-members.ts';
import { enterEnrolment, requirePage } from '../sign-in/ask-auth.ts';
import { findSession } from '../sign-in/find-session.ts';

const memberParams = z.object({ memberId: z.uuid() });
const page = z.object({ limit: z.coerce.number().int().min(1).max(200).default(100), offset: z.coerce.number().int().min(0).default(0) });
const someRoles = z.array(z.enum(roles)).min(1).max(roles.length);
const secret = z.string().min(20).max(100);
const link = z
  .string()
  .nullable()
  .describe('The link itself where no mail server is set up, to be handed over; else null: it is in their mail alone.');

export const listMembers = route({
  id: 'listMembers',
  method: 'get',
  path: '/members',
  access: 'members:read',
  summary: 'Members and their roles',
  query: page,
  output: z.object({
    rows: z.array(
      z.object({
        id: z.uuid(),
        name: z.string(),
        address: z.string(),
        roles: z.array(z.string()),
        personId: z.uuid().nullable(),
        joined: z.boolean().describe('They have a sign-in of their own.'),
        byCompany: z.boolean().describe('They have come in through the company’s own provider.'),
        invitedUntil: z.string().nullable().describe('Until when an invitation that nobody used yet works.'),
        createdAt: z.string(),
        disabledAt: z.string().nullable(),
      }),
    ),
    total: z.number(),
  }),
  handle: (ctx, { query }) => list(ctx, query),
});

export const addMemberByInvitation = route({
  id: 'addMemberByInvitation',
  method: 'post',
  path: '/members',
  access: 'members:manage',
  summary: 'Invite a member: a mail with a link that works once for seven days',
  body: z.object({ name: z.string().trim().min(1).max(200), address: z.string().trim().max(320), roles: someRoles }),
  output: z.object({ memberId: z.uuid(), link }),
  handle: (ctx, { body }) => inviteMember(ctx, body),
});

export const inviteAgain = route({
  id: 'inviteAgain',
  method: 'post',
  path: '/members/{memberId}/invitation',
  access: 'members:manage',
  summary: 'Send a new link: to join, or for somebody who lost their passkey or codes to set up their sign-in anew',
  params: memberParams,
  output: z.object({ link }),
  handle: async (ctx, { params }) => ({ link: await sendInvitation(ctx, params.memberId, await belongsElsewhere(ctx, params.memberId)) }),
});

export const setMemberRoles = route({
  id: 'setMemberRoles',
  method: 'put',
  path: '/members/{memberId}/roles',
  access: 'members:manage',
  summary: 'Give a member these roles. The only owner stays one',
  params: memberParams,
  body: z.object({ roles: someRoles }),
  handle: (ctx, { params, body }) => changeRoles(ctx, params.memberId, body.roles),
});

export const endMembership = route({
  id: 'endMembership',
  method: 'post',
  path: '/members/{memberId}/disable',
  access: 'members:manage',
  summary: 'End a member’s access at once, with their tokens. The only owner stays',
  params: memberParams,
  body: z.object({ reason: z.string().trim().max(500).optional() }),
  handle: (ctx, { params, body }) => disableMember(ctx, params.memberId, body.reason),
});

export const resumeMembership = route({
  id: 'resumeMembership',
  method: 'post',
  path: '/members/{memberId}/enable',
  access: 'members:manage',
  summary: 'Let a disabled member in again',
  params: memberParams,
  handle: (ctx, { params }) => enableMember(ctx, params.memberId),
});

export const unlinkFromCompany = route({
  id: 'unlinkFromCompany',
  method: 'delete',
  path: '/members/{memberId}/company-identity',
  access: 'members:manage',
  summary: 'Forget who a member is at the company’s provider, for an account that was made again there: their next sign-in links them anew',
  params: memberParams,
  handle: (ctx, { params }) => unlinkMember(ctx, params.memberId),
});

export const checkInvitation = route({
  id: 'checkInvitation',
  method: 'post',
  path: '/invitation/check',
  access: 'public',
  summary: 'What an invitation’s link is for. Changes nothing',
  harmless: true,
  body: z.object({ secret }),
  output: z.object({
    purpose: z.enum(['join', 'reset']),
    organization: z.string(),
    name: z.string(),
    address: z.string(),
    hasSignIn: z.boolean().describe('Somebody signs in with this address already: sign in first, then accept.'),
    signedInAs: z.object({ name: z.string(), address: z.string() }).nullable(),
  }),
  handleOutside: async ({ platform, request }, { body }) => {
    const { purpose, organization, name, address, hasSignIn } = await readInvitation(platform, body.secret);
    const session = await findSession(platform, request);
    return {
      purpose,
      organization,
      name,
      address,
      hasSignIn,
      signedInAs: session?.complete && !session.company ? { name: session.name, address: session.address } : null,
    };
  },
});

export const acceptInvitation = route({
  id: 'acceptInvitation',
  method: 'post',
  path: '/invitation/accept',
  access: 'public',
  summary: 'Accept an invitation: as who is signed in, or with a new sign-in whose second factor follows',
  body: z.object({
    secret,
    as: z.enum(['signed-in', 'new']),
    password: z.string().max(256).nullable().default(null).describe('For a new sign-in; null: a passkey follows instead.'),
  }),
  output: z.object({ organizationId: z.uuid(), next: z.enum(['enrol', 'done']) }),
  handleOutside: async (edge, { body }) => {
    requirePage(edge);
    if (body.as === 'signed-in') {
      const session = await findSession(edge.platform, edge.request);
      if (!session?.complete || session.company)
        throw conflict('sign_in_first', 'Sign in first, then open the link again. It was not used.');
      const { organizationId } = await joinAsUser(edge.platform, body.secret, session.userId);
      return { organizationId, next: 'done' as const };
    }
    const { userId, invitation } = await joinAsNewUser(edge.platform, body.secret, body.password);
    await enterEnrolment(edge, userId);
    return { organizationId: invitation.organizationId, next: 'enrol' as const };
  },
});

export const memberRoutes = {
  listMembers,
  addMemberByInvitation,
  inviteAgain,
  setMemberRoles,
  endMembership,
  resumeMembership,
  unlinkFromCompany,
  checkInvitation,
  acceptInvitation,
};
