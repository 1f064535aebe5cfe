import type { Context } from '../../platform/context.ts';
import { type Push, runPush } from '../push.ts';
import type { Member } from '../resources/members.ts';
import { newId } from '../resources/new-id.ts';
import { etagOf, locationOf } from '../resources/show-resources.ts';
import type { Stored } from '../resources/stored-resource.ts';
import { createGroup, deleteGroup, patchGroup, replaceGroup } from '../resources/write-group.ts';
import { createUser, deleteUser, patchUser, replaceUser } from '../resources/write-user.ts';
import { mostBulkOperations } from '../scim/discovery.ts';
import { type Json, type ResourceKind, userKind } from '../scim/schemas.ts';
import { badRequest, errorBody, ScimError } from '../scim/scim-error.ts';
import { scimAnswer, scimErrorOf } from './answers.ts';
import { forgetFailed, orderOperations } from './order-operations.ts';
import { type BulkOperation, readBulk } from './read-bulk.ts';

type Done = { method: string; bulkId?: string; version?: string; location?: string; status: string; response?: unknown };

/**
 * Performs a bulk request (RFC 7644 section 3.7), each operation in a transaction of its own. What is made gets its id beforehand, so that operations
 * may refer to each other by bulkId in any order, in circles, too. After `failOnErrors` failures the rest is not tried.
 */
export async function performBulk(push: Push, body: Json): Promise<Response> {
  const { operations, failOnErrors } = readBulk(body);
  if (operations.length > mostBulkOperations)
    throw new ScimError(413, 'tooMany', `The bulk request has more than ${mostBulkOperations} operations (maxOperations).`);
  const now = push.platform.clock.now();
  const ids = new Map<string, { id: string; kind: ResourceKind }>();
  for (const { method, bulkId, kind } of operations) if (method === 'POST' && bulkId && kind) ids.set(bulkId, { id: newId(now), kind });
  const coming = new Map<string, Member['kind']>([...ids.values()].map(({ id, kind }) => [id, kind.name]));
  const done = new Map<BulkOperation, Done>();
  let failures = 0;
  for (const operation of orderOperations(operations)) {
    const answer = await performOne(push, operation, ids, coming);
    done.set(operation, answer);
    if (Number(answer.status) < 400) continue;
    failures += 1;
    const made = operation.bulkId && operation.method === 'POST' ? ids.get(operation.bulkId) : undefined;
    if (made) {
      coming.delete(made.id);
      ids.delete(operation.bulkId as string);
      await runPush(push, (ctx) => forgetFailed(ctx, push, made.id));
    }
    if (failOnErrors !== null && failures >= failOnErrors) break;
  }
  return scimAnswer(200, {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkResponse'],
    Operations: operations.flatMap((operation) => done.get(operation) ?? []),
  });
}

type Ids = ReadonlyMap<string, { id: string; kind: ResourceKind }>;

async function performOne(push: Push, operation: BulkOperation, ids: Ids, coming: ReadonlyMap<string, Member['kind']>): Promise<Done> {
  const { method, bulkId, version } = operation;
  const about = { method, ...(bulkId ? { bulkId } : {}) };
  let location: string | undefined;
  try {
    if (!operation.kind || operation.problem)
      throw badRequest('invalidSyntax', operation.problem ?? 'The path of the operation is none of ours.');
    const { kind } = operation;
    const id =
      method === 'POST' ? (bulkId && ids.get(bulkId)?.id) || newId(push.platform.clock.now()) : resolvedId(operation.id as string, ids);
    if (method !== 'POST') location = locationOf(push, kind, id);
    const data = operation.data === undefined ? undefined : resolved(operation.data, ids);
    const stored = await runPush(push, (ctx) => write(ctx, push, { kind, method, id, data, version }, coming));
    return {
      ...about,
      location: locationOf(push, kind, id),
      ...(stored ? { version: etagOf(stored) } : {}),
      status: method === 'POST' ? '201' : method === 'DELETE' ? '204' : '200',
    };
  } catch (error) {
    const refused = scimErrorOf(error, push.platform.log);
    return { ...about, ...(location ? { location } : {}), status: String(refused.status), response: errorBody(refused) };
  }
}

type Write = { kind: ResourceKind; method: BulkOperation['method']; id: string; data: Json | undefined; version: string | null };

async function write(
  ctx: Context,
  push: Push,
  { kind, method, id, data, version }: Write,
  coming: ReadonlyMap<string, Member['kind']>,
): Promise<Stored | null> {
  const isUser = kind === userKind;
  if (method === 'DELETE') {
    await (isUser ? deleteUser : deleteGroup)(ctx, push, id, version);
    return null;
  }
  if (data === undefined) throw badRequest('invalidSyntax', `${method} needs data.`);
  if (method === 'POST') return isUser ? createUser(ctx, push, id, data) : createGroup(ctx, push, id, data, coming);
  if (method === 'PUT') return isUser ? replaceUser(ctx, push, id, data, version) : replaceGroup(ctx, push, id, data, version, coming);
  return isUser ? patchUser(ctx, push, id, data, version) : patchGroup(ctx, push, id, data, version, coming);
}

const reference = /^bulkId:(.+)$/i;

function resolvedId(text: string, ids: Ids): string {
  const bulkId = reference.exec(text)?.[1];
  if (bulkId === undefined) return text;
  const found = ids.get(bulkId);
  if (!found) throw new ScimError(409, null, `bulkId ${bulkId} names nothing that this request made.`);
  return found.id;
}

/** The data with every reference to something that this request makes replaced by its id; also inside the filters of paths. */
function resolved(value: Json, ids: Ids): Json {
  if (typeof value === 'string')
    return reference.test(value)
      ? resolvedId(value, ids)
      : value.replaceAll(/"bulkId:([^"]+)"/g, (_, name) => `"${resolvedId(`bulkId:${name}`, ids)}"`);
  if (Array.isArray(value)) return value.map((each) => resolved(each, ids));
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, resolved(each, ids)]));
  return value;
}
