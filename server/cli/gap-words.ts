import type { Answer, Call } from './api-client.ts';

export type Gap = Answer<'previewPlan'>;
export type Scope = { personId?: string; appId?: string };

const atOnce = 200;
const mostNames = 20;

/** The whole gap of the company, of one person or of one app: all its lines. */
export async function wholeGap(call: Call, scope: Scope): Promise<Gap> {
  const first = await call('previewPlan', { query: { ...scope, limit: atOnce, offset: 0 } });
  const rows = [...first.rows];
  while (rows.length < first.total) {
    const next = await call('previewPlan', { query: { ...scope, limit: atOnce, offset: rows.length } });
    // What moved meanwhile is for the next look: applying compares the hash.
    if (next.rows.length === 0) break;
    rows.push(...next.rows);
  }
  return { ...first, rows };
}

const verbs: Record<string, string> = {
  'create-account': 'get an account',
  reopen: 'get their account back',
  grant: 'get',
  revoke: 'lose',
  suspend: 'have their account suspended',
};
const ways: Record<string, string> = { machine: '', 'by-hand': ', by hand', outside: ', from outside' };

/** The gap in words: by app what is given and taken to whom, then what nobody knows and what the brake holds. */
export function gapWords({ rows, totals, unknown, underWay, brake }: Gap): string[] {
  const byApp = new Map<string, Gap['rows']>();
  for (const row of rows) byApp.set(row.app, [...(byApp.get(row.app) ?? []), row]);
  const lines = [...byApp].flatMap(([app, ofApp]) => [`${app}:`, ...groups(ofApp)]);
  const admins = rows.filter((row) => row.onlyAdmin).map((row) => `  ${row.person} is the only administrator of ${row.app}.`);
  const again = rows
    .filter((row) => row.administratorAgain)
    .map((row) => `  ${row.person} would be an administrator of ${row.app} again, as before: decide first on their page what stays.`);
  return [
    ...lines,
    ...admins,
    ...again,
    ...(rows.length > 0
      ? [
          `${totals.gives} to give, ${totals.takes} to take, ${totals.byHand} of them by hand; ${people(totals.people)} touched, ${totals.losing} losing something.`,
        ]
      : ['What people have is what the rules say. Nothing to do.']),
    ...asides('cannot be told and stay as they are', unknown),
    ...asides('are under way already', underWay),
    ...(brake
      ? [
          `The brake holds it: ${people(totals.losing)} would lose something, and more than ${brake.limit} in a day need somebody who has looked: ${named(brake.names.map(({ name }) => name))}.`,
        ]
      : []),
  ];
}

/** What a plan leaves as it is, one line for all of the same reason. */
function asides(what: string, { total, rows }: Gap['unknown']): string[] {
  if (total === 0) return [];
  const byReason = Map.groupBy(rows, ({ words }) => words);
  const more = total > rows.length ? [`  and ${total - rows.length} more`] : [];
  return [
    `${total} more ${what}:`,
    ...[...byReason].map(([words, of]) => `  ${named([...new Set(of.map(({ person }) => person))])}. ${words}`),
    ...more,
  ];
}

/** One line for all that get or lose the same for the same reason. */
function groups(rows: Gap['rows']): string[] {
  const grouped = new Map<string, { what: string; why: string; who: string[] }>();
  for (const { change, entitlement, how, person, words } of rows) {
    const what = `${verbs[change] ?? change}${entitlement ? ` ${entitlement}` : ''}${ways[how] ?? ''}`;
    const group = grouped.get(`${what}\n${words}`) ?? { what, why: words, who: [] };
    group.who.push(person);
    grouped.set(`${what}\n${words}`, group);
  }
  return [...grouped.values()].map(({ what, why, who }) => `  ${who.length} ${what}: ${named(who)}. ${why}`);
}

const people = (count: number): string => (count === 1 ? '1 person' : `${count} people`);

const named = (names: string[]): string =>
  names.length > mostNames ? `${names.slice(0, mostNames).join(', ')} and ${names.length - mostNames} more` : names.join(', ');
