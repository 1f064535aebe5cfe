import type { BlastRadius } from '../access/index.ts';
import type { Person } from '../people/index.ts';
import type { Context } from '../platform/context.ts';
import { chooseAssignee } from '../tasks/index.ts';
import { conditions } from './conditions.ts';
import { askedAbout } from './data/asked-about.ts';
import type { LeavingMoment, LeavingTerms } from './leaving-terms.ts';
import { runFacts } from './run-facts.ts';
import type { PlaybookStep } from './schedule/playbook-definition.ts';
import { waitsForOf } from './schedule/step-rules.ts';
import { whoDoesIt } from './who-does-it.ts';

/** Somebody who gets mail as soon as an exit is confirmed, and the titles of what it is about. */
export type ToldAtOnce = { name: string; about: string[] };

type Exit = {
  person: Person;
  moment: LeavingMoment;
  terms: LeavingTerms;
  blast: BlastRadius;
  ownerships: number;
  steps: { step: PlaybookStep; at: Temporal.Instant | null }[];
};

type Recipient = { key: string; name: string } | null;

const noRun = '00000000-0000-0000-0000-000000000000';

/** Whom the confirmation of an exit writes to at once: recipients of messages, and whoever is asked for something. Changes nothing. */
export async function toldAtOnce(ctx: Context, exit: Exit): Promise<ToldAtOnce[]> {
  const told = new Map<string, ToldAtOnce>();
  const add = (recipient: Recipient, title: string) => {
    if (recipient === null) return;
    const known = told.get(recipient.key);
    if (known) known.about.push(title);
    else told.set(recipient.key, { name: recipient.name, about: [title] });
  };
  for (const step of await stepsAtOnce(ctx, exit)) {
    if (step.kind === 'message') for (const recipient of await readersOf(ctx, exit, step)) add(recipient, step.title);
    if ('who' in step) add(await doerOf(ctx, exit, await doersOf(ctx, exit, step), step.who !== 'leaver'), step.title);
  }
  if ((await askedAbout(ctx, exit.person.id)).any) {
    const run = runOf(exit);
    const asked = [...(await whoDoesIt(ctx, 'manager', run)), ...(await whoDoesIt(ctx, 'ops', run))];
    add(await doerOf(ctx, exit, asked, true), 'Who inherits their data?');
  }
  if (exit.moment.isNow) for (const app of await appsByHand(ctx, exit)) add(await doerOf(ctx, exit, app.doers, true), `Close ${app.name}`);
  return [...told.values()];
}

async function stepsAtOnce(ctx: Context, { person, moment, terms, blast, ownerships, steps }: Exit): Promise<PlaybookStep[]> {
  const due = steps.filter(
    ({ step, at }) => at !== null && Temporal.Instant.compare(at, ctx.now) <= 0 && waitsForOf(step).length === 0 && tells(step),
  );
  if (due.every(({ step }) => step.when === undefined)) return due.map(({ step }) => step);
  const facts = await runFacts(ctx, {
    id: noRun,
    person_id: person.id,
    plan_id: null,
    moment: 'leaver',
    start_on: null,
    last_working_day: moment.lastWorkingDay,
    credential_to: null,
    zone: moment.zone,
    sensitive: terms.sensitive,
    cut_off_at: moment.cutOffAt,
    confirmed_at: ctx.now.toString(),
    answers: {},
  });
  const asked = await askedAbout(ctx, person.id);
  const all = {
    ...facts,
    leaving: { ...facts.leaving, accounts: blast.accounts.length, ownerships, mail: asked.mail, meetings: asked.meetings },
  };
  const unknown = () => ({ value: null });
  const holds = await Promise.all(
    due.map(async ({ step }) => step.when === undefined || (await conditions().evaluateOne(step.when, all).catch(unknown)).value === true),
  );
  return due.flatMap(({ step }, index) => (holds[index] ? [step] : []));
}

const tells = (step: PlaybookStep) => step.kind === 'message' || 'who' in step;

