import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../../../server/platform/clock.ts';
import { applyPatch } from './apply-patch.ts';
import type { Behaviour } from './behaviour.ts';
import {
  type Directory,
  groupSchema,
  identifier,
  type Resource,
  type ScimGroup,
  type ScimUser,
  userSchema,
  versionOf,
} from './directory.ts';
import { discoveryAnswer } from './discovery-answer.ts';
import { listPage, sendHostileBody } from './list-page.ts';
import { ScimProblem } from './scim-problem.ts';

/** What was shown before a change that has not settled yet. */
export type Pending = { before: Resource | null; readsLeft: number; until: Temporal.Instant };

export type ServerState = { directory: Directory; behaviour: Behaviour; pending: Map<string, Pending>; clock: Clock; expected: string };

type Reply = { status: number; body?: Resource | null; headers?: Record<string, string> };

/** Answers one request. `note` hears the status (0: no answer) before a byte of it leaves, so that a killed server has logged what it did. */
export function answerScim(
  state: ServerState,
  request: IncomingMessage,
  response: ServerResponse,
  body: unknown,
  note: (status: number) => void,
): void {
  const { behaviour } = state;
  response.setHeader('content-type', 'application/scim+json');
  if (behaviour.down === true) {
    cut(response, note);
    return;
  }
  try {
    const url = new URL(request.url ?? '/', 'http://fake');
    const reply = replyTo(state, request, url, body, response);
    if (reply === null) {
      note(200);
      return;
    }
    if (behaviour.down === 'after' && request.method !== 'GET') {
      cut(response, note);
      return;
    }
    for (const [name, value] of Object.entries(reply.headers ?? {})) response.setHeader(name, value);
    response.statusCode = reply.status;
    note(reply.status);
    response.end(reply.body ? JSON.stringify(reply.body) : undefined);
  } catch (error) {
    const { status, message, scimType } = error instanceof ScimProblem ? error : new ScimProblem(500, 'It broke.');
    const detail = behaviour.echoesSecret ? `${message} You sent ${request.headers.authorization}.` : message;
    response.statusCode = status;
    note(status);
    if (status === 429 && behaviour.retryAfter) response.setHeader('retry-after', behaviour.retryAfter);
    response.end(JSON.stringify({ schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], status: String(status), scimType, detail }));
  }
}

function cut(response: ServerResponse, note: (status: number) => void): void {
  note(0);
  response.destroy();
}

/** null: the answer is being sent already. */
function replyTo(state: ServerState, request: IncomingMessage, url: URL, body: unknown, response: ServerResponse): Reply | null {
  const { behaviour } = state;
  if (behaviour.busyTimes && behaviour.busyTimes-- > 0) throw new ScimProblem(429, 'Too many requests.');
  if (behaviour.failTimes && behaviour.failTimes-- > 0) throw new ScimProblem(500, 'It broke.');
  if (request.headers.authorization !== state.expected) throw new ScimProblem(401, 'Authorization failure.');
  const [, , , kind = '', rawId] = url.pathname.split('/');
  if (!url.pathname.startsWith('/scim/v2/')) throw new ScimProblem(404, 'There is nothing here.');
  const discovery = request.method === 'GET' ? discoveryAnswer(kind, behaviour) : null;
  if (discovery !== null) return { status: 200, body: discovery };
  if (kind !== 'Users' && (kind !== 'Groups' || behaviour.noGroups)) throw new ScimProblem(404, 'There is nothing here.');
  if (kind === 'Groups' && behaviour.groupsForbidden) throw new ScimProblem(403, 'Groups may not be read.');
  if (request.method === 'GET' && rawId === undefined) return list(state, kind, url, response);
  if (request.method !== 'GET' && behaviour.readOnly) throw new ScimProblem(403, 'This token may only read.');
  if (rawId === undefined) return create(state, kind, body as Resource);
  const id = decodeURIComponent(rawId);
  if (request.method === 'GET') return show(state, kind, id, 200);
  return change(state, kind, id, request, body as Resource);
}

function list(state: ServerState, kind: 'Users' | 'Groups', url: URL, response: ServerResponse): Reply | null {
  const { behaviour, directory } = state;
  if (behaviour.body && kind === 'Users') {
    sendHostileBody(response, behaviour.body);
    return null;
  }
  const isFurther = Number(url.searchParams.get('startIndex') ?? 1) > 1;
  if (behaviour.nextPageElsewhere && isFurther) return { status: 302, headers: { location: behaviour.nextPageElsewhere } };
  const all = kind === 'Users' ? [...directory.users.keys()] : [...directory.groups.keys()];
  const shown = all.map((id) => shownResource(state, kind, id)).filter((resource) => resource !== null);
  const page = listPage(shown, url.searchParams, behaviour);
  if (kind === 'Groups' && behaviour.membersOnlySingly) {
    page.Resources = (page.Resources as ScimGroup[]).map(({ members: _, ...group }) => group);
  }
  return { status: 200, body: page };
}

function show(state: ServerState, kind: 'Users' | 'Groups', id: string, status: number, resource = shownResource(state, kind, id)): Reply {
  if (resource === null) throw new ScimProblem(404, `Resource ${id} not found`);
  const { etag = 'none' } = state.behaviour;
  return { status, body: resource, headers: etag === 'none' ? {} : { etag: versionOf(stored(state, kind, id) ?? resource) } };
}

