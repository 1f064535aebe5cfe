import { Refusal } from '../../platform/errors.ts';
import { readBytes } from '../../platform/http/read-bytes.ts';
import type { Platform } from '../../platform/platform.ts';
import { findPush } from '../connections/find-push.ts';
import { type Push, runPush } from '../push.ts';
import { listResources } from '../resources/list-resources.ts';
import { namesVersion } from '../resources/match-version.ts';
import { newId } from '../resources/new-id.ts';
import { baseOf, etagOf, locationOf, showResources } from '../resources/show-resources.ts';
import { getStored, type Stored } from '../resources/stored-resource.ts';
import { createGroup, deleteGroup, patchGroup, replaceGroup } from '../resources/write-group.ts';
import { createUser, deleteUser, patchUser, replaceUser } from '../resources/write-user.ts';
import { mostPayloadBytes, providerConfig, resourceTypes, schemas } from '../scim/discovery.ts';
import { mostResults, projectionOfAddress, queryOfAddress, queryOfBody } from '../scim/list-query.ts';
import { groupKind, type Json, type Resource, type ResourceKind, userKind } from '../scim/schemas.ts';
import { badRequest, noSuchResource, ScimError } from '../scim/scim-error.ts';
import { errorAnswer, listAnswer, scimAnswer, scimErrorOf } from './answers.ts';
import { performBulk } from './perform-bulk.ts';
import { searchAll } from './search-all.ts';

const notAllowed = (method: string) => new ScimError(405, null, `${method} cannot be used at this address.`);

/** Answers one request below /scim/v2 (RFC 7644). Every failure is a SCIM error. */
export async function handleRequest(platform: Platform, request: Request): Promise<Response> {
  try {
    const push = await findPush(platform, request);
    if (!push) throw new ScimError(401, null, 'The token is missing, or it is not in force any more.');
    return await dispatch(push, request);
  } catch (error) {
    return errorAnswer(scimErrorOf(error, platform.log));
  }
}

async function dispatch(push: Push, request: Request): Promise<Response> {
  const url = new URL(request.url);
  const [endpoint = '', ...rest] = url.pathname
    .replace(/^\/scim\/v2\/?/, '')
    .replace(/\/$/, '')
    .split('/')
    .map(decoded);
  const id = rest.join('/') || null;
  const method = request.method;
  switch (endpoint.toLowerCase()) {
    case 'serviceproviderconfig':
    case 'serviceproviderconfigs':
    case 'resourcetypes':
    case 'schemas':
      return discover(push, endpoint.toLowerCase(), id, method, url);
    case 'me':
      throw new ScimError(501, null, 'A connection is nobody of its own: /Me is not offered.');
    case 'bulk':
      if (id !== null) break;
      if (method !== 'POST') throw notAllowed(method);
      return performBulk(push, await readJson(request));
    case 'users':
    case 'groups': {
      const kind = endpoint.toLowerCase() === 'users' ? userKind : groupKind;
      if (rest.length > 1) break;
      if (id === null) return many(push, kind, request, url);
      if (id === '.search') return search(push, kind, request);
      return one(push, kind, id, request, url);
    }
    case '.search':
    case '':
      if (id !== null) break;
      return endpoint === '' ? all(push, request, url) : searchEverywhere(push, request);
  }
  throw new ScimError(404, null, 'There is nothing at this address.');
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new ScimError(404, null, 'There is nothing at this address.');
  }
}

async function readJson(request: Request): Promise<Json> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type && type !== 'application/scim+json' && type !== 'application/json')
    throw new ScimError(415, null, 'Send application/scim+json.');
  const bytes = await readBytes(request, mostPayloadBytes).catch((error) => {
    if (error instanceof Refusal) throw new ScimError(413, null, `The request exceeds the maxPayloadSize (${mostPayloadBytes}).`);
    throw error;
  });
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as Json;
  } catch {
    throw badRequest('invalidSyntax', 'The body is not JSON in UTF-8.');
  }
}

