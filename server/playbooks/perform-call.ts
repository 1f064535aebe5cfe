import { ConnectorError, type SessionHttp } from '../../connectors/kit/index.ts';
import { openConnection } from '../connections/index.ts';
import { runAsSystem } from '../platform/context.ts';
import type { Platform } from '../platform/platform.ts';
import type { PendingCall } from './advance-run.ts';
import { endStep } from './end-step.ts';
import { getRun } from './run-row.ts';

const callSeconds = 60;
const tries = 5;

/**
 * Makes the HTTP call of a step through a connection, whose host is pinned. An unrepeatable call that may have arrived is never repeated:
 * it becomes unknown, and a person looks.
 */
export async function performCall(platform: Platform, organizationId: string, call: PendingCall): Promise<void> {
  const { step } = call;
  const effect = step.effect ?? (step.method === 'GET' ? 'convergent' : 'unrepeatable');
  let end: { status: string; words: string; result?: unknown; againInSeconds?: number };
  try {
    const appId = await runAsSystem(
      platform,
      organizationId,
      async (ctx) =>
        (
          await ctx.db
            .selectFrom('apps_apps')
            .select('id')
            .where('name', '=', step.connection)
            .where('archived_at', 'is', null)
            .executeTakeFirst()
        )?.id,
    );
    const connection = appId
      ? await openConnection(platform, organizationId, appId, {
          deadline: platform.clock.now().add({ seconds: callSeconds }),
          retry: { attempts: 1 },
        })
      : null;
    if (!connection) {
      end = { status: 'failed', words: `There is no connection named ${step.connection}. Connect it, then try this step again.` };
    } else {
      platform.boundary('call.before');
      const answer = await send(connection.session.http, step, effect === 'keyed' ? call.stepId : undefined);
      platform.boundary('call.answered');
      connection.session.close();
      end = { status: 'done', words: `${step.connection} answered ${answer.status}.`, result: { status: answer.status } };
    }
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    const mayRepeat = effect !== 'unrepeatable' || !error.mayHaveHappened;
    end = !mayRepeat
      ? { status: 'unknown', words: `${error.message} Whether it happened cannot be known. Look there, then decide.` }
      : error.temporary
        ? { status: 'retry', words: error.message, againInSeconds: 30 }
        : { status: 'failed', words: error.message };
  }
  await runAsSystem(platform, organizationId, async (ctx) => {
    const run = await getRun(ctx, call.runId, { lock: true });
    const row = await ctx.db.selectFrom('playbooks_steps').select(['attempts', 'status']).where('id', '=', call.stepId).executeTakeFirst();
    if (row?.status !== 'working') return;
    if (end.status === 'retry' && row.attempts < tries) {
      const next = ctx.now.add({ seconds: end.againInSeconds! * 2 ** row.attempts }).toString();
      await ctx.db
        .updateTable('playbooks_steps')
        .set({ status: 'planned', attempts: row.attempts + 1, words: end.words, next_at: next, lease_until: null })
        .where('id', '=', call.stepId)
        .execute();
      return;
    }
    await endStep(ctx, run, { id: call.stepId, title: step.title }, { ...end, status: end.status === 'retry' ? 'failed' : end.status });
    await ctx.db
      .updateTable('playbooks_steps')
      .set({ next_at: ctx.now.toString() })
      .where('run_id', '=', call.runId)
      .where('status', '=', 'planned')
      .where('due_at', '<=', ctx.now.toString())
      .execute();
    ctx.afterCommit(() => ctx.platform.wake());
  });
}

function send(http: SessionHttp, step: PendingCall['step'], idempotencyKey: string | undefined) {
  const options = { idempotencyKey };
  if (step.method === 'GET') return http.get(step.path, options);
  if (step.method === 'DELETE') return http.delete(step.path, options);
  const write = { POST: http.post, PUT: http.put, PATCH: http.patch }[step.method];
  return write.call(http, step.path, step.body ?? {}, options);
}
