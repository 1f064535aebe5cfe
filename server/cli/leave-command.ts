import type { Command } from 'commander';
import { Refusal } from '../platform/errors.ts';
import { answering, type Options, type Said } from './answer.ts';
import type { Answer, Call } from './api-client.ts';
import { findPerson } from './find.ts';
import { inSession } from './open-session.ts';

/** `leave PERSON…`: the dry run, and with --yes the exit itself. */
export function addLeaveCommand(program: Command): void {
  program
    .command('leave')
    .argument('<person...>', 'who leaves: name, address, employee number or id')
    .description('show what an exit would do; with --yes let one person or many leave in one act')
    .option('--at <local>', 'when access closes, in the person’s own zone, like 2026-11-27T17:00')
    .option('--now', 'close access at once')
    .option('--zone <zone>', 'another zone for --at')
    .option('--last-day <date>', 'the last working day, else the day of the cut-off')
    .option('--legal-end <date>', 'when the contract ends')
    .option('--told <instant>', 'when the person knows, like 2026-11-27T15:00Z; at the latest the cut-off')
    .option('--sensitive', 'only those named see it before it is told')
    .option('--named <addresses>', 'with --sensitive: the members who may see it, separated by commas')
    .option('--reason <words>', 'why')
    .option('--dry-run', 'only show what it would do')
    .option('--yes', 'do it')
    .action(answering(leave));
}

type Given = {
  at?: string;
  now?: boolean;
  zone?: string;
  lastDay?: string;
  legalEnd?: string;
  told?: string;
  sensitive?: boolean;
  named?: string;
  reason?: string;
  dryRun?: boolean;
  yes?: boolean;
};

async function leave(options: Options, who: string[]): Promise<Said> {
  const given = options as Given;
  if ((given.at === undefined) === !given.now)
    throw new Refusal(422, 'now_or_later', 'Say --now, or --at with a local time. Nothing was changed.');
  return inSession(options, async ({ call, settle }) => {
    const people = [];
    for (const words of who) people.push(await findPerson(call, words));
    const body = {
      personIds: people.map((person) => person.id),
      terms: { ...termsOf(given), namedMemberIds: await namedMembers(call, given) },
    };
    const { rows } = await call('previewLeaving', { body });
    const words = rows.flatMap(inWords);
    const refused = rows.some((row) => row.obstacles.length > 0);
    if (given.dryRun || !given.yes) {
      const how = given.dryRun ? [] : ['Nothing was changed. Do it with --yes.'];
      return { data: { dryRun: true, rows }, words: [...words, ...how], failed: refused || !given.dryRun };
    }
    const { runIds } = await call('startLeaving', { body });
    await settle();
    return {
      data: { runIds, rows },
      words: [...words, `Confirmed. ${runIds.length === 1 ? `The run is ${runIds[0]}` : `The runs are ${runIds.join(', ')}`}.`],
    };
  });
}

const termsOf = (given: Given) => ({
  at: given.now ? ('now' as const) : given.at!,
  ...(given.zone ? { zone: given.zone } : {}),
  ...(given.lastDay ? { lastWorkingDay: given.lastDay } : {}),
  ...(given.legalEnd ? { legalEnd: given.legalEnd } : {}),
  ...(given.told ? { toldAt: given.told } : {}),
  ...(given.reason ? { reason: given.reason } : {}),
  sensitive: given.sensitive ?? false,
});

async function namedMembers(call: Call, { sensitive, named }: Given): Promise<string[]> {
  if (!sensitive) return [];
  if (!named)
    throw new Refusal(
      422,
      'nobody_named',
      'A sensitive exit needs --named with the addresses of the members who may see it. Nothing was changed.',
    );
  const { rows } = await call('listMembers', { query: { limit: 200 } });
  return named.split(',').map((address) => {
    const member = rows.find((row) => row.address.toLowerCase() === address.trim().toLowerCase());
    if (!member) throw new Refusal(404, 'unknown_member', `No member has the address ${address.trim()}. Nothing was changed.`);
    return member.id;
  });
}

type Preview = Answer<'previewLeaving'>['rows'][number];

const names = (list: { name: string }[]) => list.map((each) => each.name).join(', ');

const localWords = (instant: string, zone: string) =>
  Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: 'minute' }).replace('T', ' ');

function inWords({ person, moment, blast, ownerships, steps, obstacles }: Preview): string[] {
  const when = moment.isNow ? 'at once' : `at ${moment.cutOffLocal.replace('T', ' ')} in ${moment.zone} (${moment.cutOffAt})`;
  return [
    `${person.name}: access closes ${when}.`,
    ...(moment.note ? [`  ${moment.note}`] : []),
    ...obstacles.map((words) => `  Not possible: ${words}`),
    `  ${blast.accounts.length === 1 ? 'One account is' : `${blast.accounts.length} accounts are`} touched${blast.accounts.length > 0 ? `: ${blast.accounts.map((each) => each.app).join(', ')}` : ''}. ${blast.othersLosing === 0 ? 'Nobody else loses' : `${blast.othersLosing} others lose`} anything.`,
    ...(blast.onlyAdminOf.length > 0 ? [`  Only admin of ${names(blast.onlyAdminOf)}`] : []),
    ...(blast.managerOf.length > 0 ? [`  Manager of ${names(blast.managerOf)}`] : []),
    ...(blast.unseenApps.length > 0 ? [`  Nobody can see yet whether there are accounts in ${names(blast.unseenApps)}`] : []),
    ...ownerships.map((each) => `  ${each.label} goes to ${each.to ?? 'nobody yet'}`),
    `  What happens, by the clock in ${moment.zone}:`,
    ...steps.map((step) => `  ${step.at ? localWords(step.at, moment.zone) : 'later           '}  ${step.title}`),
  ];
}
