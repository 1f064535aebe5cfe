import type { OwnedRecord, Session } from '../../../connectors/kit/index.ts';
import type { OpenConnection } from '../../connections/index.ts';
import { runAsSystem } from '../../platform/context.ts';
import type { Platform } from '../../platform/platform.ts';
import type { ClaimedAction } from '../claim-due-actions.ts';
import type { Outcome } from '../record-outcome.ts';
import { addData, type WantedData } from './plan-data.ts';

/** What other actions care for: files, mail and meetings have an heir of their own, and passwords of programs end with the sessions. */
const caredFor = new Set(['files', 'drive', 'mailbox', 'meetings', 'app password']);

/** Reads what an account owns that runs on without it: each program is shut out, each other thing is for a colleague to take over. */
export async function listOwned(
  platform: Platform,
  organizationId: string,
  action: ClaimedAction,
  { connector, session }: NonNullable<OpenConnection>,
): Promise<Outcome> {
  if (!connector.listOwned || !action.externalId || !action.accountId)
    return { status: 'asked', words: `${action.app} does not tell Groundcrew what an account owns.` };
  const owned = (await connector.listOwned(session as Session, action.externalId)).filter(({ kind }) => !caredFor.has(kind));
  const accountId = action.accountId;
  const wanted = owned.map((each): WantedData => {
    const isProgram = each.kind === 'program' && connector.revokeAppGrant !== undefined;
    return {
      appId: action.appId,
      accountId,
      kind: isProgram ? 'revoke-app-grant' : 'take-over',
      label: labelOf(each),
      input: isProgram
        ? { grant: { externalId: each.externalId, name: each.name } }
        : { ...(action.input?.to ? { to: action.input.to } : {}), ...(action.input?.because ? { because: action.input.because } : {}) },
    };
  });
  await runAsSystem(platform, organizationId, (ctx) => addData(ctx, action.planId, wanted));
  const names = owned.slice(0, 5).map(labelOf).join(', ');
  const rest = owned.length > 5 ? ` and ${owned.length - 5} more` : '';
  return {
    status: 'verified',
    words: 'What the account owns was read.',
    observed: owned.length === 0 ? 'nothing that runs by itself' : `${names}${rest}`,
  };
}

const labelOf = ({ kind, name, count }: OwnedRecord) => `${kind} ${name}${count !== null && count > 1 ? ` (${count})` : ''}`.slice(0, 200);
