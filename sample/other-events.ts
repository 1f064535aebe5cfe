import { changeConnection } from '../server/connections/change-connection.ts';
import { putSimulatedAccounts, startDueSyncs, startSync } from '../server/connections/index.ts';
import { changeSimulatedAccount, readSimulated } from '../server/connections/simulated/simulated-accounts.ts';
import { setLeavingDates } from '../server/people/index.ts';
import { attendTasks } from './attend-tasks.ts';
import type { Calendar } from './calendar.ts';
import { cutOffOf, type StoryEvent } from './exit-events.ts';
import { type Company, giveList, holdersOf, takeInPeople } from './open-company.ts';
import { peopleCsv } from './people-csv.ts';
import { accountsCsv, sampleAccounts } from './sample-accounts.ts';
import { sampleApps } from './sample-apps.ts';
import { beginning, cameBack, doneByHand, exits, forgotten, freshLists, shortApp, silentApp } from './story.ts';

const appNamed = (name: string) => sampleApps.find((app) => app.name === name)!;

/** What happens beside the exits: ordinary mornings, an account that comes back, a list with somebody missing, an app that falls silent, and today's troubles. */
export function otherEvents(company: Company, calendar: Calendar): StoryEvent[] {
  const mornings = Array.from({ length: -beginning - 2 }, (_, index) => beginning + 1 + index)
    .filter((days) => calendar.present.toZonedDateTimeISO('UTC').toPlainDate().add({ days }).dayOfWeek < 6)
    .map((days) => ({
      at: calendar.at(days, '14:00'),
      words: 'People do what they were asked',
      happen: () => attendTasks(company, { most: 0.8 }),
    }));
  return [
    ...mornings,
    ...provisioning(company, calendar),
    ...freshLists.map(({ app, day }) => ({
      at: calendar.at(day, '09:10'),
      words: `A new list of ${app}`,
      happen: () => renewList(company, app),
    })),
    {
      at: calendar.present.subtract({ hours: doneByHand.hours }),
      words: `${doneByHand.app} is closed by hand`,
      happen: () => attendTasks(company, { most: 1, only: [company.personId(doneByHand.who)], naming: doneByHand.app }),
    },
    { at: calendar.at(forgotten.noticed, '11:00'), words: 'A contract that ends is noted', happen: () => noteForgotten(company, calendar) },
    { at: calendar.at(cameBack.day, '11:30'), words: 'An account comes back', happen: () => bringBack(company) },
    { at: calendar.at(-1, '08:30'), words: 'The payroll list lacks somebody', happen: () => giveListWithoutSomebody(company, calendar) },
    {
      at: calendar.present.subtract({ hours: silentApp.hours }),
      words: `${silentApp.name} stops answering`,
      happen: () =>
        company.as('Ines', (ctx) => changeConnection(ctx, company.connectionId(silentApp.name), { settings: { behaviour: 'down' } })),
    },
    { at: calendar.present.subtract({ minutes: 30 }), words: 'The apps are read afresh', happen: () => readAll(company) },
    { at: calendar.present.subtract({ minutes: 12 }), words: 'A list that stops early is given', happen: () => giveShortLists(company) },
  ];
}

/** The apps that a group of the directory grants follow it some minutes later, in both directions. */
function provisioning(company: Company, calendar: Calendar): StoryEvent[] {
  const granted = sampleApps.filter(({ writer }) => writer === 'group').map(({ name }) => name);
  const follow = (who: number, status: 'active' | 'suspended') => async () => {
    for (const name of granted) {
      const place = { platform: company.platform, organizationId: company.organizationId, connectionId: company.connectionId(name) };
      await changeSimulatedAccount(place, company.people[who]!.workAddress, (record) => ({ ...record, status }), null);
    }
  };
  return exits.flatMap((exit) => {
    const closes = cutOffOf(exit, calendar, company.people[exit.who]!.timeZone).add({ minutes: 20 });
    if (exit.end === 'cancelled' || Temporal.Instant.compare(closes, calendar.present) > 0) return [];
    const back = { at: calendar.at(exit.ended ?? 0, '17:00'), words: 'The granted apps follow', happen: follow(exit.who, 'active') };
    return [
      { at: closes, words: 'The granted apps follow', happen: follow(exit.who, 'suspended') },
      ...(exit.end === 'rescinded' ? [back] : []),
    ];
  });
}

