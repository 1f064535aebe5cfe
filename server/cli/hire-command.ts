import type { Command } from 'commander';
import { Refusal } from '../platform/errors.ts';
import { answering, type Options, type Said } from './answer.ts';
import type { Answer, Call } from './api-client.ts';
import { findPerson } from './find.ts';
import { inSession } from './open-session.ts';

/** `hire GIVEN [FAMILY] --start DATE`: what a hire would bring about, and with --yes the hire itself. */
export function addHireCommand(program: Command): void {
  program
    .command('hire')
    .argument('<given>', 'the given name, or the only name')
    .argument('[family]', 'the family name')
    .description('show what a hire would bring about; with --yes begin it')
    .requiredOption('--start <date>', 'the first day, like 2026-11-30')
    .option('--at <time>', 'when the first morning begins, in their own zone', '09:00')
    .option('--personal <address>', 'where the invitation goes before they have a work address')
    .option('--like <person>', 'whose role it is like: title, department, location and manager are theirs unless given here')
    .option('--preferred <name>', 'the name they go by')
    .option('--title <words>', 'the title')
    .option('--department <name>', 'the department')
    .option('--location <name>', 'the location')
    .option('--zone <zone>', 'a time zone of their own, like Europe/Lisbon')
    .option('--manager <person>', 'the manager: name, address, employee number or id')
    .option('--type <words>', 'the employment, like contractor')
    .option('--cost-centre <words>', 'the cost centre')
    .option('--number <words>', 'the employee number')
    .option('--end <date>', 'the last day, where it is known already')
    .option('--work-address <address>', 'another work address than the pattern makes')
    .option('--credential-to <whom>', 'who gets the invitation: personal or manager')
    .option('--again <person>', 'somebody who was here before')
    .option('--keep <what...>', 'what they still hold from before and keep, as app/role; all for everything')
    .option('--take <what...>', 'what they still hold from before and is taken away, as app/role; all for everything')
    .option('--dry-run', 'only show what it would bring about')
    .option('--yes', 'do it')
    .action(answering(hire));
}

type Given = Partial<
  Record<
    | 'at'
    | 'personal'
    | 'like'
    | 'preferred'
    | 'title'
    | 'department'
    | 'location'
    | 'zone'
    | 'manager'
    | 'type'
    | 'costCentre'
    | 'number'
    | 'end'
    | 'workAddress'
    | 'credentialTo'
    | 'again',
    string
  >
> & { start: string; keep?: string[]; take?: string[]; dryRun?: boolean; yes?: boolean };

async function hire(options: Options, givenName: string, familyName?: string): Promise<Said> {
  const given = options as unknown as Given;
  return inSession(options, async ({ call, settle }) => {
    const terms = await termsOf(call, given, { givenName, familyName });
    const first = await call('previewHire', { body: terms });
    const body = { ...terms, fromBefore: [...saidOf(first, given.keep, 'keep'), ...saidOf(first, given.take, 'take')] };
    const preview = body.fromBefore.length > 0 ? await call('previewHire', { body }) : first;
    const words = inWords(preview);
    const refused = preview.obstacles.length > 0 || heldOf(preview).some(mustBeSaid);
    if (given.dryRun || !given.yes || refused) {
      const end = refused ? ['Nothing was changed.'] : given.dryRun ? [] : ['Nothing was changed. Do it with --yes.'];
      return { data: { dryRun: true, preview }, words: [...words, ...end], failed: refused || !given.dryRun };
    }
    const done = await call('startHire', { body });
    await settle();
    return {
      data: { ...done, preview },
      words: [...words, `Begun. The work address is ${done.workAddress}; the run is ${done.runId}.`],
    };
  });
}

async function termsOf(call: Call, given: Given, name: { givenName: string; familyName: string | undefined }) {
  const personOf = async (words: string | undefined) => (words === undefined ? undefined : (await findPerson(call, words)).id);
  const [department, location] = [given.department, given.location];
  return {
    givenName: name.givenName,
    familyName: name.familyName ?? null,
    startDate: given.start,
    startTime: given.at,
    personalAddress: given.personal,
    likePersonId: await personOf(given.like),
    preferredName: given.preferred,
    title: given.title,
    departmentId: department === undefined ? undefined : placeOf('department', department, (await call('listDepartments')).rows),
    locationId: location === undefined ? undefined : placeOf('location', location, (await call('listLocations')).rows),
    timeZone: given.zone,
    managerId: await personOf(given.manager),
    employmentType: given.type,
    costCentre: given.costCentre,
    employeeNumber: given.number,
    endDate: given.end,
    workAddress: given.workAddress,
    credentialTo: recipientOf(given.credentialTo),
    personId: await personOf(given.again),
  };
}