function create(state: ServerState, kind: 'Users' | 'Groups', body: Resource): Reply {
  const { directory } = state;
  if (kind === 'Groups') throw new ScimProblem(501, 'Groups cannot be created here.');
  const userName = String(body.userName ?? '');
  if (!state.behaviour.namesTwice && [...directory.users.values()].some((user) => user.userName.toLowerCase() === userName.toLowerCase()))
    throw new ScimProblem(409, 'userName is taken.', 'uniqueness');
  const user = {
    ...body,
    schemas: body.schemas ?? [userSchema],
    id: identifier(directory.users.has(identifier(userName)) ? `${userName} once more` : userName),
    userName,
    active: body.active !== false,
  } as ScimUser;
  if (state.behaviour.lying) return { status: 201, body: user };
  directory.users.set(user.id, user);
  directory.save();
  return show(state, kind, user.id, 201);
}

function change(state: ServerState, kind: 'Users' | 'Groups', id: string, request: IncomingMessage, body: Resource): Reply {
  const { behaviour, directory } = state;
  const before = stored(state, kind, id);
  if (before === null) throw new ScimProblem(404, `Resource ${id} not found`);
  const { method } = request;
  if (method === 'PATCH' && behaviour.patch === false) throw new ScimProblem(501, 'PATCH is not implemented.');
  if (method === 'PUT' && behaviour.put === false) throw new ScimProblem(405, 'PUT is not allowed.');
  checkVersion(request.headers['if-match'], before, behaviour.etag ?? 'none');
  if (method === 'DELETE') {
    if (!behaviour.lying) {
      directory[kind === 'Users' ? 'users' : 'groups'].delete(id);
      directory.save();
    }
    return { status: 204 };
  }
  if (method !== 'PATCH' && method !== 'PUT') throw new ScimProblem(405, 'This method is not allowed.');
  const changed = method === 'PATCH' ? applyPatch(before, body, behaviour) : { ...body, schemas: body.schemas ?? before.schemas, id };
  const after = normalised(kind, changed);
  if (behaviour.lying) return { status: 200, body: { ...after, meta: metaOf(kind, id, after) } };
  unsettle(state, id, shownResource(state, kind, id, false));
  if (kind === 'Users') directory.users.set(id, after as ScimUser);
  else directory.groups.set(id, after as ScimGroup);
  directory.save();
  if (method === 'PATCH' && behaviour.patch === 'silent') return { status: 204 };
  return show(state, kind, id, 200, decorated(state, kind, after));
}

/** What is stored: `active` as a boolean, groups with members, nothing that only the server writes. */
function normalised(kind: 'Users' | 'Groups', resource: Resource): Resource {
  const { meta: _meta, groups: _groups, ...rest } = resource;
  if (kind === 'Groups')
    return { ...rest, schemas: rest.schemas ?? [groupSchema], members: Array.isArray(rest.members) ? rest.members : [] };
  return { ...rest, active: typeof rest.active === 'string' ? rest.active.toLowerCase() === 'true' : rest.active !== false };
}

function checkVersion(ifMatch: string | undefined, before: Resource, etag: NonNullable<Behaviour['etag']>): void {
  if (etag === 'none') return;
  if (ifMatch === undefined && etag === 'required') throw new ScimProblem(428, 'If-Match is required.');
  if (ifMatch !== undefined && ifMatch !== '*' && ifMatch !== versionOf(before))
    throw new ScimProblem(412, 'The record has changed meanwhile.');
}

function stored(state: ServerState, kind: 'Users' | 'Groups', id: string): Resource | null {
  return (kind === 'Users' ? state.directory.users.get(id) : state.directory.groups.get(id)) ?? null;
}

function unsettle(state: ServerState, id: string, before: Resource | null): void {
  const { settlesAfterReads = 0, settlesAfterSeconds = 0 } = state.behaviour;
  if (settlesAfterReads + settlesAfterSeconds === 0) return;
  state.pending.set(id, { before, readsLeft: settlesAfterReads, until: state.clock.now().add({ seconds: settlesAfterSeconds }) });
}

/** The record as the server shows it now; `counts`: this look is one of the reads after which a change settles. */
function shownResource(state: ServerState, kind: 'Users' | 'Groups', id: string, counts = true): Resource | null {
  const pending = state.pending.get(id);
  if (pending) {
    if (pending.readsLeft > 0 || Temporal.Instant.compare(state.clock.now(), pending.until) < 0) {
      if (counts) pending.readsLeft--;
      return pending.before;
    }
    state.pending.delete(id);
  }
  const resource = stored(state, kind, id);
  return resource === null ? null : decorated(state, kind, resource);
}

function decorated(state: ServerState, kind: 'Users' | 'Groups', resource: Resource): Resource {
  const { behaviour, directory } = state;
  const id = String(resource.id);
  const shown: Resource = { ...resource, meta: metaOf(kind, id, resource, (behaviour.etag ?? 'none') !== 'none') };
  if (kind === 'Groups') return shown;
  if (behaviour.activeAs === 'text') shown.active = resource.active ? 'True' : 'False';
  if (behaviour.activeAs === 'absent') shown.active = undefined;
  if (behaviour.groupsOnUsers) {
    const groups = [...directory.groups.values()].filter(({ members }) => members.some(({ value }) => value === id));
    shown.groups = groups.map((group) => ({ value: group.id, display: group.displayName, type: 'direct' }));
  }
  return shown;
}

function metaOf(kind: 'Users' | 'Groups', id: string, resource: Resource, withVersion = false): Resource {
  return {
    resourceType: kind.slice(0, -1),
    location: `https://elsewhere.example/scim/v2/${kind}/${id}`,
    ...(withVersion ? { version: versionOf(resource) } : {}),
  };
}