async function renewList(company: Company, name: string): Promise<void> {
  const app = appNamed(name);
  const gone = await leftAlready(company);
  const holders = holdersOf(company.people, app).filter((person) => !gone.has(company.people.indexOf(person)));
  await giveList(company, app, accountsCsv(sampleAccounts(holders, app, company.now().toString())));
}

async function noteForgotten(company: Company, calendar: Calendar): Promise<void> {
  await company.as('Yuki', (ctx) =>
    setLeavingDates(ctx, company.personId(forgotten.who), {
      lastWorkingDay: calendar.day(forgotten.lastWorkingDay).toString(),
      cutOffLocal: null,
      cutOffZone: null,
      reason: 'Contract ends',
    }),
  );
}

async function bringBack(company: Company): Promise<void> {
  const place = { platform: company.platform, organizationId: company.organizationId, connectionId: company.connectionId(cameBack.app) };
  await changeSimulatedAccount(place, company.people[cameBack.who]!.workAddress, (record) => ({ ...record, status: 'active' }), null);
  await company.as('Ines', (ctx) => startSync(ctx, company.appId(cameBack.app)));
}

/** The complete list of the day before, without those who have left, and without one who has not: the page asks whether they left. */
async function giveListWithoutSomebody(company: Company, calendar: Calendar): Promise<void> {
  const gone = await leftAlready(company);
  const missing = company.people.findIndex(
    (person, index) => index > 45 && person.place === 'Porto' && person.department === 'Support' && !gone.has(index),
  );
  gone.set(missing, '');
  await takeInPeople(company, {
    fileName: `payroll-people-${calendar.day(-1)}.csv`,
    bytes: peopleCsv(company.people, gone, { omitLeavers: true }),
    complete: true,
  });
}

async function leftAlready(company: Company): Promise<Map<number, string>> {
  const rows = await company.run((ctx) =>
    ctx.db.selectFrom('people_roster').select(['work_address', 'last_working_day']).where('status', '=', 'left').execute(),
  );
  const days = new Map(rows.map((row) => [row.work_address, row.last_working_day ?? '']));
  return new Map(
    company.people.flatMap((person, index) => (days.has(person.workAddress) ? [[index, days.get(person.workAddress)!] as const] : [])),
  );
}

/** Today's reading of every connected app; one of them shows only a part of its accounts, and is held. */
async function readAll(company: Company): Promise<void> {
  const left = new Map(
    (
      await company.run((ctx) =>
        ctx.db.selectFrom('people_roster').select(['work_address', 'left_at']).where('status', '=', 'left').execute(),
      )
    ).map((row) => [row.work_address, Temporal.Instant.from(row.left_at!)]),
  );
  for (const app of sampleApps.filter(({ by }) => by !== 'list')) {
    const connectionId = company.connectionId(app.name);
    const place = { platform: company.platform, organizationId: company.organizationId, connectionId };
    const { records } = await readSimulated(place, '', 1000);
    const now = new Map(
      sampleAccounts(company.people, app, company.now().toString()).map((record) => [record.externalId, record.lastActivityAt]),
    );
    const used = records.map((record) => ({
      ...record,
      lastActivityAt: lastUse(now.get(record.externalId) ?? null, left.get(record.externalId)),
    }));
    await company.as('Ines', (ctx) => putSimulatedAccounts(ctx, connectionId, app.name === shortApp ? used.slice(0, 17) : used));
  }
  await startDueSyncs(company.platform, company.organizationId);
}

/** Nobody used an account after they had left. */
function lastUse(at: Temporal.Instant | null, leftAt: Temporal.Instant | undefined): Temporal.Instant | null {
  if (at === null || leftAt === undefined || Temporal.Instant.compare(at, leftAt) < 0) return at;
  return leftAt.subtract({ hours: 5 });
}

/** Today's people list ends after 71 people and is held; a user list waits for somebody to look at its preview. */
async function giveShortLists(company: Company): Promise<void> {
  const gone = await leftAlready(company);
  const part = company.people.slice(0, 71);
  await takeInPeople(company, {
    fileName: 'payroll-people-today.csv',
    bytes: peopleCsv(part, gone, { omitLeavers: true }),
    complete: true,
  });
  const app = appNamed('Survey tool');
  const holders = holdersOf(company.people, app).filter((person) => !gone.has(company.people.indexOf(person)));
  await giveList(company, app, accountsCsv(sampleAccounts(holders, app, company.now().toString())), { confirm: false });
}
