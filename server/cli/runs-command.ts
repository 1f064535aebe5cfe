import type { Command } from 'commander';
import { answering, columns, type Options, type Said } from './answer.ts';
import { inSession } from './open-session.ts';

const minute = (instant: string) => `${instant.slice(0, 16)}Z`;

/** `runs`: the exits, and `tasks`: what people are to do. */
export function addRunsCommand(program: Command): void {
  program
    .command('runs')
    .description('the exits, newest cut-off first')
    .option('--open', 'only those that are not over')
    .action(answering(runs));
}

export function addTasksCommand(program: Command): void {
  program
    .command('tasks')
    .description('open tasks: mine, or on this machine everybody’s')
    .option('--all', 'everybody’s')
    .option('--closed', 'those that are done or cancelled')
    .action(answering(tasks));
}

async function runs(options: Options): Promise<Said> {
  return inSession(options, async ({ call }) => {
    const data = await call('listRuns', { query: { status: options.open ? 'open' : 'all', limit: 200 } });
    const lines = data.rows.map((row) => [
      row.id,
      row.person,
      row.status,
      `closes ${minute(row.cut_off_at)}`,
      `${row.lines.settled} of ${row.lines.total} lines settled${row.lines.wrong > 0 ? `, ${row.lines.wrong} wrong` : ''}`,
    ]);
    return { data, words: lines.length > 0 ? columns(lines) : 'There is no exit.' };
  });
}

async function tasks(options: Options): Promise<Said> {
  return inSession(options, async ({ call, local }) => {
    const data = await call('listTasks', {
      query: { scope: options.all || local ? 'all' : 'mine', status: options.closed ? 'closed' : 'open', limit: 200 },
    });
    const lines = data.rows.map((row) => [
      row.id,
      row.dueAt ? `due ${minute(row.dueAt)}` : 'no due time',
      row.assignee?.name ?? 'nobody',
      row.title,
    ]);
    return { data, words: lines.length > 0 ? columns(lines) : 'There is no task.' };
  });
}
