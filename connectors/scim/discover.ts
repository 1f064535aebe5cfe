import { ConnectorError, type Session } from '../kit/index.ts';
import { attribute, flag, isResource, type Resource, text } from './resource.ts';
import type { ScimSettings } from './settings.ts';

/**
 * What the server says it can do (RFC 7644, section 4). null: it does not say. `found` and `assumed` are sentences for the connection test.
 */
export type Discovery = {
  patch: boolean | null;
  etag: boolean | null;
  filter: boolean | null;
  maxResults: number | null;
  groups: boolean | null;
  cursorOnly: boolean;
  found: string[];
  assumed: string[];
};

/** Absent discovery is common: these statuses mean that a server has none, or shows it to nobody. */
const absent = [400, 403, 404, 405, 406, 500, 501];

/** Asks once per session. Absent or unreadable discovery is no error: the usual is assumed and said. */
export function discover(session: Session<ScimSettings>): Promise<Discovery> {
  return session.remember('scim discovery', async () => {
    const [config, types] = await Promise.all([readIfThere(session, 'ServiceProviderConfig'), readIfThere(session, 'ResourceTypes')]);
    return { ...configOf(config), groups: groupsOf(types), ...wordsOf(config, types) };
  });
}

async function readIfThere(session: Session<ScimSettings>, endpoint: string): Promise<unknown> {
  const response = await session.http.get(endpoint, { accept: absent, headers: { accept: 'application/scim+json, application/json' } });
  if (response.status >= 400) return null;
  try {
    return response.json();
  } catch (error) {
    if (error instanceof ConnectorError) return null;
    throw error;
  }
}

function configOf(config: unknown): Omit<Discovery, 'groups' | 'found' | 'assumed'> {
  const resource = isResource(config) ? config : {};
  const filter = attribute(resource, 'filter');
  const max = isResource(filter) ? attribute(filter, 'maxResults') : undefined;
  const pagination = attribute(resource, 'pagination');
  return {
    patch: supported(resource, 'patch'),
    etag: supported(resource, 'etag'),
    filter: supported(resource, 'filter'),
    maxResults: typeof max === 'number' && max >= 1 ? Math.floor(max) : null,
    cursorOnly: isResource(pagination) && flag(attribute(pagination, 'cursor')) === true && flag(attribute(pagination, 'index')) === false,
  };
}

function supported(config: Resource, feature: string): boolean | null {
  const value = attribute(config, feature);
  return isResource(value) ? flag(attribute(value, 'supported')) : null;
}

function groupsOf(types: unknown): boolean | null {
  const list = isResource(types) ? attribute(types, 'Resources') : types;
  if (!Array.isArray(list) || list.length === 0) return null;
  const names = list
    .filter(isResource)
    .map((type) => `${text(attribute(type, 'endpoint')) ?? ''} ${text(attribute(type, 'name')) ?? ''}`.toLowerCase());
  return names.some((name) => /(^|\/)groups?( |$)| group$/.test(name));
}

function wordsOf(config: unknown, types: unknown): Pick<Discovery, 'found' | 'assumed'> {
  const { patch, etag, filter } = configOf(config);
  const found: string[] = [];
  const assumed: string[] = [];
  if (patch === true) found.push('It takes single changes (PATCH).');
  else if (patch === false) found.push('It takes no single changes; whole records are replaced instead (PUT).');
  else
    assumed.push('It does not say whether it takes single changes (PATCH). That is tried first, then the whole record is replaced (PUT).');
  if (etag === true) found.push('It guards against changes crossing each other (ETag).');
  if (filter === false) found.push('It cannot search, so lists are read whole.');
  if (groupsOf(types) === false) found.push('It has no groups.');
  else if (groupsOf(types) === null) assumed.push('It does not list what it holds. Users and groups are looked for in the usual places.');
  return { found, assumed };
}
