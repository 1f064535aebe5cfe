import {
  type AccountRecord,
  openSession,
  type Reading,
  readPages,
  type Session,
  type SessionOptions,
} from '../../../connectors/kit/index.ts';
import { scim } from '../../../connectors/scim.ts';
import { systemClock } from '../../../server/platform/clock.ts';
import { createOutbound } from '../../../server/platform/outbound/index.ts';

/** A session of the SCIM connector with a server on the loopback. `paused`: how long the connector waited before trying again, each time. */
export function scimSession(
  baseUrl: string,
  settings: Record<string, unknown> = {},
  options: Partial<SessionOptions> = {},
): Session & { paused: number[] } {
  const paused: number[] = [];
  const session = openSession(scim, {
    settings: { baseUrl, ...settings },
    secrets: { token: 'test-token' },
    outbound: createOutbound({ allowPrivate: ['127.0.0.0/8'] }),
    clock: systemClock,
    wait: async (milliseconds) => {
      paused.push(milliseconds);
    },
    random: () => 0,
    ...options,
  });
  return { ...session, paused };
}

/** Reads all accounts, in the order they came. */
export async function readAll(session: Session): Promise<{ accounts: AccountRecord[]; reading: Reading }> {
  const accounts: AccountRecord[] = [];
  const reading = await readPages(scim.listAccounts!(session), {
    idOf: ({ externalId }) => externalId,
    onPage: (page) => void accounts.push(...page),
  });
  return { accounts, reading };
}