const isQuiet = (ctx: Context, { moment }: Exit) => Temporal.Instant.compare(moment.toldAt, ctx.now) > 0;

const namedIn = (ctx: Context, { terms }: Exit) => [...terms.namedMemberIds, ...(ctx.actor.memberId ? [ctx.actor.memberId] : [])];

const runOf = ({ person }: Exit) => ({ person_id: person.id, manager_person_id: person.manager_id });

async function readersOf(ctx: Context, exit: Exit, step: Extract<PlaybookStep, { kind: 'message' }>): Promise<Recipient[]> {
  const { to } = step.message;
  const ids = to === 'team' ? await teamOf(ctx, exit) : (await whoDoesIt(ctx, to, runOf(exit))).slice(0, 1);
  const readers = await Promise.all(ids.filter((id) => to === 'leaver' || id !== exit.person.id).map((id) => personWritten(ctx, id)));
  // Of a sensitive exit only those named are written to.
  if (!exit.terms.sensitive || !isQuiet(ctx, exit)) return readers;
  const named = namedIn(ctx, exit);
  return readers.filter((reader) => reader?.memberId && named.includes(reader.memberId));
}

async function teamOf(ctx: Context, { person }: Exit): Promise<string[]> {
  if (!person.manager_id) return [];
  const rows = await ctx.db
    .selectFrom('people_roster')
    .select('id')
    .where('manager_id', '=', person.manager_id)
    .where('status', '!=', 'left')
    .where('id', '!=', person.id)
    .execute();
  return [person.manager_id, ...rows.map(({ id }) => id)];
}

async function doersOf(ctx: Context, exit: Exit, step: Extract<PlaybookStep, { who: unknown }>): Promise<string[]> {
  const next = 'escalate' in step && step.escalate ? await whoDoesIt(ctx, step.escalate.to, runOf(exit)) : [];
  return [...(await whoDoesIt(ctx, step.who, runOf(exit))), ...next];
}

async function doerOf(ctx: Context, exit: Exit, candidates: (string | null)[], neverThem: boolean): Promise<Recipient> {
  const { person, terms } = exit;
  const secrecy = isQuiet(ctx, exit) ? { personId: person.id, named: terms.sensitive ? namedIn(ctx, exit) : null } : null;
  const doer = await chooseAssignee(ctx, { candidates, never: neverThem ? person.id : null, secrecy, subjectPersonId: person.id });
  if (doer.personId) return personWritten(ctx, doer.personId);
  if (!doer.memberId) return null;
  const member = await ctx.db
    .selectFrom('identity_members as m')
    .leftJoin('people_people as p', 'p.member_id', 'm.id')
    .select(['m.id', 'm.name', 'p.id as person_id'])
    .where('m.id', '=', doer.memberId)
    .executeTakeFirst();
  return member ? { key: member.person_id ?? member.id, name: member.name } : null;
}

// Whoever has no address sees it on the page alone.
async function personWritten(ctx: Context, id: string): Promise<(NonNullable<Recipient> & { memberId: string | null }) | null> {
  const row = await ctx.db
    .selectFrom('people_roster')
    .select(['id', 'name', 'member_id', 'work_address', 'personal_address'])
    .where('id', '=', id)
    .executeTakeFirst();
  return row && (row.work_address ?? row.personal_address) ? { key: row.id, name: row.name, memberId: row.member_id } : null;
}

async function appsByHand(ctx: Context, { blast }: Exit): Promise<{ name: string; doers: (string | null)[] }[]> {
  const ids = [
    ...blast.accounts.filter(({ writer }) => writer === 'manual').map(({ appId }) => appId),
    ...blast.unseenApps.map(({ id }) => id),
  ];
  if (ids.length === 0) return [];
  const rows = await ctx.db
    .selectFrom('apps_apps')
    .select(['name', 'owner_person_id', 'deputy_person_id'])
    .where('id', 'in', ids)
    .orderBy('name')
    .execute();
  return rows.map(({ name, owner_person_id, deputy_person_id }) => ({ name, doers: [owner_person_id, deputy_person_id] }));
}
