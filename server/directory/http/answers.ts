import { Refusal } from '../../platform/errors.ts';
import type { Log } from '../../platform/log.ts';
import { badRequest, errorBody, ScimError } from '../scim/scim-error.ts';

export const listUrn = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';

/** A SCIM answer. `body` null: no content. */
export function scimAnswer(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  const all = { 'cache-control': 'no-store', ...headers };
  if (body === null) return new Response(null, { status, headers: all });
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/scim+json', ...all } });
}

export const listAnswer = (total: number, startIndex: number, resources: unknown[]) => ({
  schemas: [listUrn],
  totalResults: total,
  startIndex,
  itemsPerPage: resources.length,
  Resources: resources,
});

/** Any failure as a SCIM error. What is not meant for the client is logged, and answered without detail. */
export function scimErrorOf(error: unknown, log: Log): ScimError {
  if (error instanceof ScimError) return error;
  const code = (error as { code?: string }).code;
  if (error instanceof Refusal && error.status < 500) return new ScimError(error.status, null, error.message);
  // What PostgreSQL cannot keep: characters that no text may have.
  if (code === '22P05' || code === '22021') return badRequest('invalidValue', 'A value has a character that cannot be stored.');
  if (code === '23505') return new ScimError(409, 'uniqueness', 'There is one like this already.');
  log.error({ problem: (error as Error)?.message, stack: (error as Error)?.stack }, 'a push failed');
  return new ScimError(500, null, 'Something went wrong on the server. Nothing was changed. Try again.');
}

export const errorAnswer = (error: ScimError): Response =>
  scimAnswer(error.status, errorBody(error), error.status === 401 ? { 'www-authenticate': 'Bearer realm="Groundcrew SCIM"' } : {});
