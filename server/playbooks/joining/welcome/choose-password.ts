import type { Session } from '../../../../connectors/kit/index.ts';
import { openConnection } from '../../../connections/index.ts';
import { appendAudit } from '../../../platform/audit.ts';
import { type Context, runAsSystem } from '../../../platform/context.ts';
import { conflict, invalid, Refusal } from '../../../platform/errors.ts';
import type { Edge } from '../../../platform/http/route.ts';
import type { JoiningRun } from '../../run-row.ts';
import { enterWelcome } from './enter-welcome.ts';
import { isFirstAccount } from './is-first-account.ts';

const shortest = 12;
const answerSeconds = 20;

type Claim = { organizationId: string; run: JoiningRun; appId: string; app: string; externalId: string; userName: string };

/**
 * Sets the first password of the sign-in system, as the new colleague chose it with their invitation: once. It is handed to that system and
 * kept nowhere. The invitation counts as used before anything is sent; only where the system refuses is it given back.
 */
export async function choosePassword(edge: Edge, input: { secret: string; password: string }): Promise<{ words: string }> {
  if (input.password.length < shortest)
    throw invalid('password_too_short', `Take at least ${shortest} characters. Nothing was changed.`, [
      { field: 'password', message: 'Three or four words that do not belong together are easy to remember and hard to guess.' },
    ]);
  const claim = await enterWelcome(edge, input.secret, claimInvitation);
  const done = await hand(edge, claim, input.password).catch(() => false);
  if (!done) {
    await runAsSystem(edge.platform, claim.organizationId, (ctx) =>
      ctx.db.updateTable('playbooks_runs').set({ credential_used_at: null }).where('id', '=', claim.run.id).execute(),
    );
    throw new Refusal(
      502,
      'password_not_taken',
      `${claim.app} did not take this password. Its rules may want a longer one, or other characters. Try another, or ask operations.`,
    );
  }
  await runAsSystem(edge.platform, claim.organizationId, (ctx) =>
    appendAudit(ctx, {
      action: 'first-password.chosen',
      subject: { kind: 'run', id: claim.run.id, name: claim.run.person },
      after: { app: claim.app },
      people: [claim.run.person_id],
    }),
  );
  return { words: `Your password is set. Sign in to ${claim.app} as ${claim.userName}.` };
}

async function claimInvitation(ctx: Context, run: JoiningRun): Promise<Claim> {
  if (run.credential_used_at !== null)
    throw conflict('invitation_used', 'A password was chosen with this invitation already. If it was not you, tell operations at once.');
  const account = await ctx.db
    .selectFrom('apps_accounts as a')
    .innerJoin('apps_apps as p', 'p.id', 'a.app_id')
    .select(['p.id', 'p.name', 'a.id as account_id', 'a.external_id', 'a.user_name'])
    .where('p.sign_in', '=', true)
    .where('p.archived_at', 'is', null)
    .where('a.person_id', '=', run.person_id)
    .where('a.kind', '=', 'person')
    .where('a.status', '=', 'active')
    .executeTakeFirst();
  if (!account?.user_name)
    throw conflict('no_account_yet', 'Your account is not open yet. Come back when your page shows it. Nothing was changed.');
  if (!(await isFirstAccount(ctx, run, account.account_id)))
    throw conflict(
      'has_a_password',
      `Your account in ${account.name} was there before this invitation. Sign in with the password you have, or ask operations. Nothing was changed.`,
    );
  await ctx.db.updateTable('playbooks_runs').set({ credential_used_at: ctx.now.toString() }).where('id', '=', run.id).execute();
  return {
    organizationId: ctx.organizationId,
    run,
    appId: account.id,
    app: account.name,
    externalId: account.external_id,
    userName: account.user_name,
  };
}

// What the other system says is not passed on: it could repeat the password.
async function hand(edge: Edge, claim: Claim, password: string): Promise<boolean> {
  const deadline = edge.platform.clock.now().add({ seconds: answerSeconds });
  const connection = await openConnection(edge.platform, claim.organizationId, claim.appId, { deadline, retry: { attempts: 1 } });
  if (!connection?.connector.setPassword) return false;
  const account = { externalId: claim.externalId, userName: claim.userName };
  try {
    const answer = await connection.connector.setPassword.run(connection.session as Session, { account, password });
    return answer.changed !== false;
  } finally {
    connection.session.close();
  }
}
