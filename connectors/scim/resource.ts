import { ConnectorError } from '../kit/index.ts';

/** A SCIM resource or complex value as it came. */
export type Resource = { [name: string]: unknown };

export const enterpriseUser = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
export const coreUser = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const patchOp = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

export function isResource(value: unknown): value is Resource {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The key by which a resource holds an attribute: names are case-insensitive (RFC 7643, section 2.1). */
export function keyOf(resource: Resource, name: string): string | undefined {
  if (Object.hasOwn(resource, name)) return name;
  const lower = name.toLowerCase();
  return Object.keys(resource).find((key) => key.toLowerCase() === lower);
}

/** An attribute's value; undefined when the resource does not say. null is the same as absent (RFC 7643, section 2.5). */
export function attribute(resource: Resource, name: string): unknown {
  const key = keyOf(resource, name);
  return key === undefined ? undefined : (resource[key] ?? undefined);
}

/** A text that is not blank, else null. Numbers are taken as their digits: some servers send employee numbers so. */
export function text(value: unknown): string | null {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

/** A boolean, also where a server keeps it as the text "True" or "False". null: it does not say. */
export function flag(value: unknown): boolean | null {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string') return null;
  const word = value.trim().toLowerCase();
  return word === 'true' ? true : word === 'false' ? false : null;
}

/** The members of a multi-valued complex attribute; undefined when the resource does not say. Bare texts count as `{ value }`. */
export function values(resource: Resource, name: string): Resource[] | undefined {
  const found = attribute(resource, name);
  if (found === undefined) return undefined;
  return (Array.isArray(found) ? found : [found]).flatMap((entry) =>
    isResource(entry) ? [entry] : text(entry) === null ? [] : [{ value: entry }],
  );
}

/** A value of a filter or path: a JSON string (RFC 7644, section 3.4.2.2). */
export function quoted(value: string): string {
  return JSON.stringify(value);
}

/** The path of one resource; the id is opaque and may hold any character. `.` and `..` cannot stand in an address: ConnectorError `broken`. */
export function resourcePath(endpoint: 'Users' | 'Groups', id: string): string {
  if (id === '' || id === '.' || id === '..')
    throw new ConnectorError('broken', `The app gave a record the id "${id}", which cannot be asked for. Nothing was sent.`);
  return `${endpoint}/${encodeURIComponent(id)}`;
}

/** The id a server gave, as text. */
export function idOf(resource: Resource): string {
  return text(attribute(resource, 'id')) ?? '';
}
