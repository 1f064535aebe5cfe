import type { z } from 'zod';
import { reachOf } from '../../server/platform/http/permissions.ts';
import type { AnyRoute } from '../../server/platform/http/route.ts';
import { permissions, routes } from '../../server/routes.ts';
import { exampleOf } from './example-of.ts';
import type { Twin } from './twin-worlds.ts';

/** One request that can be sent to both twins. */
export type Asking = { route: string; method: string; path: string; body?: unknown };

const all = Object.values(routes) as AnyRoute[];
export const paramsOf = (path: string) => [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!);

type Def = {
  type: string;
  shape?: Record<string, z.ZodType>;
  innerType?: z.ZodType;
  in?: z.ZodType;
  out?: z.ZodType;
  entries?: Record<string, unknown>;
};
const defOf = (schema: z.ZodType) => schema._zod.def as unknown as Def;

/** The values of a choice, through what makes it optional or turns it into something else; null where it is no choice. */
function choicesOf(schema: z.ZodType): string[] | null {
  const def = defOf(schema);
  if (def.entries) return Object.values(def.entries).map(String);
  if (def.innerType) return choicesOf(def.innerType);
  if (def.type === 'pipe' && def.in) return choicesOf(def.in) ?? (def.out ? choicesOf(def.out) : null);
  return null;
}

/** Every query that is worth asking: as it is required, then each choice, id and word by itself. */
function queriesOf(route: AnyRoute, ids: Record<string, string[]>, words: string[], thorough: boolean): string[] {
  if (!route.query) return [''];
  const shape = defOf(route.query as z.ZodType).shape ?? {};
  // Whole lists: where pages of two lists part would depend on the order of what happened at the same instant.
  const required = { ...(exampleOf(route.query as z.ZodType) as Record<string, unknown>), ...('limit' in shape ? { limit: 200 } : {}) };
  const text = (query: Record<string, unknown>) =>
    new URLSearchParams(Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]))).toString();
  const queries = [text({ ...required, ...('q' in required ? { q: words[0] } : {}) })];
  for (const [name, schema] of Object.entries(thorough ? shape : {})) {
    const idsOfName = ids[name] ?? (/^(subject|actor|manager)Id$/.test(name) ? ids.personId : undefined);
    const tried =
      choicesOf(schema) ?? idsOfName ?? (['search', 'words', 'q', 'find'].includes(name) ? words : name === 'waiting' ? ['true'] : []);
    for (const value of tried) queries.push(text({ ...required, [name]: value }));
  }
  return [...new Set(queries)].map((query) => (query ? `?${query}` : ''));
}

/** The paths of a route with every combination of ids; at most `most`. */
function pathsOf(route: AnyRoute, ids: Record<string, string[]>, most: number): string[] {
  let paths = [route.path];
  for (const name of paramsOf(route.path)) {
    const known = ids[name] ?? [];
    paths = paths.flatMap((path) => known.map((id) => path.replace(`{${name}}`, id)));
  }
  return paths.slice(0, most);
}

/**
 * Everything that can be asked without changing anything, for whoever has this role. `ids` by the name of the parameter. `thorough`: with each
 * choice, id and word of its query too.
 */
export function askingsOf(role: string | null, ids: Record<string, string[]>, words: string[], thorough: boolean): Asking[] {
  const askings: Asking[] = [];
  for (const route of all) {
    if (route.method !== 'get') continue;
    if (role !== null && route.access.includes(':') && !reachOf(permissions[route.access as keyof typeof permissions], [role])) continue;
    for (const path of pathsOf(route, ids, thorough ? 400 : 6))
      for (const query of queriesOf(route, ids, words, thorough)) askings.push({ route: route.id, method: 'get', path: `${path}${query}` });
  }
  return askings;
}

/** Every change whose path names one of these kinds of ids, with a body that it accepts. */
export function changesOf(kinds: readonly string[], ids: Record<string, string[]>, uuid: string): Asking[] {
  const askings: Asking[] = [];
  for (const route of all) {
    if (route.method === 'get' || !paramsOf(route.path).some((name) => kinds.includes(name))) continue;
    const body = route.upload ? new TextEncoder().encode('x') : route.body ? exampleOf(route.body as z.ZodType, uuid) : undefined;
    const query = route.query
      ? `?${new URLSearchParams(Object.entries(exampleOf(route.query as z.ZodType) as object).map(([n, v]) => [n, String(v)]))}`
      : '';
    for (const path of pathsOf(route, ids, 6)) askings.push({ route: route.id, method: route.method, path: `${path}${query}`, body });
  }
  return askings;
}

const uuids = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** The ids that both twins had when they were made: only these are the same in both. */
export async function idsIn(twin: Twin): Promise<Set<string>> {
  const tables = await twin.admin<{ name: string }>(
    `select c.oid::regclass::text as name from pg_class c where c.relkind = 'r' and c.relnamespace in ('public'::regnamespace, 'auth'::regnamespace)`,
  );
  const ids = new Set<string>();
  for (const { name } of tables) {
    const rows = await twin.admin<{ text: string }>(`select t::text as text from ${name} t`);
    for (const { text } of rows) for (const id of text.match(uuids) ?? []) ids.add(id);
  }
  return ids;
}

/** What was answered, without what differs by chance: the reference of a refusal, ids that were made since. */
export async function answerOf(twin: Twin, token: string, asking: Asking, known: Set<string>): Promise<string> {
  const response = await twin.call(token, asking.method, asking.path, asking.body);
  const raw = Buffer.from(await response.arrayBuffer()).toString('utf8');
  // A signed proof differs by the hash of the chain's head, and so does its signature; its words must be the same.
  const text = wordsOfProof(raw)
    .replaceAll(/"reference":"[0-9a-f]{8}"/g, '"reference":""')
    .replaceAll(/\/task#[\w-]+/g, '/task#')
    .replaceAll(/look for [0-9a-f]{8} in/g, '')
    .replaceAll(uuids, (id) => (known.has(id) ? id : '<new>'));
  return `${response.status} ${inOrder(text)}`;
}

/** The same with every list in an order that does not depend on which of two things happened first at the same instant. */
function inOrder(text: string): string {
  if (!/^[{[]/.test(text) || text.startsWith('{"document":')) return text;
  const sorted = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map((each) => JSON.stringify(sorted(each))).sort();
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, sorted(each)]));
  };
  return JSON.stringify(sorted(JSON.parse(text))).replaceAll(/\\+/g, '');
}

function wordsOfProof(raw: string): string {
  // A PDF is rendered from the document that the JSON holds, whose words are compared there.
  if (raw.startsWith('%PDF')) return raw.match(/%GroundcrewProof 1 \S+ \S+/)?.[0] ?? raw;
  if (!raw.includes('"auditHead":{"hash"')) return raw;
  return raw.replace(/"auditHead":\{"hash":"[0-9a-f]{64}"\}/, '"auditHead"').replace(/"value":"[\w-]{86}"/, '"value"');
}

/** Where two answers part, with a few words around. */
export function difference(exit: string, calm: string): string {
  let at = 0;
  while (at < exit.length && exit[at] === calm[at]) at += 1;
  const around = (text: string) => text.slice(Math.max(0, at - 120), at + 160);
  return `\n    exit: …${around(exit)}\n    calm: …${around(calm)}`;
}
