import { z } from 'zod';
import { route } from '../../platform/http/route.ts';
import { addConnection as add, addToken } from '../connections/add-connection.ts';
import { removeConnection as remove, revokeToken } from '../connections/end-connection.ts';
import { getConnection, listConnections, listGroupMembers, listPushedGroups, listPushedUsers, scimAddress } from '../queries.ts';
import { adoptAddress, settleUser } from '../roster/settle-user.ts';

const connectionRow = z.object({
  id: z.uuid(),
  name: z.string(),
  system: z.enum(['entra', 'okta', 'other']),
  createdAt: z.string(),
  createdBy: z.string(),
  lastContactAt: z.string().nullable(),
  users: z.number(),
  activeUsers: z.number(),
  groups: z.number(),
  notTakenOver: z.number().describe('Users of whom the roster did not take everything over.'),
  held: z.number().describe('People whom a brake holds.'),
  asked: z.number().describe('People who are suspended and asked about.'),
});
const address = z.string().describe('What the directory is given as the address of the SCIM server.');
const page = z.object({ limit: z.coerce.number().int().min(1).max(500).default(100), offset: z.coerce.number().int().min(0).default(0) });
const ofConnection = z.object({ directoryConnectionId: z.uuid() });

const listDirectoryConnections = route({
  id: 'listDirectoryConnections',
  method: 'get',
  path: '/directory/connections',
  access: 'directory:read',
  summary: 'Directories that push people in, with what each brought and what waits',
  output: z.object({ address, rows: z.array(connectionRow) }),
  handle: (ctx) => listConnections(ctx),
});

const addDirectoryConnection = route({
  id: 'addDirectoryConnection',
  method: 'post',
  path: '/directory/connections',
  access: 'directory:manage',
  summary: 'Make a connection for a directory. Its token is in this answer and never again',
  body: z.object({ name: z.string().trim().min(1).max(200), system: z.enum(['entra', 'okta', 'other']) }),
  output: z.object({ id: z.uuid(), token: z.string(), address }),
  handle: async (ctx, { body }) => ({ ...(await add(ctx, body)), address: scimAddress(ctx) }),
});

const getDirectoryConnection = route({
  id: 'getDirectoryConnection',
  method: 'get',
  path: '/directory/connections/{directoryConnectionId}',
  access: 'directory:read',
  summary: 'One directory with its tokens, never their text',
  params: ofConnection,
  output: connectionRow.extend({
    address,
    tokens: z.array(z.object({ id: z.uuid(), createdAt: z.string(), createdBy: z.string(), lastUsedAt: z.string().nullable() })),
  }),
  handle: (ctx, { params }) => getConnection(ctx, params.directoryConnectionId),
});

const removeDirectoryConnection = route({
  id: 'removeDirectoryConnection',
  method: 'delete',
  path: '/directory/connections/{directoryConnectionId}',
  access: 'directory:manage',
  summary: 'End a connection: tokens end, what it suspended or held is restored, the people stay',
  params: ofConnection,
  handle: (ctx, { params }) => remove(ctx, params.directoryConnectionId),
});

const addDirectoryToken = route({
  id: 'addDirectoryToken',
  method: 'post',
  path: '/directory/connections/{directoryConnectionId}/tokens',
  access: 'directory:manage',
  summary: 'Make a further token. Its text is in this answer and never again; the ones before work until they are revoked',
  params: ofConnection,
  output: z.object({ id: z.uuid(), token: z.string() }),
  handle: (ctx, { params }) => addToken(ctx, params.directoryConnectionId),
});

const revokeDirectoryToken = route({
  id: 'revokeDirectoryToken',
  method: 'delete',
  path: '/directory/tokens/{directoryTokenId}',
  access: 'directory:manage',
  summary: 'End a directory’s token at once',
  params: z.object({ directoryTokenId: z.uuid() }),
  handle: (ctx, { params }) => revokeToken(ctx, params.directoryTokenId),
});

const listDirectoryUsers = route({
  id: 'listDirectoryUsers',
  method: 'get',
  path: '/directory/connections/{directoryConnectionId}/users',
  access: 'directory:read',
  summary: 'The users that a directory pushed, and whose they are',
  params: ofConnection,
  query: page.extend({ onlyProblems: z.stringbool().default(false) }),
  output: z.object({
    rows: z.array(
      z.object({
        id: z.uuid(),
        userName: z.string(),
        active: z.boolean().nullable(),
        personId: z.uuid().nullable(),
        person: z.string().nullable(),
        problem: z.string().nullable().describe('What the roster did not take over, and why.'),
        modifiedAt: z.string(),
      }),
    ),
    total: z.number(),
    nextOffset: z.number().nullable(),
  }),
  handle: (ctx, { params, query }) => listPushedUsers(ctx, params.directoryConnectionId, query),
});

const listDirectoryGroups = route({
  id: 'listDirectoryGroups',
  method: 'get',
  path: '/directory/connections/{directoryConnectionId}/groups',
  access: 'directory:read',
  summary: 'The groups that a directory pushed',
  params: ofConnection,
  query: page,
  output: z.object({
    rows: z.array(z.object({ id: z.uuid(), name: z.string(), members: z.number(), modifiedAt: z.string() })),
    total: z.number(),
    nextOffset: z.number().nullable(),
  }),
  handle: (ctx, { params, query }) => listPushedGroups(ctx, params.directoryConnectionId, query),
});

const listDirectoryGroupMembers = route({
  id: 'listDirectoryGroupMembers',
  method: 'get',
  path: '/directory/groups/{directoryGroupId}/members',
  access: 'directory:read',
  summary: 'Who is in a group of a directory',
  params: z.object({ directoryGroupId: z.uuid() }),
  query: page,
  output: z.object({
    name: z.string(),
    rows: z.array(z.object({ id: z.uuid(), name: z.string(), kind: z.enum(['User', 'Group']), personId: z.uuid().nullable() })),
    total: z.number(),
    nextOffset: z.number().nullable(),
  }),
  handle: (ctx, { params, query }) => listGroupMembers(ctx, params.directoryGroupId, query),
});

const adoptDirectoryAddress = route({
  id: 'adoptDirectoryAddress',
  method: 'post',
  path: '/directory/users/{directoryUserId}/address',
  access: 'directory:decide',
  summary: 'Take the directory’s address over as the person’s work address',
  params: z.object({ directoryUserId: z.uuid() }),
  handle: (ctx, { params }) => adoptAddress(ctx, params.directoryUserId),
});

const settleDirectoryUser = route({
  id: 'settleDirectoryUser',
  method: 'put',
  path: '/directory/users/{directoryUserId}/person',
  access: 'directory:decide',
  summary: 'Say whose a user is, where that could not be told',
  params: z.object({ directoryUserId: z.uuid() }),
  body: z.object({ personId: z.uuid().nullable().describe('Null: somebody new, who is added.') }),
  handle: (ctx, { params, body }) => settleUser(ctx, params.directoryUserId, body.personId),
});

export const connectionRoutes = {
  listDirectoryConnections,
  addDirectoryConnection,
  getDirectoryConnection,
  removeDirectoryConnection,
  addDirectoryToken,
  revokeDirectoryToken,
  listDirectoryUsers,
  listDirectoryGroups,
  listDirectoryGroupMembers,
  adoptDirectoryAddress,
  settleDirectoryUser,
};
