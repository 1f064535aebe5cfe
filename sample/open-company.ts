import { addApp, markServiceAccount } from '../server/apps/index.ts';
import { addConnection, confirmSync, putSimulatedAccounts, startSync, uploadList } from '../server/connections/index.ts';
import { addMember } from '../server/identity/index.ts';
import { confirmImport } from '../server/people/imports/confirm-import.ts';
import { uploadImport } from '../server/people/imports/upload-import.ts';
import { type Actor, type Context, runAs } from '../server/platform/context.ts';
import { cast, castIndex } from './cast.ts';
import { peopleCsv } from './people-csv.ts';
import { accountsCsv, sampleAccounts } from './sample-accounts.ts';
import { type SampleApp, sampleApps } from './sample-apps.ts';
import { type SamplePerson, samplePeople } from './sample-people.ts';
import { forgotten } from './story.ts';
import type { Workshop } from './workshop.ts';

/** The company as it stands on the first day of the story: who is who, and the actors who do things in it. */
export type Company = Workshop & {
  people: SamplePerson[];
  /** Of the key that proofs are signed with. */
  keyFingerprint: string;
  /** The id of a person by their index. */
  personId(index: number): string;
  appId(name: string): string;
  connectionId(name: string): string;
  /** Runs something as a member (by their given name in the cast), as the page would. */
  as<T>(given: string, work: (ctx: Context) => Promise<T>): Promise<T>;
  /** Runs something as the first owner of the sample. */
  asOwner<T>(work: (ctx: Context) => Promise<T>): Promise<T>;
};

/** How many people the list has, with those who have not started and those who will have left. */
export const sampleSize = 188;

const staff: { given: string; roles: string[] }[] = [
  { given: 'Ines', roles: ['ops'] },
  { given: 'Yuki', roles: ['hr'] },
  { given: 'Lucia', roles: ['finance', 'manager', 'app-owner'] },
  { given: 'Owen', roles: ['manager', 'app-owner'] },
  { given: 'Clara', roles: ['auditor'] },
];

/** Who had an account in an app when the story began: those who worked here. The forgotten one had only what is forgotten. */
export const holdersOf = (people: SamplePerson[], app: SampleApp): SamplePerson[] =>
  people.filter(
    (_, index) =>
      (cast[index]?.starts === undefined || cast[index].starts < 0) && (index !== forgotten.who || forgotten.apps.includes(app.name)),
  );

/** Takes in the people and the apps, as an operations lead would in the first hour: two files, then one connection after another. */
export async function openCompany(workshop: Workshop, about: { today: string; keyFingerprint: string }): Promise<Company> {
  const people = samplePeople(sampleSize, 'fernhill', about.today);
  const members = new Map<string, Actor>();
  const owner = await ownerOf(workshop);
  for (const { given, roles } of staff) members.set(given, await employ(workshop, people[castIndex(given)]!, roles));
  const act = <T>(actor: Actor, work: (ctx: Context) => Promise<T>) =>
    runAs(workshop.platform, { organizationId: workshop.organizationId, actor }, work);
  const ids = { people: new Map<string, string>(), apps: new Map<string, string>(), connections: new Map<string, string>() };
  const company: Company = {
    ...workshop,
    people,
    keyFingerprint: about.keyFingerprint,
    personId: (index) => ids.people.get(people[index]!.workAddress)!,
    appId: (name) => ids.apps.get(name)!,
    connectionId: (name) => ids.connections.get(name)!,
    as: (given, work) => act(members.get(given)!, work),
    asOwner: (work) => act(owner, work),
  };
  await takeInPeople(company, { fileName: 'payroll-people.csv', bytes: peopleCsv(people), complete: false });
  for (const row of await company.run((ctx) => ctx.db.selectFrom('people_people').select(['id', 'member_id', 'work_address']).execute())) {
    ids.people.set(row.work_address!, row.id);
    for (const actor of members.values()) if (actor.memberId === row.member_id) actor.personId = row.id;
  }
  for (const app of sampleApps) ids.apps.set(app.name, await company.as('Ines', (ctx) => catalogue(ctx, company, app)));
  for (const app of sampleApps) {
    if (app.by === 'list') await giveList(company, app, accountsCsv(accountsAtFirst(company, app)));
    else ids.connections.set(app.name, await company.as('Ines', (ctx) => connect(ctx, company, app)));
    if (app === sampleApps[0]) {
      await company.passUntil(company.now());
      await company.lookAtNewRows();
    }
  }
  await company.passUntil(company.now());
  await company.lookAtNewRows();
  await answerForServices(company);
  return company;
}

