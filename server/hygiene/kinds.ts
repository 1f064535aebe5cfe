import { accountState } from '../apps/index.ts';
import { sql } from '../platform/database.ts';

/** The lists, in the order in which they are shown. The first five are of accounts; `one-owner` is of apps, `app-grant` of programs. */
export const findingKinds = ['zombie', 'orphan', 'second-factor', 'administrator', 'outside', 'one-owner', 'app-grant'] as const;
export type FindingKind = (typeof findingKinds)[number];

export const accountKinds = ['zombie', 'orphan', 'second-factor', 'administrator', 'outside'] as const satisfies FindingKind[];
export type AccountKind = (typeof accountKinds)[number];

export const isAccountKind = (kind: FindingKind): kind is AccountKind => (accountKinds as readonly string[]).includes(kind);

/** Accounts `a` with their app `s`, their reading `g`, their person in the roster `p`, and what they are as `k.state`. Whose leaving is hidden from the reader works here. */
export const accountsWithState = sql`apps_accounts a
  join apps_apps s on s.organization_id = a.organization_id and s.id = a.app_id and s.archived_at is null
  join apps_readings g on g.organization_id = a.organization_id and g.id = a.reading_id
  left join people_roster p on p.id = a.person_id
  cross join lateral (select ${accountState} as state) k`;

const isOpen = sql<boolean>`k.state not in ('gone', 'suspended')`;
/** An account of somebody who works here, or of nobody we know: those who have left stand on a list of their own. */
const isUsed = sql<boolean>`k.state in ('fine', 'orphan')`;

/** What stands on each list of accounts. */
export const holds: Record<AccountKind, ReturnType<typeof sql<boolean>>> = {
  zombie: sql<boolean>`k.state = 'zombie'`,
  orphan: sql<boolean>`k.state = 'orphan'`,
  'second-factor': sql<boolean>`(${isUsed} and a.second_factor is false)`,
  administrator: sql<boolean>`(${isOpen} and a.is_admin is true)`,
  outside: sql<boolean>`(${isOpen} and a.is_external is true)`,
};

/** Whether an account stands on the list that `kind` names. */
export const holdsAs = (kind: ReturnType<typeof sql>) =>
  sql<boolean>`case ${kind} ${sql.join(
    accountKinds.map((each) => sql`when ${sql.lit(each)} then ${holds[each]}`),
    sql` `,
  )} else false end`;

/** Accounts of which nobody can say whether they belong on the list. */
export const unknown: Record<AccountKind, ReturnType<typeof sql<boolean>>> = {
  zombie: sql<boolean>`k.state = 'unknown'`,
  orphan: sql<boolean>`false`,
  'second-factor': sql<boolean>`(${isUsed} and a.second_factor is null)`,
  administrator: sql<boolean>`(${isOpen} and a.kind = 'person' and a.is_admin is null)`,
  outside: sql<boolean>`(${isUsed} and a.is_external is null)`,
};

/** Apps `s` with one person or nobody who answers for them; `w`, `d`: owner and deputy in the roster. */
export const appsWithOwners = sql`apps_apps s left join people_roster w on w.id = s.owner_person_id left join people_roster d on d.id = s.deputy_person_id`;
export const hasOneOwner = sql<boolean>`(s.archived_at is null and (w.id is null or w.status = 'left' or d.id is null or d.status = 'left'))`;

/** Whether an exception is in force for `subject`. */
export const isExcepted = (
  kind: ReturnType<typeof sql>,
  subject: ReturnType<typeof sql>,
) => sql<boolean>`exists (select from hygiene_exceptions e
  where e.kind = ${kind} and e.subject = ${subject} and e.withdrawn_at is null and e.until > groundcrew_now())`;

/** How a program of an app is named as a subject. */
export const programSubject = (appId: string, program: string): string => `${appId}/${program}`;
