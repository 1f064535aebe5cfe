import type { Context } from '../../platform/context.ts';
import { queueMail } from '../../platform/mail.ts';
import { endStep } from '../end-step.ts';
import { isLeaving, type JoiningRun, joiningOf, type RunRow } from '../run-row.ts';
import { instantWords } from '../schedule/local-instant.ts';
import type { PlaybookStep } from '../schedule/playbook-definition.ts';
import { whoDoesIt } from '../who-does-it.ts';
import { noteLostDays } from './lost-days.ts';
import { readReadiness } from './read-readiness.ts';
import type { Readiness, ReadinessLine } from './readiness.ts';

type StepRow = { id: string; kind: string; title: string; status: string; next_at: string | null; definition: unknown };

/**
 * Ends the readiness checks of a run whose apps have been read afresh: what is missing, why and who can mend it is kept with the run and written
 * to whoever the step names. From the first morning on, what is missing counts as lost days. Mutates the status of `rows`.
 */
export async function judgeReadiness(ctx: Context, row: RunRow, rows: StepRow[]): Promise<void> {
  if (isLeaving(row)) return;
  const run = joiningOf(row);
  // Where several checks are due at once, as for a start that is over, each is told once.
  const told = new Set<string>();
  for (const step of rows) {
    if (step.kind !== 'check-readiness' || step.status !== 'waiting' || step.next_at === null) continue;
    if (Temporal.Instant.compare(step.next_at, ctx.now) > 0) continue;
    const readiness = await readReadiness(ctx, run);
    const hasBegun = Temporal.Instant.compare(run.starts_at, ctx.now) <= 0;
    if (hasBegun) await noteLostDays(ctx, run, readiness.lines.filter(isMissing), 'Groundcrew');
    else await keepBefore(ctx, run, readiness);
    const definition = step.definition as Extract<PlaybookStep, { kind: 'check-readiness' }>;
    if (readiness.state === 'not-ready' || readiness.state === 'unknown')
      await tell(ctx, run, step.id, { readiness, whom: definition.tell ?? ['ops', 'manager'], told });
    await endStep(ctx, run, step, { status: 'done', words: wordsOf(readiness), result: { readiness: { ...readiness, lines: undefined } } });
    step.status = 'done';
  }
}

// What they have to read themselves keeps nobody from working.
const isMissing = (line: ReadinessLine) => line.kind !== 'policy' && (line.state === 'not-ready' || line.state === 'not-yet');

async function keepBefore(ctx: Context, run: JoiningRun, readiness: Readiness): Promise<void> {
  const { state, ready, total, missing } = readiness;
  await ctx.db
    .updateTable('playbooks_runs')
    .set({ readiness_before: JSON.stringify({ state, ready, total, missing }), readiness_before_at: ctx.now.toString() })
    .where('id', '=', run.id)
    .execute();
}

function wordsOf(readiness: Readiness): string {
  if (readiness.state === 'ready') return `Ready: all ${readiness.total} can be used.`;
  if (readiness.state === 'not-yet') return `${readiness.ready} of ${readiness.total} are ready; the others’ time has not come.`;
  return `${readiness.ready} of ${readiness.total} are ready. Missing: ${readiness.missing.map(({ what }) => what).join(', ')}.`;
}

type Telling = { readiness: Readiness; whom: PlaybookWho[]; told: Set<string> };

async function tell(ctx: Context, run: JoiningRun, stepId: string, { readiness, whom, told }: Telling): Promise<void> {
  const named = new Set<string>();
  for (const who of whom) for (const id of (await whoDoesIt(ctx, who, run)).slice(0, 1)) named.add(id);
  named.delete(run.person_id);
  const fresh = [...named].filter((id) => !told.has(id));
  if (fresh.length === 0) return;
  for (const id of fresh) told.add(id);
  const people = await ctx.db
    .selectFrom('people_roster')
    .select(['id', 'work_address', 'personal_address'])
    .where('id', 'in', fresh)
    .execute();
  const when = instantWords(Temporal.Instant.from(run.starts_at), run.zone, { place: run.place ?? undefined });
  const lines = readiness.missing.map(({ what, why, who }) => `- ${what}: ${why}${who ? ` ${who} can mend it.` : ''}`);
  for (const person of people) {
    const address = person.work_address ?? person.personal_address;
    if (!address) continue;
    await queueMail(ctx, {
      toPersonId: person.id,
      toAddress: address,
      subject: `Not ready yet: ${run.person}, ${when}`,
      body: `${run.person} starts ${when}. ${readiness.ready} of ${readiness.total} are ready. This is missing:\n\n${lines.join('\n')}\n\n${ctx.platform.config.publicUrl}/joining/${run.id}`,
      dedupeKey: `readiness ${stepId} ${person.id}`,
      concealmentId: run.concealment_id,
    });
  }
}

type PlaybookWho = NonNullable<Extract<PlaybookStep, { kind: 'check-readiness' }>['tell']>[number];
