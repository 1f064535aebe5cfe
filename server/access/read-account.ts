import type { AccountRecord, AccountTarget, ReadWish, Session } from '../../connectors/kit/index.ts';
import type { OpenConnection } from '../connections/index.ts';

/** The app has no account with the id it gave, but one with the same user name: whose that is only a person can say. */
export class AccountMoved extends Error {
  readonly observed: string;

  constructor(app: string, userName: string, record: AccountRecord) {
    const state = record.status ?? 'of unknown state';
    super(
      `${app} no longer knows the account by the id it gave before, and shows another one named ${userName} (${state}). Look whether it is the same person’s. Groundcrew did not touch it.`,
    );
    this.observed = `another account of that name, ${state}`;
  }
}

/**
 * Reads one account freshly; null when there is none, neither under its id nor under its user name. Throws AccountMoved when the name is
 * there under another id, ConnectorError when the app does not answer or cannot say.
 */
export async function readAccount(
  connection: NonNullable<OpenConnection>,
  app: string,
  account: AccountTarget,
  wish: ReadWish,
): Promise<AccountRecord | null> {
  const { connector, session } = connection;
  const read = () => connector.readAccount!(session as Session, account.externalId, wish);
  const record = await read();
  if (record !== null || !account.userName || !connector.findAccount) return record;
  const other = await connector.findAccount(session as Session, account.userName, { entitlements: 'none' });
  if (other === null) return null;
  if (other.externalId === account.externalId) return read();
  throw new AccountMoved(app, account.userName, other);
}
