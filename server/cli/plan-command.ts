import type { Command } from 'commander';
import { answering, type Options, type Said } from './answer.ts';
import type { Call } from './api-client.ts';
import { findApp, findPerson } from './find.ts';
import { gapWords, type Scope, wholeGap } from './gap-words.ts';
import { inSession } from './open-session.ts';

/** `plan`: where what people have differs from what the rules say. */
export function addPlanCommand(program: Command): void {
  program
    .command('plan')
    .description('show where access differs from the rules, by app; status 0 when nothing does, 2 when something does')
    .option('--person <person>', 'only of one person: name, address, employee number or id')
    .option('--app <app>', 'only in one app: name or id')
    .action(answering(plan));
}

async function plan(options: Options): Promise<Said> {
  return inSession(options, async ({ call }) => {
    const gap = await wholeGap(call, await scopeOf(call, options));
    return { data: gap, words: gapWords(gap), status: gap.total > 0 ? 2 : 0 };
  });
}

/** Whom and what `--person` and `--app` mean. */
export async function scopeOf(call: Call, { person, app }: Options): Promise<Scope> {
  return {
    ...(person === undefined ? {} : { personId: (await findPerson(call, String(person))).id }),
    ...(app === undefined ? {} : { appId: (await findApp(call, String(app))).id }),
  };
}
