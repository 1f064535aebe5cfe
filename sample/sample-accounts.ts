import type { AccountRecord, EntitlementRecord } from '../connectors/kit/index.ts';
import { writeCsv } from '../server/platform/tabular/index.ts';
import { castIndex } from './cast.ts';
import type { SampleApp } from './sample-apps.ts';
import type { SamplePerson } from './sample-people.ts';
import { seeded } from './seeded.ts';
import { usualRole } from './usual-role.ts';

/** Whether somebody has an account in an app: the same answer for the same person and app, whoever else is there. */
export function hasAccount(person: SamplePerson, app: SampleApp): boolean {
  if (app.who !== 'all' && !app.who.includes(person.department) && !isInCharge(person, app)) return false;
  return isInCharge(person, app) || seeded(`${app.name} ${person.number}`).chance(app.share);
}

const isInCharge = (person: SamplePerson, app: SampleApp) =>
  [app.owner, app.deputy].some((given) => given !== null && Number(person.number) === castIndex(given) + 1);

/** The accounts that an app has: of these people, of programs, and of nobody. `now` (instant) is what last activity is counted back from. */
export function sampleAccounts(people: SamplePerson[], app: SampleApp, now = '2026-11-21T08:00:00Z'): AccountRecord[] {
  const present = Temporal.Instant.from(now);
  const mine = people.filter((person) => hasAccount(person, app)).map((person) => personal(person, app, present));
  const services = (app.services ?? []).map((name) =>
    blank(name, { userName: name, displayName: name, isService: true, status: 'active' }),
  );
  const strangers = (app.strangers ?? []).map((name) => {
    const lastActivityAt = present.subtract({ hours: 24 * (3 + seeded(name).below(200)) });
    return blank(name, { userName: name, addresses: name.includes('@') ? [name] : [], status: 'active', lastActivityAt });
  });
  return [...mine, ...services, ...strangers];
}

function personal(person: SamplePerson, app: SampleApp, now: Temporal.Instant): AccountRecord {
  const chance = seeded(`account ${app.name} ${person.number}`);
  const other = app.entitlements[chance.below(app.entitlements.length)]!;
  // One in twelve has another role than their work brings: nobody tidied up.
  const chosen = app.name === 'Directory' ? app.entitlements : [chance.chance(1 / 12) ? other : usualRole(person, app)];
  return blank(person.workAddress, {
    userName: person.workAddress,
    addresses: [person.workAddress],
    displayName: [person.givenName, person.familyName].filter(Boolean).join(' '),
    givenName: person.givenName,
    familyName: person.familyName,
    employeeNumber: chance.chance(0.5) ? person.number : null,
    status: 'active',
    isAdmin: isInCharge(person, app),
    isService: false,
    // Only the directory tells; of every fourteen somebody never set one up.
    secondFactor: app.name === 'Directory' ? seeded(`second factor ${person.number}`).chance(13 / 14) : null,
    lastActivityAt: now.subtract({ hours: 1 + chance.below(chance.chance(0.9) ? 200 : 3000) }),
    entitlements: chosen.map((name) => entitlement(name)),
  });
}

const entitlement = (name: string): EntitlementRecord => ({ externalId: name.toLowerCase().replaceAll(' ', '-'), kind: 'group', name });

const blank = (externalId: string, more: Partial<AccountRecord>): AccountRecord => ({
  externalId,
  userName: null,
  addresses: [],
  displayName: null,
  givenName: null,
  familyName: null,
  employeeNumber: null,
  status: null,
  isAdmin: null,
  isService: null,
  secondFactor: null,
  isExternal: null,
  lastActivityAt: null,
  entitlements: null,
  etag: null,
  ...more,
});

/** Accounts as an admin page exports them. */
export function accountsCsv(accounts: AccountRecord[]): Uint8Array {
  return writeCsv(
    ['User ID', 'Name', 'Email', 'Username', 'Status', 'Admin', 'User type', 'Groups', 'Last sign-in'],
    accounts.map((account) => [
      account.externalId,
      account.displayName,
      account.addresses[0] ?? null,
      account.userName,
      account.status === 'suspended' ? 'Suspended' : 'Active',
      account.isAdmin ? 'Yes' : 'No',
      account.isService ? 'Service account' : 'Person',
      account.entitlements?.map(({ name }) => name).join(', ') ?? null,
      account.lastActivityAt?.toString() ?? null,
    ]),
  );
}
