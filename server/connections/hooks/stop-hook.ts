import { ConnectorError, type Session } from '../../../connectors/kit/index.ts';
import type { Edge } from '../../platform/http/route.ts';
import { openConnection } from '../open-connection.ts';
import { closeHook } from './switch-hook.ts';

const mostSeconds = 30;

/** Ends the address that a vendor calls, and tells a vendor that was asked to call that it need not. That it does not answer holds up nothing: whoever calls is refused. */
export async function stopHook(edge: Edge, connectionId: string): Promise<void> {
  const closed = await edge.run((ctx) => closeHook(ctx, connectionId));
  if (!closed?.subscription) return;
  const deadline = edge.platform.clock.now().add({ seconds: mostSeconds });
  try {
    const connection = await openConnection(edge.platform, closed.organizationId, closed.appId, { deadline, retry: { attempts: 1 } });
    try {
      await connection?.connector.webhook?.unsubscribe?.(connection.session as Session, closed.subscription);
    } finally {
      connection?.session.close();
    }
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
  }
}
