import type { Context } from '../platform/context.ts';
import { openTask } from '../tasks/index.ts';
import type { ClaimedAction } from './claim-due-actions.ts';
import { askForDeletion } from './data/approve-deletion.ts';
import { isDataKind, sessionKinds } from './data/data-kinds.ts';
import { dataAsk } from './data/data-words.ts';
import type { Outcome } from './record-outcome.ts';

/** Asks the app's owner to do by hand what no machine did, once per action. Never the leaver, whatever they own. */
export async function askOwner(ctx: Context, action: ClaimedAction, outcome: Outcome): Promise<void> {
  if (action.kind === 'delete-account' && !action.approvedBy) return askForDeletion(ctx, action);
  if (action.taskId) return;
  const closes = action.direction === null ? action.purpose !== 'restore' : action.direction === 'take';
  const isLeave = action.purpose === 'absence';
  const isRole = action.kind === 'grant-entitlement' && action.viaAppId === action.appId;
  const account = action.userName ?? action.displayName ?? action.externalId;
  const who = account ? `${action.person} (${account})` : action.person;
  const due = Temporal.Instant.compare(ctx.now, action.dueAt) > 0 ? ctx.now : Temporal.Instant.from(action.dueAt);
  // What is still open closes within hours; files, passwords and automations are a matter of days.
  const hours = isDataKind(action.kind) && !isUrgent(action.kind) ? 72 : 4;
  const data = isDataKind(action.kind) ? dataAsk(action.kind, action) : null;
  const taskId = await openTask(ctx, {
    kind: 'task',
    title: data?.title ?? titleOf(action, closes),
    instructions: [
      outcome.words,
      data !== null
        ? data.todo
        : action.direction !== null || isRole
          ? `${closes ? 'Take away' : 'Give'} ${action.entitlement && action.viaAppId === action.appId ? action.entitlement.name : 'the account'} ${closes ? 'from' : 'to'} ${who}.`
          : action.accountId
            ? `${closes ? (isLeave ? 'Suspend, and do not delete,' : 'Close') : 'Reopen'} the account of ${who}.${isLeave ? ' They are on leave, and get it back when they return.' : ''}`
            : `Nobody has listed the accounts of ${action.app}. Look whether ${action.person} has one, and close it. If there is none, say so.`,
      ...(data ? [] : [action.instructions ?? `Open ${action.app}, ${byHand(action, closes)}.`]),
      'Attach a picture or a link that shows it, or write what you saw.',
    ].join('\n\n'),
    linkUrl: action.deepLink,
    aboutKind: 'action',
    aboutId: action.id,
    subjectPersonId: action.personId,
    candidates: [...(action.kind === 'take-over' ? [action.input?.to?.personId] : []), action.ownerPersonId, action.deputyPersonId],
    never: closes ? action.personId : undefined,
    dueAt: due.add({ hours }).toString(),
    remindAt: [due.add({ hours: hours / 2 }).toString()],
    escalateAt: due.add({ hours }).toString(),
    fallback: `If nothing is done, the deputy is asked, then the owners of the organization. The line stays open${isLeave ? '' : ` in the ${action.direction === null ? 'proof' : 'plan'}`}.`,
    evidenceRequired: true,
    bundle: action.direction === null && !isLeave ? `leaving ${action.personId}` : null,
    concealmentId: action.concealmentId,
  });
  await ctx.db.updateTable('access_actions').set({ task_id: taskId }).where('id', '=', action.id).execute();
}

function byHand(action: ClaimedAction, closes: boolean): string {
  if (action.kind === 'create-account') return 'add the person to the users';
  const there = 'look for the person among the users, and';
  if (action.direction !== null && action.entitlement && action.viaAppId === action.appId)
    return `${there} ${closes ? 'take' : 'give them'} ${action.entitlement.name}${closes ? ' from them' : ''}`;
  return `${there} ${closes ? 'suspend or remove' : 'reactivate'} the account`;
}

function titleOf(action: ClaimedAction, closes: boolean): string {
  if (action.direction !== null)
    return closes ? `Take ${action.app} from ${action.person}` : `Give ${action.person} access to ${action.app}`;
  if (action.purpose === 'absence') return `Suspend ${action.app} for ${action.person} while they are away`;
  return closes ? `Close ${action.app} for ${action.person}` : `Reopen ${action.app} for ${action.person}`;
}

const isUrgent = (kind: string) => ([...sessionKinds, 'set-auto-reply', 'forward-mail', 'rotate-secret'] as string[]).includes(kind);
