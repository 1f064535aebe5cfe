import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { roles } from '../server/platform/http/permissions.ts';
import { answerOf, askingsOf, difference, idsIn } from './setup/ask-everything.ts';
import { confirmExit, exitIds, type QuietCompany, quietCompany, secretWords } from './setup/quiet-company.ts';

const words = ['Lena', 'lena@acme.example', 'marquardt', 'leaving', 'Zinnober'];

/** Gives Lena this role in both twins. */
async function hold(company: QuietCompany, role: string, member = company.members.lena): Promise<void> {
  for (const twin of [company.exit, company.calm])
    await twin.admin('update identity_members set roles = $2 where id = $1', [member, [role]]);
}

async function compare(company: QuietCompany, token: string, role: string, ids: Record<string, string[]>, known: Set<string>): Promise<string[]> {
  const wrong: string[] = [];
  const secret = [...new Set(Object.values(await exitIds(company.exit)).flat())].filter((id) => !known.has(id));
  for (const asking of askingsOf(role, ids, words)) {
    const exit = await answerOf(company.exit, token, asking, known);
    const calm = await answerOf(company.calm, token, asking, known);
    if (exit !== calm) wrong.push(`${role}: ${asking.route} ${asking.path}${difference(exit, calm)}`);
    const told = [...secret, ...secretWords].find((each) => exit.includes(each) && !asking.path.includes(each));
    if (told) wrong.push(`${role}: ${asking.route} ${asking.path} tells ${told}`);
  }
  return wrong;
}

let company: QuietCompany;
let known: Set<string>;
let ids: Record<string, string[]>;

before(async (t) => {
  company = await quietCompany(t as never);
  known = await idsIn(company.exit);
  const runId = await confirmExit(company);
  const made = await exitIds(company.exit);
  const pick = (name: string, most = 6) => made[name]!.filter((id) => !known.has(id)).slice(0, most);
  ids = {
    ...company.ids,
    runId: [...company.ids.runId!, runId],
    taskId: [...company.ids.taskId!, ...pick('tasks_tasks')],
    stepId: pick('playbooks_steps', 3),
    actionId: pick('access_actions', 3),
    handoverId: pick('playbooks_handovers', 3),
    mailId: pick('platform_mail', 3),
  };
});

for (const role of roles) {
  test(`before it is told, nothing that ${role} can ask differs from a company in which Lena stays`, async () => {
    await hold(company, role);
    assert.deepEqual(await compare(company, company.tokens.lena, role, ids, known), []);
  });
}