const accountsAtFirst = (company: Company, app: SampleApp) => sampleAccounts(holdersOf(company.people, app), app, company.now().toString());

/** Gives a people list and confirms it. What a brake holds stays held. Returns the import's id. */
export async function takeInPeople(company: Company, list: { fileName: string; bytes: Uint8Array; complete: boolean }): Promise<string> {
  const importId = await company.as('Yuki', (ctx) =>
    uploadImport(ctx, { fileName: list.fileName, bytes: list.bytes, declaredComplete: list.complete }),
  );
  await company.as('Yuki', (ctx) => confirmImport(ctx, importId, { evenThough: false }));
  return importId;
}

/** Uploads the user list of an app; confirmed as complete unless it is to wait on its preview. */
export async function giveList(
  company: Company,
  app: SampleApp,
  bytes: Uint8Array,
  options: { confirm: boolean } = { confirm: true },
): Promise<void> {
  const fileName = `${app.name.toLowerCase().replaceAll(' ', '-')}-users.csv`;
  const syncId = await company.as('Ines', (ctx) => uploadList(ctx, { appId: company.appId(app.name), fileName, bytes }));
  if (options.confirm) await company.as('Ines', (ctx) => confirmSync(ctx, syncId, { declaredComplete: true }));
}

async function ownerOf(workshop: Workshop): Promise<Actor> {
  const member = await workshop.run((ctx) =>
    ctx.db
      .selectFrom('identity_members')
      .select(['id', 'name', 'roles'])
      .where('disabled_at', 'is', null)
      .orderBy('created_at')
      .executeTakeFirst(),
  );
  if (!member) throw new Error('A sample needs an owner.');
  return { kind: 'member', id: member.id, name: member.name, memberId: member.id, personId: null, roles: member.roles, scopes: null };
}

async function employ(workshop: Workshop, person: SamplePerson, roles: string[]): Promise<Actor> {
  const name = [person.givenName, person.familyName].filter(Boolean).join(' ');
  const memberId = await workshop.run((ctx) => addMember(ctx, { name, address: person.workAddress, roles }));
  return { kind: 'member', id: memberId, name, memberId, personId: null, roles, scopes: null };
}

async function catalogue(ctx: Context, company: Company, app: SampleApp): Promise<string> {
  return addApp(ctx, {
    name: app.name,
    capability: app.capability,
    ownerPersonId: company.personId(castIndex(app.owner)),
    deputyPersonId: app.deputy === null ? null : company.personId(castIndex(app.deputy)),
    signIn: app.signIn ?? false,
    deepLink: app.writer === 'manual' ? `https://${app.name.toLowerCase().replaceAll(' ', '-')}.fernhill.example/admin/people` : null,
    instructionsRevoke: app.revoke ?? null,
    ...(app.writer === 'group'
      ? { writer: 'group', writerAppId: company.appId('Directory'), writerEntitlement: app.group }
      : { writer: app.writer }),
  });
}

async function connect(ctx: Context, company: Company, app: SampleApp): Promise<string> {
  const appId = company.appId(app.name);
  const { connectionId } = await addConnection(ctx, {
    appId,
    connector: 'simulated',
    settings: { behaviour: app.behaviour ?? 'obeys', slowSeconds: 40 },
    secrets: {},
    syncEveryMinutes: 360,
    writes: app.writer === 'connection',
  });
  await putSimulatedAccounts(ctx, connectionId, accountsAtFirst(company, app));
  await startSync(ctx, appId);
  return connectionId;
}

/** Most service accounts have somebody who answers for them; those of the cloud console have nobody yet. */
async function answerForServices(company: Company): Promise<void> {
  for (const app of sampleApps) {
    if (app.name === 'Cloud console') continue;
    for (const name of app.services ?? []) {
      await company.as('Ines', async (ctx) => {
        const account = await ctx.db
          .selectFrom('apps_accounts')
          .select('id')
          .where('app_id', '=', company.appId(app.name))
          .where('external_id', '=', name)
          .executeTakeFirst();
        if (account) await markServiceAccount(ctx, account.id, company.personId(castIndex(app.deputy ?? app.owner)));
      });
    }
  }
}