function discover(push: Push, endpoint: string, id: string | null, method: string, url: URL): Response {
  if (method !== 'GET') throw notAllowed(method);
  // RFC 7644 section 4: a filter here must not be answered as if it had been applied.
  if (url.searchParams.has('filter')) throw new ScimError(403, null, 'This endpoint cannot be filtered.');
  const base = baseOf(push);
  if (endpoint.startsWith('serviceproviderconfig')) {
    if (id !== null) throw new ScimError(404, null, 'There is nothing at this address.');
    return scimAnswer(200, providerConfig(base, mostResults));
  }
  const found = endpoint === 'schemas' ? schemas(base) : resourceTypes(base);
  if (id === null) return scimAnswer(200, listAnswer(found.length, 1, found));
  const one = found.find((each) => String(each.id).toLowerCase() === id.toLowerCase());
  if (!one) throw noSuchResource(endpoint === 'schemas' ? 'Schema' : 'ResourceType', id);
  return scimAnswer(200, one);
}

async function many(push: Push, kind: ResourceKind, request: Request, url: URL): Promise<Response> {
  if (request.method === 'GET') {
    const query = queryOfAddress(url.searchParams);
    const { total, resources } = await runPush(push, (ctx) => listResources(ctx, push, kind, query));
    return scimAnswer(200, listAnswer(total, query.startIndex, resources));
  }
  if (request.method !== 'POST') throw notAllowed(request.method);
  const body = await readJson(request);
  return runPush(push, async (ctx) => {
    const create = kind === userKind ? createUser : createGroup;
    const stored = await create(ctx, push, newId(ctx.now), body);
    const [shown] = await showResources(ctx, push, kind, [stored], projectionOfAddress(url.searchParams));
    return resourceAnswer(201, push, kind, stored, shown!);
  });
}

const resourceAnswer = (status: number, push: Push, kind: ResourceKind, stored: Stored, shown: Resource): Response =>
  scimAnswer(status, shown, { location: locationOf(push, kind, stored.id), etag: etagOf(stored) });

async function search(push: Push, kind: ResourceKind, request: Request): Promise<Response> {
  if (request.method !== 'POST') throw notAllowed(request.method);
  const query = queryOfBody(await readJson(request));
  const { total, resources } = await runPush(push, (ctx) => listResources(ctx, push, kind, query));
  return scimAnswer(200, listAnswer(total, query.startIndex, resources));
}

async function searchEverywhere(push: Push, request: Request): Promise<Response> {
  if (request.method !== 'POST') throw notAllowed(request.method);
  const query = queryOfBody(await readJson(request));
  const { total, resources } = await runPush(push, (ctx) => searchAll(ctx, push, query));
  return scimAnswer(200, listAnswer(total, query.startIndex, resources));
}

async function all(push: Push, request: Request, url: URL): Promise<Response> {
  if (request.method !== 'GET') throw notAllowed(request.method);
  const query = queryOfAddress(url.searchParams);
  const { total, resources } = await runPush(push, (ctx) => searchAll(ctx, push, query));
  return scimAnswer(200, listAnswer(total, query.startIndex, resources));
}

async function one(push: Push, kind: ResourceKind, id: string, request: Request, url: URL): Promise<Response> {
  const ifMatch = request.headers.get('if-match');
  const projection = projectionOfAddress(url.searchParams);
  const isUser = kind === userKind;
  switch (request.method) {
    case 'GET':
      return runPush(push, async (ctx) => {
        const stored = await getStored(ctx, push, kind, id);
        const ifNoneMatch = request.headers.get('if-none-match');
        if (ifNoneMatch && namesVersion(ifNoneMatch, stored)) return scimAnswer(304, null, { etag: etagOf(stored) });
        const [shown] = await showResources(ctx, push, kind, [stored], projection);
        return resourceAnswer(200, push, kind, stored, shown!);
      });
    case 'PUT':
    case 'PATCH': {
      const body = await readJson(request);
      const isPut = request.method === 'PUT';
      const change = isPut ? (isUser ? replaceUser : replaceGroup) : isUser ? patchUser : patchGroup;
      return runPush(push, async (ctx) => {
        const stored = await change(ctx, push, id, body, ifMatch);
        const [shown] = await showResources(ctx, push, kind, [stored], projection);
        return resourceAnswer(200, push, kind, stored, shown!);
      });
    }
    case 'DELETE':
      await runPush(push, (ctx) => (isUser ? deleteUser : deleteGroup)(ctx, push, id, ifMatch));
      return scimAnswer(204, null);
    default:
      throw notAllowed(request.method);
  }
}
