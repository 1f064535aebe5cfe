import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { type Clock, systemClock } from '../../../server/platform/clock.ts';
import { answerScim } from './answer-scim.ts';
import type { Behaviour } from './behaviour.ts';
import { openDirectory, type ScimGroup, type ScimUser, type SeedUser, seedUsers } from './directory.ts';

/** One request as the server saw it. `at`: ISO instant of the server's clock. */
export type SeenRequest = { at: string; method: string; path: string; status: number; body: unknown; headers: Record<string, string> };

export type ScimServerOptions = {
  /** Who is there at the start; a number makes so many. Ignored when the state file exists. */
  users?: SeedUser[] | number;
  token?: string;
  /** Name and password instead of a token. */
  basic?: { userName: string; password: string };
  port?: number;
  clock?: Clock;
  behaviour?: Behaviour;
  /** A JSON file of a Behaviour that is read again at each request, so that another process changes it. */
  behaviourFile?: string;
  /** Where the state is kept between runs, as JSON. */
  stateFile?: string;
  /** Where each request is appended, one JSON object per line. */
  logFile?: string;
  certificate?: { cert: string; key: string };
};

export type RunningScimServer = {
  /** The SCIM address, ending in /scim/v2. */
  baseUrl: string;
  port: number;
  /** The state itself, not as the server shows it. */
  users(): ScimUser[];
  groups(): ScimGroup[];
  user(userName: string): ScimUser;
  requests: SeenRequest[];
  /** Requests that are no reads. */
  changes(): SeenRequest[];
  behave(behaviour: Behaviour): void;
  stop(): Promise<void>;
};

/**
 * A small SCIM server that keeps its state and can misbehave in every way that tests need. `GET /_state` and `/_requests` (no credential) show
 * state and log to tests in other processes. The credential is `test-token` unless told otherwise.
 */
export async function startScimServer(options: ScimServerOptions = {}): Promise<RunningScimServer> {
  const { users = [], token = 'test-token', basic, clock = systemClock, behaviourFile, logFile, certificate } = options;
  const directory = openDirectory(typeof users === 'number' ? seedUsers(users) : users, options.stateFile ?? null);
  const requests: SeenRequest[] = [];
  const expected = basic ? `Basic ${Buffer.from(`${basic.userName}:${basic.password}`).toString('base64')}` : `Bearer ${token}`;
  const state = { directory, behaviour: { ...options.behaviour }, pending: new Map(), clock, expected };

  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const seen: SeenRequest = {
      at: clock.now().toString(),
      method: request.method ?? '',
      path: request.url ?? '',
      status: 0,
      body: null,
      headers: {},
    };
    for (const [name, value] of Object.entries(request.headers)) if (name !== 'authorization') seen.headers[name] = String(value);
    if (seen.path === '/_state')
      return void response.end(JSON.stringify({ users: [...directory.users.values()], groups: [...directory.groups.values()] }));
    if (seen.path === '/_requests') return void response.end(JSON.stringify(requests));
    if (behaviourFile && existsSync(behaviourFile)) state.behaviour = JSON.parse(readFileSync(behaviourFile, 'utf8')) as Behaviour;
    requests.push(seen);
    const body = await textOf(request);
    seen.body = parsedOrText(body);
    if (state.behaviour.delayMs) await new Promise((resolve) => setTimeout(resolve, state.behaviour.delayMs));
    answerScim(state, request, response, seen.body, (status) => {
      seen.status = status;
      if (logFile) appendFileSync(logFile, `${JSON.stringify(seen)}\n`);
    });
  };
  const listener = (request: IncomingMessage, response: ServerResponse) => void handle(request, response).catch(() => response.destroy());
  const server = certificate ? createSecureServer(certificate, listener) : createServer(listener);
  await new Promise<void>((resolve, reject) => server.on('error', reject).listen(options.port ?? 0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    baseUrl: `${certificate ? 'https' : 'http'}://127.0.0.1:${port}/scim/v2`,
    port,
    users: () => structuredClone([...directory.users.values()]),
    groups: () => structuredClone([...directory.groups.values()]),
    user(userName) {
      const found = [...directory.users.values()].find((user) => user.userName === userName);
      if (!found) throw new Error(`no user ${userName}`);
      return structuredClone(found);
    },
    requests,
    changes: () => requests.filter(({ method }) => method !== 'GET'),
    behave(behaviour) {
      state.behaviour = { ...behaviour };
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks).toString('utf8');
}

function parsedOrText(body: string): unknown {
  if (body === '') return null;
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
