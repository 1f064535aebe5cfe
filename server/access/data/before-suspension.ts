import { realWait } from '../../../connectors/kit/index.ts';
import { runAsSystem } from '../../platform/context.ts';
import type { Platform } from '../../platform/platform.ts';
import { type ClaimedAction, claimDueActions } from '../claim-due-actions.ts';

const boundMilliseconds = 5_000;

/**
 * Tries what an app allows only while the account is active, immediately before it is suspended: not earlier, because the leaver would see it.
 * Returns after a few seconds whatever came of it; what is not done by then goes on beside, and its line says how it ended.
 */
export async function beforeSuspension(
  platform: Platform,
  organizationId: string,
  action: ClaimedAction,
  perform: (platform: Platform, organizationId: string, action: ClaimedAction) => Promise<void>,
): Promise<void> {
  if (!action.waitsWhileOpen || action.previous === 'reading') return;
  const claimed = await runAsSystem(platform, organizationId, (ctx) =>
    claimDueActions(ctx, { most: 10, leaseSeconds: 120, whileOpenOf: action.accountId }),
  );
  const work = claimed.map((each) =>
    perform(platform, organizationId, each).catch((error: Error) =>
      platform.log.error({ action: each.id, problem: error.message }, 'an action before a suspension failed'),
    ),
  );
  await Promise.race([Promise.all(work), realWait(boundMilliseconds)]);
}
