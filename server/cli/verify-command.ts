import type { Command } from 'commander';
import { Refusal } from '../platform/errors.ts';
import type { AuditReport } from '../platform/verify-audit.ts';
import { answering, type Options, type Said } from './answer.ts';
import { choose, inSession, isRemote, listOrganizations, onDataFolder } from './open-session.ts';

/** `verify`: recomputes the audit chain. On the data folder it checks every organization, unless one is named. */
export function addVerifyCommand(program: Command): void {
  program
    .command('verify')
    .description('recompute the audit chain and compare it with its signed heads; status 1 when anything was changed')
    .action(answering(verify));
}

async function verify(options: Options): Promise<Said> {
  if (isRemote()) {
    const report = await inSession(options, ({ call }) => call('verifyAudit'));
    return { data: report, words: inWords(report, null), failed: !report.ok };
  }
  const { verifyAudit } = await import('../platform/verify-audit.ts');
  return onDataFolder(async ({ platform }) => {
    const all = await listOrganizations(platform);
    const chosen = options.organization === undefined ? all : [choose(all, options.organization)!];
    if (chosen.length === 0) throw new Refusal(404, 'nothing_there', 'There is no organization here yet, so there is no audit to verify.');
    const reports = [];
    for (const { id, name } of chosen) reports.push({ organization: name, ...(await verifyAudit(platform, id)) });
    return {
      data: { ok: reports.every((each) => each.ok), organizations: reports },
      words: reports.flatMap((each) => inWords(each, each.organization)),
      failed: reports.some((each) => !each.ok),
    };
  });
}

function inWords(report: AuditReport, organization: string | null): string[] {
  const of = organization === null ? '' : `${organization}: `;
  const head = report.lastHead
    ? `The newest signed head is event ${report.lastHead.sequence} of ${report.lastHead.at}.`
    : 'No head was signed yet.';
  const rest = `${report.unsealed} wait for their seal, ${report.erased} lost their values by erasure. ${head}`;
  if (report.ok) return [`${of}${report.events} events verify. ${rest}`];
  const more = report.problemCount > report.problems.length ? [`  and ${report.problemCount - report.problems.length} more`] : [];
  return [
    `${of}The audit was changed. ${report.problemCount} findings in ${report.events} events. ${rest}`,
    ...report.problems.map((problem) => `  ${problem.words}`),
    ...more,
  ];
}
