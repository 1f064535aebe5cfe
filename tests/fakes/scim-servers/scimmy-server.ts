import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import SCIMMY from 'scimmy';
import SCIMMYRouters from 'scimmy-routers';
import {
  type Directory,
  identifier,
  openDirectory,
  type Resource,
  type ScimGroup,
  type ScimUser,
  type SeedUser,
  seedUsers,
} from './directory.ts';

export type RunningScimmyServer = {
  baseUrl: string;
  port: number;
  /** The state itself, asked directly and not through SCIM. */
  users(): ScimUser[];
  groups(): ScimGroup[];
  user(userName: string): ScimUser;
  requests: { at: string; method: string; path: string; status: number }[];
  stop(): Promise<void>;
};

type Handled = { id?: string; filter?: { match(values: Resource[]): Resource[] } };

/** The library keeps one set of handlers for the process; each request brings the directory of its own server. */
function declareHandlers(): void {
  const of = (context: unknown) => context as Directory;
  const read = (all: Resource[], { id, filter }: Handled) => {
    if (id === undefined) return filter ? filter.match(all) : all;
    const found = all.find((entry) => entry.id === id);
    if (!found) throw new SCIMMY.Types.Error(404, '', `Resource ${id} not found`);
    return found;
  };
  SCIMMY.Resources.declare(SCIMMY.Resources.User.extend(SCIMMY.Schemas.EnterpriseUser, false))
    .egress((resource: Handled, context: unknown) => read([...of(context).users.values()], resource) as never)
    .ingress((resource: Handled, data: unknown, context: unknown) => {
      const { users } = of(context);
      const user = { active: true, ...plain(data) } as ScimUser;
      user.id = resource.id ?? identifier(user.userName);
      if (resource.id !== undefined && !users.has(resource.id)) throw new SCIMMY.Types.Error(404, '', `Resource ${resource.id} not found`);
      if ([...users.values()].some(({ id, userName }) => id !== user.id && userName === user.userName))
        throw new SCIMMY.Types.Error(409, 'uniqueness', 'userName is taken');
      users.set(user.id, user);
      return user as never;
    })
    .degress((resource: Handled, context: unknown) => {
      if (!of(context).users.delete(resource.id ?? '')) throw new SCIMMY.Types.Error(404, '', `Resource ${resource.id} not found`);
    });
  SCIMMY.Resources.declare(SCIMMY.Resources.Group)
    .egress((resource: Handled, context: unknown) => read([...of(context).groups.values()], resource) as never)
    .ingress((resource: Handled, data: unknown, context: unknown) => {
      const group = { members: [], ...plain(data) } as unknown as ScimGroup;
      group.id = resource.id ?? identifier(group.displayName);
      of(context).groups.set(group.id, group);
      return group as never;
    })
    .degress((resource: Handled, context: unknown) => void of(context).groups.delete(resource.id ?? ''));
}

let declared = false;

/**
 * A real SCIM server of somebody else's making (scimmy-routers) on the loopback, with its state in memory. `users`: a list, or so many
 * made-up ones. The token is `test-token` unless told otherwise.
 */
export async function startScimmyServer(
  options: { users?: SeedUser[] | number; token?: string; port?: number } = {},
): Promise<RunningScimmyServer> {
  const { users = [], token = 'test-token' } = options;
  if (!declared) declareHandlers();
  declared = true;
  const directory = openDirectory(typeof users === 'number' ? seedUsers(users) : users, null);
  const requests: RunningScimmyServer['requests'] = [];
  const app = express();
  // The routers turn paging parameters into numbers in place, which this version of express undoes by parsing anew at each look.
  app.set('query parser', (query: string) =>
    Object.fromEntries(
      [...new URLSearchParams(query)].map(([name, value]) => [
        name,
        /^(startIndex|count)$/.test(name) && value !== '' ? Number(value) : value,
      ]),
    ),
  );
  app.use((request, response, next) => {
    const seen = { at: Temporal.Now.instant().toString(), method: request.method, path: request.originalUrl, status: 0 };
    requests.push(seen);
    response.on('finish', () => {
      seen.status = response.statusCode;
    });
    next();
  });
  const handler = (request: { header(name: string): string | undefined }) => {
    if (request.header('Authorization') !== `Bearer ${token}`) throw new Error('Authorization failure.');
    return 'groundcrew';
  };
  app.use('/scim/v2', new SCIMMYRouters({ type: 'bearer', handler, context: () => directory }));
  const server = await new Promise<Server>((resolve) => {
    const started = app.listen(options.port ?? 0, '127.0.0.1', () => resolve(started));
  });
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/scim/v2`,
    port,
    users: () => structuredClone([...directory.users.values()]),
    groups: () => structuredClone([...directory.groups.values()]),
    user(userName) {
      const found = [...directory.users.values()].find((user) => user.userName === userName);
      if (!found) throw new Error(`no user ${userName}`);
      return structuredClone(found);
    },
    requests,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The library's own objects as plain ones. */
function plain(data: unknown): Resource {
  return JSON.parse(JSON.stringify(data)) as Resource;
}
