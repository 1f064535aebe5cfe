import { chooseTold, type Disagreement, dayInWords, listEndDisagreements } from '../../people/index.ts';
import type { Context } from '../../platform/context.ts';
import { Refusal } from '../../platform/errors.ts';
import { cancelTask, type NewTask, openTask } from '../../tasks/index.ts';

/** What the question about a leaving date on which two sources differ is about; its id is the person's. */
export const aboutEnd = 'people-sources-end';

/**
 * Asks the lead which source is right where two of equal rank tell different leaving dates, once, before the earlier of the dates comes. What stands stays until somebody
 * answers. A question ends by itself once the sources agree or somebody has decided.
 */
export async function askAboutEnds(ctx: Context): Promise<void> {
  const open = await ctx.db
    .selectFrom('tasks_tasks')
    .select(['id', 'about_id', 'title'])
    .where('about_kind', '=', aboutEnd)
    .where('status', '=', 'open')
    .execute();
  // One question for a person at a time: a legal end is asked about once their last working day is settled.
  const all = [...new Map((await listEndDisagreements(ctx)).toReversed().map((row) => [row.personId, row])).values()];
  // A source that tells everybody's dates wrong is one question, and not hundreds.
  const questions = all.length > mostQuestions ? [togetherOf(ctx, all)] : all.map((row) => questionOf(ctx, row));
  const wanted = new Map(questions.map((question) => [`${question.aboutId} ${question.title}`, question]));
  for (const { id, about_id: aboutId, title } of open) {
    const key = `${aboutId} ${title}`;
    if (wanted.has(key)) wanted.delete(key);
    else await cancelTask(ctx, id, 'The sources tell something else by now, or somebody has decided.');
  }
  for (const question of wanted.values()) await openTask(ctx, question);
}

/** With more people than this it is asked once about all of them. */
const mostQuestions = 5;

function togetherOf(ctx: Context, all: Disagreement[]): NewTask {
  const earliest = all.map((row) => row.earliest).toSorted()[0]!;
  return {
    kind: 'task',
    title: `Sources differ on when many people leave. Decide before ${inWords(earliest)}.`,
    instructions:
      'What stands in the people list stays until you decide. If one of the sources is wrong altogether, rank it below the other: then nothing is asked.',
    linkUrl: `${ctx.platform.config.publicUrl}/people/differences`,
    aboutKind: aboutEnd,
    aboutId: ctx.organizationId,
    candidates: [],
    dueAt: dueBefore(ctx, earliest),
  };
}

/** Within a day, and before the day comes. */
function dueBefore(ctx: Context, day: string): string {
  const soon = ctx.now.add({ hours: 24 });
  const before = Temporal.PlainDate.from(day).toZonedDateTime('UTC').toInstant();
  return (Temporal.Instant.compare(before, soon) < 0 ? before : soon).toString();
}

const inWords = (value: string): string =>
  `${dayInWords(Temporal.PlainDate.from(value.slice(0, 10)))}${value.length > 10 ? `, ${value.slice(11)}` : ''}`;

const titleOf = ({ name, label, told }: Disagreement): string =>
  `${label} of ${name}: ${told.map(({ source, value }) => `${source} says ${inWords(value)}`).join(', ')}. Which is right?`;

function questionOf(ctx: Context, row: Disagreement): NewTask {
  const earliest = inWords(row.earliest);
  return {
    kind: 'question',
    title: titleOf(row),
    instructions: `${row.stands === null ? 'Nothing stands in the people list' : `${inWords(row.stands)} stands in the people list`} until you answer. The earlier of the dates is ${earliest}: answer before it comes.`,
    linkUrl: `${ctx.platform.config.publicUrl}/people/differences?person=${row.personId}`,
    aboutKind: aboutEnd,
    aboutId: row.personId,
    subjectPersonId: row.personId,
    never: row.personId,
    candidates: [],
    options: [
      ...row.told.map(({ sourceId, source, value }) => ({
        value: `${row.field} ${sourceId} ${value}`,
        label: `${inWords(value)} (${source})`,
      })),
      {
        value: `${row.field} stands`,
        label: row.stands === null ? 'Neither: nothing is set' : `What stands: ${inWords(row.stands)}`,
      },
    ],
    dueAt: dueBefore(ctx, row.earliest),
    concealmentId: row.concealmentId,
  };
}

/** Does what the question was answered. What has been settled or told otherwise meanwhile is not overruled: it is asked anew at the next reading. */
export async function answerAboutEnd(ctx: Context, taskId: string, personId: string): Promise<void> {
  const task = await ctx.db.selectFrom('tasks_tasks').select(['answer', 'status']).where('id', '=', taskId).executeTakeFirst();
  const said = /^(lastWorkingDay|accessCutOff|legalEnd) (?:stands|([0-9a-f-]{36}) (.+))$/.exec(String(task?.answer ?? ''));
  if (task?.status !== 'done' || !said) return;
  try {
    await chooseTold(ctx, {
      personId,
      field: said[1] as 'lastWorkingDay',
      sourceId: said[2] ?? null,
      seen: said[3],
    });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    ctx.platform.log.info({ personId, refused: error.message }, 'an answer about a leaving date came too late');
  }
}
