import { runAs } from '../server/platform/context.ts';
import { finishTask } from '../server/tasks/index.ts';
import type { Company } from './open-company.ts';
import { seeded } from './seeded.ts';

/** What people write when they have done something. */
const notes = [
  'Done. The user shows as deactivated in the console.',
  'Blocked, and looked again an hour later: still blocked.',
  'Done together with the team lead.',
  'Done. A picture of the page is in the team folder.',
];

/**
 * A morning at the company: most of what is open and was asked at least some hours ago gets done. `most` of 1 leaves nothing. `only`: tasks about these
 * people. `naming`: only tasks whose title holds this. Returns how many tasks were finished.
 */
export async function attendTasks(company: Company, options: { most: number; only?: string[]; naming?: string }): Promise<number> {
  const now = company.now();
  const open = await company.run((ctx) =>
    ctx.db
      .selectFrom('tasks_tasks as t')
      .leftJoin('people_roster as p', 'p.id', 't.assignee_person_id')
      .leftJoin('identity_members as m', 'm.id', 't.assignee_member_id')
      .select([
        't.id',
        't.title',
        't.kind',
        't.answer_kind',
        't.options',
        't.subject_person_id',
        't.assignee_person_id',
        't.assignee_member_id',
        'p.name as person',
        'm.name as member',
      ])
      .where('t.status', '=', 'open')
      .where('t.created_at', '<=', now.subtract({ hours: 2 }).toString())
      .orderBy('t.id')
      .execute(),
  );
  let done = 0;
  for (const task of open) {
    if (options.naming && !task.title.includes(options.naming)) continue;
    const about = task.subject_person_id ?? '';
    const chance = seeded(`${task.title} ${now.toZonedDateTimeISO('UTC').toPlainDate()}`);
    if ((options.only && !options.only.includes(about)) || !chance.chance(options.most)) continue;
    // Some managers leave the question about the data to what is proposed.
    if (task.answer_kind === 'form' && seeded(task.title).chance(0.5)) continue;
    const name = task.person ?? task.member;
    if (name === null) continue;
    const actor = task.assignee_person_id
      ? { kind: 'link' as const, id: null, name, memberId: null, personId: task.assignee_person_id, roles: [], scopes: null }
      : {
          kind: 'member' as const,
          id: task.assignee_member_id,
          name,
          memberId: task.assignee_member_id,
          personId: null,
          roles: ['owner'],
          scopes: null,
        };
    const answer = answerTo(task, company);
    await runAs(company.platform, { organizationId: company.organizationId, actor }, (ctx) =>
      finishTask(ctx, task.id, { answer, note: chance.pick(notes) }),
    );
    done += 1;
  }
  return done;
}

function answerTo(
  task: { answer_kind: string | null; options: unknown; assignee_person_id: string | null },
  company: Company,
): string | null {
  const options = task.options as { value: string }[] | null;
  switch (task.answer_kind) {
    case 'yes-no':
      return 'yes';
    case 'choice':
      return options?.[0]?.value ?? null;
    case 'person':
      return task.assignee_person_id ?? company.personId(9);
    case 'text':
      return 'Well: everybody took their time.';
    case 'date':
      return company.now().toZonedDateTimeISO('UTC').toPlainDate().toString();
    default:
      return null;
  }
}