function recipientOf(whom: string | undefined): 'personal' | 'manager' | undefined {
  if (whom === undefined || whom === 'personal' || whom === 'manager') return whom;
  throw new Refusal(422, 'bad_recipient', '--credential-to must be personal or manager. Nothing was changed.');
}

function placeOf(kind: string, name: string, rows: { id: string; name: string }[]): string {
  const found = rows.find((row) => row.id === name || row.name.toLowerCase() === name.trim().toLowerCase());
  if (found) return found.id;
  const names = rows.map((row) => row.name).join(', ') || 'none yet';
  throw new Refusal(404, `unknown_${kind}`, `There is no ${kind} "${name}" here. There is: ${names}. Nothing was changed.`);
}

type Preview = Answer<'previewHire'>;

const heldOf = ({ held }: Preview) =>
  held.flatMap(({ appId, app, opens, roles }) =>
    roles.map((role) => ({ appId, opens, ...role, name: `${app}/${role.entitlement ?? 'administrator'}` })),
  );
type HeldThing = ReturnType<typeof heldOf>[number];

const mustBeSaid = ({ isAdmin, decision }: HeldThing): boolean => isAdmin && decision === null;

function saidOf(preview: Preview, wanted: string[] = [], decision: 'keep' | 'take') {
  const held = heldOf(preview);
  return wanted.flatMap((words) => {
    const found = held.filter(({ name }) => words === 'all' || name.toLowerCase() === words.trim().toLowerCase());
    if (found.length === 0) {
      const names = held.map(({ name }) => name).join(', ') || 'nothing';
      throw new Refusal(
        404,
        'not_held',
        `They hold no "${words}" from before that no rule gives. They hold: ${names}. Nothing was changed.`,
      );
    }
    return found.map(({ appId, entitlementId }) => ({ appId, entitlementId, decision }));
  });
}

function heldWords(preview: Preview): string[] {
  const held = heldOf(preview);
  if (held.length === 0) return [];
  const then = (thing: HeldThing) =>
    thing.decision === 'keep'
      ? 'it stays'
      : thing.decision === 'take'
        ? 'it is taken away'
        : thing.isAdmin
          ? 'say --keep or --take'
          : 'it stays until somebody decides';
  return [
    '  Still held from before; no rule gives it:',
    ...held.map((thing) => `    ${thing.name}${thing.isAdmin ? ' (administrator)' : ''}: ${then(thing)}`),
    ...(held.some(mustBeSaid) ? ['  Not possible yet: whether they stay an administrator has to be said, with --keep or --take.'] : []),
  ];
}

const localWords = (instant: string, zone: string) =>
  Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: 'minute' }).replace('T', ' ');

const ways: Record<string, string> = { machine: 'by Groundcrew', 'by-hand': 'its owner is asked', outside: 'by whoever runs it' };

function inWords(preview: Preview): string[] {
  const { person, moment, access, steps, obstacles, notes } = preview;
  const role = [person.title, person.department, person.location].filter(Boolean).join(', ');
  return [
    `${person.name}${role ? ` (${role})` : ''} starts on ${localWords(moment.startsAt, person.zone)} in ${person.zone}.`,
    `  Work address: ${person.workAddress ?? 'none yet'}. ${person.addressWords}`,
    `  Manager: ${person.manager ?? 'nobody named'}`,
    ...obstacles.map((words) => `  Not possible: ${words}`),
    ...notes.map((words) => `  ${words}`),
    access.length === 0 ? '  No rule gives anything.' : '  Gets by rule:',
    ...access.map(({ app, entitlement, rule, how }) => `    ${app}${entitlement ? ` as ${entitlement}` : ''} (${rule}; ${ways[how]})`),
    ...heldWords(preview),
    `  What happens, by the clock in ${person.zone}:`,
    ...steps.map(
      ({ at, title, late }) => `  ${at ? localWords(at, person.zone) : 'later           '}  ${title}${late ? ' (late: now)' : ''}`,
    ),
  ];
}
