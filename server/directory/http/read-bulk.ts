import { groupKind, type Json, type ResourceKind, userKind } from '../scim/schemas.ts';
import { badRequest } from '../scim/scim-error.ts';

/** One operation of a bulk request. `problem`: why it cannot be carried out, in words; the others still are. */
export type BulkOperation = {
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  kind: ResourceKind | null;
  /** The id in the path, or `bulkId:…`; null for a POST. */
  id: string | null;
  bulkId: string | null;
  version: string | null;
  data: Json | undefined;
  problem: string | null;
};

const urn = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest';

type Fields = { [key: string]: Json };
const isObject = (value: Json | undefined): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
const text = (value: Json | undefined): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** Reads a bulk request (RFC 7644 section 3.7). Throws 400 where it is none. `failOnErrors` null: go on whatever fails. */
export function readBulk(body: Json): { operations: BulkOperation[]; failOnErrors: number | null } {
  if (!isObject(body) || !Array.isArray(body.Operations))
    throw badRequest('invalidSyntax', 'The body must be a BulkRequest with Operations.');
  if (Array.isArray(body.schemas) && !body.schemas.includes(urn)) throw badRequest('invalidSyntax', `schemas must name ${urn}.`);
  const { failOnErrors } = body;
  if (failOnErrors !== undefined && failOnErrors !== null && !(Number.isInteger(failOnErrors) && Number(failOnErrors) >= 1))
    throw badRequest('invalidSyntax', 'failOnErrors must be a whole number from 1 on.');
  return { operations: body.Operations.map(readOperation), failOnErrors: typeof failOnErrors === 'number' ? failOnErrors : null };
}

function readOperation(value: Json): BulkOperation {
  const fields = isObject(value) ? value : {};
  const method = String(fields.method ?? '').toUpperCase();
  const path = text(fields.path) ?? '';
  const [, endpoint, id] = /^\/?(Users|Groups)(?:\/([^/]+))?$/.exec(path) ?? [];
  const isMethod = method === 'POST' || method === 'PUT' || method === 'PATCH' || method === 'DELETE';
  const bulkId = text(fields.bulkId);
  const problem = !isMethod
    ? `"${method}" is no method of a bulk operation.`
    : !endpoint
      ? `"${path}" is no path of a bulk operation.`
      : method === 'POST' && id
        ? 'A POST goes to /Users or /Groups.'
        : method === 'POST' && !bulkId
          ? 'A POST needs a bulkId.'
          : method !== 'POST' && !id
            ? `${method} needs an id in its path.`
            : null;
  return {
    method: method as BulkOperation['method'],
    kind: endpoint === 'Users' ? userKind : endpoint === 'Groups' ? groupKind : null,
    id: id ? decodeURIComponent(id) : null,
    bulkId,
    version: text(fields.version),
    data: fields.data,
    problem,
  };
}
