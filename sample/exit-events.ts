import { overrideAction } from '../server/access/decide-action.ts';
import { listActions } from '../server/access/index.ts';
import type { Context } from '../server/platform/context.ts';
import { pauseRun, rescindLeaving } from '../server/playbooks/change-run.ts';
import { confirmHandover, overrideHandover } from '../server/playbooks/decide-handover.ts';
import { leavingTerms, startLeaving } from '../server/playbooks/index.ts';
import { proofSections } from '../server/playbooks/proof/assemble-proof.ts';
import { signSection } from '../server/playbooks/proof/sign-section.ts';
import { getRun } from '../server/playbooks/run-row.ts';
import { attendTasks } from './attend-tasks.ts';
import { type Calendar, nextClockChange } from './calendar.ts';
import type { Company } from './open-company.ts';
import type { Exit } from './story.ts';

/** Something that happens at an instant of the story. */
export type StoryEvent = { at: Temporal.Instant; words: string; happen(): Promise<unknown> };

/** Hours between the present and the exit that happened at once. */
const atOnceHoursAgo = 3;

/** What the lead does about one exit: confirms it, and later signs, rescinds, cancels or pauses it. */
export function exitEvents(company: Company, calendar: Calendar, exit: Exit): StoryEvent[] {
  const person = company.people[exit.who]!;
  const name = [person.givenName, person.familyName].filter(Boolean).join(' ');
  let runId = '';
  const start: StoryEvent = {
    at: exit.cutOff === 'now' ? calendar.present.subtract({ hours: atOnceHoursAgo }) : calendar.at(exit.confirmed, '10:20'),
    words: `${name}: exit confirmed`,
    happen: async () => {
      const terms = leavingTerms.parse({
        at: localCutOff(exit, calendar, person.timeZone),
        reason: exit.reason,
        sensitive: exit.sensitive ?? false,
        ...(exit.told === undefined ? {} : { toldAt: calendar.at(exit.told, '15:00').toString() }),
      });
      const confirm = (ctx: Context) => startLeaving(ctx, [company.personId(exit.who)], terms);
      [runId = ''] = await (exit.sensitive ? company.asOwner(confirm) : company.as('Ines', confirm));
    },
  };
  if (exit.ended === undefined) return [start];
  const end = { at: calendar.at(exit.ended, '16:30'), words: `${name}: ${exit.end}` };
  if (exit.end === 'closed') return [start, { ...end, happen: () => closeProof(company, exit.who, runId) }];
  if (exit.end === 'paused') return [start, { ...end, happen: () => company.as('Ines', (ctx) => pauseRun(ctx, runId, exit.why ?? '')) }];
  return [start, { ...end, happen: () => company.as('Ines', (ctx) => rescindLeaving(ctx, runId, exit.why ?? '')) }];
}

/** The instant at which access closes. */
export function cutOffOf(exit: Exit, calendar: Calendar, zone: string): Temporal.Instant {
  const local = localCutOff(exit, calendar, zone);
  if (local === 'now') return calendar.present.subtract({ hours: atOnceHoursAgo });
  return Temporal.PlainDateTime.from(local).toZonedDateTime(zone).toInstant();
}

function localCutOff({ cutOff }: Exit, calendar: Calendar, zone: string): string {
  if (cutOff === 'now') return 'now';
  if (cutOff === 'clocks') return nextClockChange(calendar.present, zone).toString({ smallestUnit: 'minute' });
  return `${calendar.day(cutOff.day)}T${cutOff.time}`;
}

/** Settles what is still open of an exit as a careful lead would, and signs every section of its proof. */
async function closeProof(company: Company, who: number, runId: string): Promise<void> {
  await attendTasks(company, { most: 1, only: [company.personId(who)] });
  await company.passUntil(company.now());
  const lines = await company.as('Ines', async (ctx) => {
    const run = await ctx.db
      .selectFrom('playbooks_runs')
      .select(['plan_id', 'data_plan_id'])
      .where('id', '=', runId)
      .executeTakeFirstOrThrow();
    return listActions(
      ctx,
      [run.plan_id, run.data_plan_id].filter((id) => id !== null),
    );
  });
  for (const line of lines) {
    if (['asked', 'did-not-obey', 'retrying', 'reading'].includes(line.status)) {
      const reason = line.input
        ? 'Looked at together with the app’s owner: it is with the team.'
        : 'Looked at together with the app’s owner: nobody can sign in with it.';
      await company.as('Ines', (ctx) => overrideAction(ctx, { actionId: line.id, reason }));
    }
  }
  const handovers = await company.as('Ines', (ctx) =>
    ctx.db.selectFrom('playbooks_handovers').select(['id', 'status']).where('run_id', '=', runId).execute(),
  );
  for (const { id, status } of handovers) {
    if (status === 'moved') await company.as('Ines', (ctx) => confirmHandover(ctx, id));
    if (status === 'open') await company.as('Ines', (ctx) => overrideHandover(ctx, id, 'No longer needed.'));
  }
  const sections = await company.as('Ines', async (ctx) => proofSections(ctx, await getRun(ctx, runId)));
  for (const { key, lines: known } of sections) {
    const unknown = known.filter(({ status }) => status === 'unknown').map(({ id }) => id);
    await company.as('Ines', (ctx) =>
      signSection(ctx, { runId, section: key, acceptedUnknownLines: unknown, keyFingerprint: company.keyFingerprint }),
    );
  }
}
