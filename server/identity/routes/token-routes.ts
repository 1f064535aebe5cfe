import { z } from 'zod';
import { invalid } from '../../platform/errors.ts';
import { declaredPermissions } from '../../platform/http/permissions.ts';
import { route } from '../../platform/http/route.ts';
import { createToken } from '../tokens/create-token.ts';
import { listTokens as list } from '../tokens/list-tokens.ts';
import { revokeToken as revoke } from '../tokens/revoke-token.ts';

export const listTokens = route({
  id: 'listTokens',
  method: 'get',
  path: '/tokens',
  access: 'tokens:manage',
  summary: 'API tokens that are not revoked: an owner sees all, others their own',
  query: z.object({ limit: z.coerce.number().int().min(1).max(200).default(100), offset: z.coerce.number().int().min(0).default(0) }),
  output: z.object({
    rows: z.array(
      z.object({
        id: z.uuid(),
        name: z.string(),
        scopes: z.array(z.string()),
        memberId: z.uuid(),
        memberName: z.string(),
        createdAt: z.string(),
        expiresAt: z.string(),
        lastUsedAt: z.string().nullable(),
      }),
    ),
    total: z.number(),
  }),
  handle: (ctx, { query }) => list(ctx, query),
});

export const listScopes = route({
  id: 'listScopes',
  method: 'get',
  path: '/tokens/scopes',
  access: 'tokens:manage',
  summary: 'What a token’s scope can be, beside *, *:read and <domain>:*',
  output: z.object({ scopes: z.array(z.string()) }),
  handle: async () => ({ scopes: Object.keys(declaredPermissions()).sort() }),
});

export const addToken = route({
  id: 'addToken',
  method: 'post',
  path: '/tokens',
  access: 'tokens:manage',
  summary: 'Make an API token. Its text is in this answer and never again',
  body: z.object({
    name: z.string().trim().min(1).max(200),
    scopes: z.array(z.string().max(100)).min(1).max(100),
    expiresAt: z.iso.datetime({ offset: true }).describe('Within the next 366 days.'),
    memberId: z.uuid().optional().describe('Whose rights it has; without it, mine.'),
  }),
  output: z.object({ id: z.uuid(), token: z.string() }),
  handle: (ctx, { body }) => {
    const memberId = body.memberId ?? ctx.actor.memberId;
    if (!memberId) throw invalid('member_missing', 'Say whose rights the token has.', [{ field: 'memberId', message: 'Choose a member.' }]);
    return createToken(ctx, { ...body, memberId });
  },
});

export const revokeToken = route({
  id: 'revokeToken',
  method: 'delete',
  path: '/tokens/{tokenId}',
  access: 'tokens:manage',
  summary: 'End a token at once',
  params: z.object({ tokenId: z.uuid() }),
  handle: (ctx, { params }) => revoke(ctx, params.tokenId),
});

export const tokenRoutes = { listTokens, listScopes, addToken, revokeToken };
