import type { AccountTarget, Session } from '../../../connectors/kit/index.ts';
import type { OpenConnection } from '../../connections/index.ts';
import { runAsSystem } from '../../platform/context.ts';
import type { Platform } from '../../platform/platform.ts';
import type { ClaimedAction } from '../claim-due-actions.ts';
import type { Outcome } from '../record-outcome.ts';
import type { DataKind, Heir } from './data-kinds.ts';

/** What the connector is given for an action on data; an outcome that asks a person where something is missing for it. */
export async function inputFor(
  platform: Platform,
  organizationId: string,
  action: ClaimedAction,
  connection: NonNullable<OpenConnection>,
  account: AccountTarget,
): Promise<object | Outcome> {
  const wish = action.input ?? {};
  switch (action.kind as DataKind) {
    case 'hand-over-files': {
      const to = wish.to ? await accountOfHeir(platform, organizationId, action, connection, wish.to) : null;
      return to ? { account, to } : noAccount(action);
    }
    case 'share-mailbox': {
      const reader = wish.to ? await accountOfHeir(platform, organizationId, action, connection, wish.to) : null;
      return reader ? { account, readers: [reader] } : noAccount(action);
    }
    case 'forward-mail':
      return wish.to?.address
        ? { account, to: wish.to.address }
        : { status: 'asked', words: `Nobody is known to whom the mail could go: ${wish.to?.name ?? 'the successor'} has no work address.` };
    case 'set-auto-reply':
      return { account, subject: wish.subject ?? '', text: wish.text ?? '', until: wish.until ?? null };
    case 'revoke-app-grant':
      return wish.grant ? { account, grant: wish.grant } : { status: 'asked', words: 'Which program is meant was not kept.' };
    default:
      return account;
  }
}

const noAccount = (action: ClaimedAction): Outcome => ({
  status: 'asked',
  words: `${action.input?.to?.name ?? 'The successor'} has no account in ${action.app} that it could go to.`,
});

/** The colleague's account in the same app: as last read, else looked up by their work address. */
async function accountOfHeir(
  platform: Platform,
  organizationId: string,
  action: ClaimedAction,
  connection: NonNullable<OpenConnection>,
  heir: Heir,
): Promise<AccountTarget | null> {
  const known = await runAsSystem(platform, organizationId, (ctx) =>
    ctx.db
      .selectFrom('apps_accounts')
      .select(['external_id', 'user_name', 'display_name'])
      .where('app_id', '=', action.appId)
      .where('person_id', '=', heir.personId)
      .where('kind', '=', 'person')
      .where((e) => e.or([e('status', 'is', null), e('status', '=', 'active')]))
      .orderBy('observed_at', 'desc')
      .executeTakeFirst(),
  );
  if (known) return { externalId: known.external_id, userName: known.user_name, displayName: known.display_name };
  const { connector, session } = connection;
  if (!connector.findAccount || !heir.address) return null;
  const found = await connector.findAccount(session as Session, heir.address, { entitlements: 'none' });
  return found ? { externalId: found.externalId, userName: found.userName, displayName: found.displayName } : null;
}
