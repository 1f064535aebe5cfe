import type { StatusKind } from '../design/status-kind.ts';
import type { InputOf, OutputOf } from '../shell/call.ts';

export type Rule = OutputOf<'listAccessRules'>['rows'][number];
export type RuleDetail = OutputOf<'getAccessRule'>;
export type RuleBody = InputOf<'createAccessRule'>['body'];
export type RulePreview = OutputOf<'previewAccessRule'>;
export type Gap = OutputOf<'previewPlan'>;
export type GapLine = Gap['rows'][number];
export type Plan = OutputOf<'listPlans'>['rows'][number];
export type MadePlan = OutputOf<'getPlan'>;
export type PlanLine = MadePlan['lines'][number];

const grouped = new Intl.NumberFormat('en');

/** “1 person”, “1,204 people”. */
export const counted = (count: number, one: string, many: string): string => `${grouped.format(count)} ${count === 1 ? one : many}`;

export const people = (count: number): string => counted(count, 'person', 'people');

/** “A”, “A and B”, “A, B and C”. */
export const listed = (names: string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

const shownNames = 4;

/** “Ines, Owen, Mei, Tomáš and 37 more”. */
export function firstNames(rows: { name: string }[], total: number): string {
  const names = rows.slice(0, shownNames).map(({ name }) => name);
  return total > names.length ? `${names.join(', ')} and ${total - names.length} more` : listed(names);
}

/** “CRM as Standard”, “an account in Chat” where an account is enough. */
export const grantWords = ({ app, entitlement }: { app: string; entitlement: string | null }): string =>
  entitlement === null ? app : `${app} as ${entitlement}`;

/** What a rule gives, each app once: “CRM as Standard, Chat and Wiki”; “Chat; Directory as Learners and Mail users”. */
export function givesWords(grants: { app: string; entitlement: string | null }[]): string {
  const apps = [...Map.groupBy(grants, ({ app }) => app)].map(([app, of]) => {
    const names = of.flatMap(({ entitlement }) => entitlement ?? []);
    return { words: names.length === 0 ? app : `${app} as ${listed(names)}`, several: names.length > 1 };
  });
  const words = apps.map((app) => app.words);
  return apps.length > 1 && apps.some(({ several }) => several) ? words.join('; ') : listed(words);
}

/** How a gap that a rule makes is closed. */
export const mendWords: Record<Rule['mend'], string> = { shown: 'Waits on the plan', 'by-itself': 'Mends by itself' };

/** How long somebody who has changed keeps what a rule gave. */
export const graceWords = ({ graceDays }: Pick<Rule, 'graceDays'>): string =>
  graceDays === 0
    ? 'Whoever it means no more loses what only it gave, at once.'
    : `Whoever it means no more keeps what it gave for ${counted(graceDays, 'day', 'days')}; then what only it gave goes.`;

/** What happens to somebody in an app, beginning with the verb: “gets Standard”, “loses their account”. */
export function changeWords({ change, entitlement }: Pick<GapLine, 'change' | 'entitlement'>): string {
  switch (change) {
    case 'create-account':
      return 'gets an account';
    case 'reopen':
      return 'gets their account back';
    case 'grant':
      return `gets ${entitlement ?? 'an account'}`;
    case 'revoke':
      return `loses ${entitlement ?? 'their account'}`;
    case 'suspend':
      return 'loses their account: it is suspended';
  }
}

export const isLoss = ({ change }: Pick<GapLine, 'change'>): boolean => change === 'revoke' || change === 'suspend';

/** Who does it. */
export const howWords: Record<GapLine['how'], string> = {
  machine: 'By Groundcrew',
  'by-hand': 'By hand',
  outside: 'From outside',
};

/** “Give 41 and take 3”. */
export function dealWords({ gives, takes }: { gives: number; takes: number }): string {
  const parts = [...(gives > 0 ? [`give ${grouped.format(gives)}`] : []), ...(takes > 0 ? [`take ${grouped.format(takes)}`] : [])];
  const words = parts.join(' and ');
  return words === '' ? 'Nothing to do' : `${words[0]?.toUpperCase()}${words.slice(1)}`;
}

export const purposes: Record<Plan['purpose'], string> = {
  gap: 'What the rules say',
  undo: 'An undoing',
  join: 'A start',
  hygiene: 'Hygiene',
};

/** What a plan is for. */
export const purposeWords = ({ purpose }: Pick<Plan, 'purpose'>): string => purposes[purpose];

/** How a plan stands. */
export function planStatus({ status, counts, undoneBy }: Pick<Plan, 'status' | 'counts' | 'undoneBy'>): { kind: StatusKind; word: string } {
  if (undoneBy !== null) return { kind: 'decided', word: 'Undone' };
  if (status === 'held') return { kind: 'waiting', word: 'Held' };
  if (status === 'withdrawn') return { kind: 'decided', word: 'Discarded' };
  if (status === 'planned') return { kind: 'planned', word: 'Not begun' };
  if (counts.wrong > 0) return { kind: 'wrong', word: counts.wrong === 1 ? 'One is not as planned' : `${counts.wrong} are not as planned` };
  if (counts.asked > 0)
    return { kind: 'waiting', word: counts.asked === 1 ? 'One waits for somebody' : `${counts.asked} wait for somebody` };
  if (counts.open > 0) return { kind: 'waiting', word: counts.open === 1 ? 'One is going on' : `${counts.open} are going on` };
  return { kind: 'good-read', word: 'Done' };
}

/** What one line of a plan does, as the head of its line. */
export function actionWords({ kind, entitlement, direction }: Pick<PlanLine, 'kind' | 'entitlement' | 'direction'>): string {
  switch (kind) {
    case 'create-account':
      return 'an account';
    case 'restore':
      return 'their account back';
    case 'grant-entitlement':
      return entitlement ?? 'access';
    case 'revoke-entitlement':
      return `${entitlement ?? 'access'} taken`;
    case 'suspend':
      return 'account suspended';
    case 'revoke-app-grant':
      return `${entitlement ?? 'a program'} may act for it no more`;
    default:
      return `${entitlement ?? 'an account'}${direction === 'take' ? ' taken' : ''}`;
  }
}

/** How one line of a plan stands: its word says how we know. */
export function planLineStatus({ status, asked }: Pick<PlanLine, 'status' | 'asked'>): { kind: StatusKind; word: string } {
  switch (status) {
    case 'verified':
      return { kind: 'good-read', word: 'Verified' };
    case 'evidenced':
      return { kind: 'good-vouched', word: 'Done by hand' };
    case 'overridden':
      return { kind: 'decided', word: 'Left as it is' };
    case 'did-not-obey':
      return { kind: 'wrong', word: 'Did not obey' };
    case 'unknown':
      return { kind: 'unknown', word: 'Unknown' };
    case 'asked':
      return { kind: 'waiting', word: asked === null ? 'Waits for somebody' : `Waits for ${asked}` };
    case 'retrying':
      return { kind: 'waiting', word: 'Tried again soon' };
    case 'planned':
      return { kind: 'planned', word: 'Not begun' };
    case 'withdrawn':
      return { kind: 'decided', word: 'Not needed any more' };
    default:
      return { kind: 'waiting', word: 'Being read back' };
  }
}
