import { z } from 'zod';
import { route } from '../../platform/http/route.ts';
import { addConnection } from '../add-connection.ts';
import { changeConnection, pauseConnection, removeConnection, resumeConnection } from '../change-connection.ts';
import { chooseConnector } from '../choose-connector.ts';
import { listConnections as findConnections, listConnectors as findConnectors, getConnection } from '../queries.ts';
import { setUpSteps } from '../set-up-steps.ts';
import { testConnection } from '../test-connection.ts';
import { tryStep } from '../try-step.ts';
import { changed, connectionLine, connectorLine, page, paged, rowsOf, setUp, tested, tried } from './shapes.ts';

const params = z.object({ connectionId: z.uuid() });
const values = z.record(z.string(), z.unknown());
const every = z.number().int().min(5).max(10_080).nullable();
const done = { ok: true as const };

const listConnectors = route({
  id: 'listConnectors',
  method: 'get',
  path: '/connectors',
  access: 'connections:read',
  summary: 'The kinds of systems that can be connected, with the fields that each needs',
  output: rowsOf(connectorLine),
  handle: async (ctx) => {
    const rows = await findConnectors(ctx);
    return { rows, total: rows.length, nextOffset: null };
  },
});

const listConnections = route({
  id: 'listConnections',
  method: 'get',
  path: '/connections',
  access: 'connections:read',
  summary: 'The connections, those that fail first',
  query: z.object(page),
  output: rowsOf(connectionLine),
  handle: async (ctx, { query }) => paged(query, await findConnections(ctx, query)),
});

const getOneConnection = route({
  id: 'getConnection',
  method: 'get',
  path: '/connections/{connectionId}',
  access: 'connections:read',
  summary: 'One connection and its health; secrets are never part of it',
  params,
  output: connectionLine,
  handle: (ctx, { params: { connectionId } }) => getConnection(ctx, connectionId),
});

const createConnection = route({
  id: 'createConnection',
  method: 'post',
  path: '/connections',
  access: 'connections:manage',
  summary: 'Connects an app; secrets are sealed and never returned',
  body: z
    .object({
      appId: z.uuid().optional(),
      appName: z.string().trim().min(1).max(200).optional(),
      connector: z.string().max(100),
      settings: values.default({}),
      secrets: values.default({}),
      syncEveryMinutes: every.optional(),
      writes: z.boolean().optional(),
      takesPeople: z.boolean().optional(),
    })
    .refine(({ appId, appName }) => (appId === undefined) !== (appName === undefined), {
      path: ['appName'],
      message: 'Choose an app, or name a new one.',
    }),
  output: z.object({ connectionId: z.string(), appId: z.string() }),
  handle: (ctx, { body }) => addConnection(ctx, body),
});

const changeOneConnection = route({
  id: 'changeConnection',
  method: 'patch',
  path: '/connections/{connectionId}',
  access: 'connections:manage',
  summary: 'Changes a connection; another host needs the secrets again',
  params,
  body: z.object({
    settings: values.optional(),
    secrets: values.optional(),
    syncEveryMinutes: every.optional(),
    takesPeople: z.boolean().optional(),
  }),
  output: connectionLine,
  handle: async (ctx, { params: { connectionId }, body }) => {
    await changeConnection(ctx, connectionId, body);
    return getConnection(ctx, connectionId);
  },
});

const describeSetUp = route({
  id: 'describeSetUp',
  method: 'post',
  path: '/connections/set-up',
  access: 'connections:manage',
  summary: 'How a connection is set up step by step, with the vendor’s pages as far as the settings lead there; changes nothing',
  body: z.object({ connector: z.string().max(100), settings: values.default({}) }),
  output: setUp,
  handle: async (ctx, { body }) => ({
    steps: setUpSteps(await chooseConnector(ctx, body.connector, '00000000-0000-0000-0000-000000000000'), body.settings),
  }),
});

const testNewConnection = route({
  id: 'testNewConnection',
  method: 'post',
  path: '/connections/test',
  access: 'connections:manage',
  summary: 'Tests settings before they are saved, in plain words; changes nothing in the app',
  body: z.object({ connector: z.string().max(100), settings: values.default({}), secrets: values.default({}) }),
  output: tested,
  handleOutside: (edge, { body }) => testConnection(edge, body),
});

const testOneConnection = route({
  id: 'testConnection',
  method: 'post',
  path: '/connections/{connectionId}/test',
  access: 'connections:manage',
  summary: 'Tests a connection, with other settings or secrets where given, in plain words; changes nothing in the app',
  params,
  body: z.object({ settings: values.optional(), secrets: values.optional() }),
  output: tested,
  handleOutside: (edge, { params: { connectionId }, body }) => testConnection(edge, { connectionId, ...body }),
});

const tryConnection = route({
  id: 'tryConnection',
  method: 'post',
  path: '/connections/try',
  access: 'connections:manage',
  summary: 'Tries one step of a described connection: what is asked, what the app answers, what is understood; changes nothing in the app',
  body: z.object({
    connectionId: z.uuid().optional(),
    connector: z.string().max(100).optional(),
    settings: values.optional(),
    secrets: values.optional(),
    step: z.string().max(200).optional(),
    value: z.string().max(500).optional(),
  }),
  output: tried,
  handleOutside: (edge, { body }) => tryStep(edge, body),
});

const pauseOneConnection = route({
  id: 'pauseConnection',
  method: 'post',
  path: '/connections/{connectionId}/pause',
  access: 'connections:manage',
  summary: 'Stops all calls of a connection until it is resumed',
  params,
  output: changed,
  handle: async (ctx, { params: { connectionId } }) => {
    await pauseConnection(ctx, connectionId);
    return done;
  },
});

const resumeOneConnection = route({
  id: 'resumeConnection',
  method: 'post',
  path: '/connections/{connectionId}/resume',
  access: 'connections:manage',
  summary: 'Lets a paused connection call again',
  params,
  output: changed,
  handle: async (ctx, { params: { connectionId } }) => {
    await resumeConnection(ctx, connectionId);
    return done;
  },
});

const removeOneConnection = route({
  id: 'removeConnection',
  method: 'delete',
  path: '/connections/{connectionId}',
  access: 'connections:manage',
  summary: 'Removes a connection and forgets its secrets; what was read stays',
  params,
  output: changed,
  handle: async (ctx, { params: { connectionId } }) => {
    await removeConnection(ctx, connectionId);
    return done;
  },
});

export const connectionRoutes = {
  listConnectors,
  listConnections,
  getConnection: getOneConnection,
  createConnection,
  changeConnection: changeOneConnection,
  describeSetUp,
  testNewConnection,
  testConnection: testOneConnection,
  tryConnection,
  pauseConnection: pauseOneConnection,
  resumeConnection: resumeOneConnection,
  removeConnection: removeOneConnection,
};
