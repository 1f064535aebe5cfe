import { Refusal } from '../platform/errors.ts';
import type { Call } from './api-client.ts';

const isId = (text: string): boolean => /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(text);
export type Found = { id: string; name: string };

function theOne(kind: string, words: string, found: Found[]): Found {
  const exact = found.filter((each) => each.name.toLowerCase() === words.toLowerCase());
  const left = exact.length > 0 ? exact : found;
  if (left.length === 1) return left[0]!;
  if (left.length === 0) throw new Refusal(404, `unknown_${kind}`, `There is no ${kind} "${words}" here. Nothing was changed.`);
  const names = left
    .slice(0, 10)
    .map((each) => `${each.name} (${each.id})`)
    .join(', ');
  throw new Refusal(422, `which_${kind}`, `"${words}" fits several: ${names}. Give the id. Nothing was changed.`);
}

/** The one person whose name, address or number these words are, or whose id. Refuses when none or several fit. */
export async function findPerson(call: Call, words: string): Promise<Found> {
  if (isId(words)) return { id: words, name: words };
  const { people } = await call('search', { query: { q: words } });
  return theOne('person', words, people);
}

/** The one app of that name or id. Refuses when none or several fit. */
export async function findApp(call: Call, words: string): Promise<Found> {
  const found = await searchApps(call, words);
  return theOne('app', words, found);
}

/** The app of exactly that name or id, or null. */
export async function findAppNamed(call: Call, words: string): Promise<Found | null> {
  return (await searchApps(call, words)).find((each) => each.id === words || each.name.toLowerCase() === words.toLowerCase()) ?? null;
}

async function searchApps(call: Call, words: string): Promise<Found[]> {
  if (isId(words)) {
    const { id, name } = await call('getApp', { params: { appId: words } });
    return [{ id, name }];
  }
  return (await call('listApps', { query: { search: words, limit: 200 } })).rows;
}
