import { type ActionLine, listActions, listAttempts } from '../../access/index.ts';
import type { Context } from '../../platform/context.ts';
import { evidenceOf } from '../../tasks/index.ts';
import type { ProofLine } from './proof-document.ts';

/** A text no longer than a proof may hold. */
export const text = (value: string, most = 2000) => (value.length > most ? `${value.slice(0, most - 1)}…` : value);

/** The lines of a plan, each with the action it tells of. */
export async function linesOf(ctx: Context, planId: string): Promise<{ action: ActionLine; line: ProofLine }[]> {
  const actions = (await listActions(ctx, [planId])).filter((action) => action.status !== 'withdrawn');
  const attempts = await listAttempts(
    ctx,
    actions.map((action) => action.id),
  );
  const evidence = await evidenceOf(
    ctx,
    actions.map((action) => action.task_id).filter((id) => id !== null),
  );
  return actions.map((action) => ({
    action,
    line: {
      id: action.id,
      subject: text(action.app, 200),
      detail: text(action.account ?? (action.account_id ? '' : 'nobody has listed its accounts'), 500),
      ...statusOf(
        action,
        evidence.filter((each) => each.task_id === action.task_id),
      ),
      history: attempts
        .filter((attempt) => attempt.action_id === action.id)
        .slice(-20)
        .map((attempt) => ({ at: attempt.at, text: text(attempt.words) })),
    },
  }));
}

type Evidence = Awaited<ReturnType<typeof evidenceOf>>;

function statusOf(action: ActionLine, evidence: Evidence): Pick<ProofLine, 'status' | 'how'> {
  const why = text(action.problem ?? 'The cut-off has not come.');
  switch (action.status) {
    case 'verified':
      return {
        status: 'verified',
        how: {
          read: {
            connection: text(action.via ?? action.app),
            at: action.read_at ?? action.verified_at!,
            observed: text(action.observed ?? 'closed'),
          },
        },
      };
    case 'did-not-obey':
      return {
        status: 'did-not-obey',
        how: { read: { connection: text(action.app), at: action.read_at!, observed: text(action.observed ?? 'active') } },
      };
    case 'evidenced':
      return {
        status: 'evidenced',
        how: {
          evidence: {
            by: action.decided_by ?? 'somebody',
            at: action.decided_at!,
            note: evidence
              .map((each) => each.note)
              .filter(Boolean)
              .join('\n')
              .slice(0, 4000),
            files: evidence
              .filter((each) => each.sha256)
              .map((each) => ({ name: text(each.file_name ?? 'file'), sha256: each.sha256!.toString('hex') }))
              .slice(0, 50),
            links: evidence
              .map((each) => each.url)
              .filter((url): url is string => url !== null && URL.canParse(url))
              .slice(0, 50),
          },
        },
      };
    case 'overridden':
      return {
        status: 'overridden',
        how: { override: { by: action.decided_by!, at: action.decided_at!, reason: text(action.decided_reason!) } },
      };
    case 'unknown':
      return { status: 'unknown', how: { unknown: { why } } };
    case 'asked':
      return {
        status: 'waiting',
        how: { open: { why, waitsFor: action.asked ?? 'the owners of the organization', due: action.task_due_at } },
      };
    default:
      return { status: 'open', how: { open: { why, waitsFor: null, due: action.next_at } } };
  }
}
