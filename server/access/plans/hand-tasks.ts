import type { Context } from '../../platform/context.ts';
import { openTask } from '../../tasks/index.ts';
import type { GapApp } from '../gap/gap-apps.ts';

/** One thing that somebody is to do by hand. */
export type HandItem = {
  actionId: string;
  person: string;
  workAddress: string | null;
  entitlement: string | null;
  direction: 'give' | 'take';
  isUnseen: boolean;
};

/** Opens one task for everything that an app's owner is to do by hand for a plan. Returns its id. Done means: all of it is done. */
export async function openHandTask(
  ctx: Context,
  input: {
    planId: string;
    app: GapApp;
    items: readonly HandItem[];
    dueAt: Temporal.Instant;
    subjectPersonId: string | null;
    never?: string | null;
  },
): Promise<string> {
  const { app, items, dueAt } = input;
  const gives = items.filter(({ direction }) => direction === 'give');
  const takes = items.filter(({ direction }) => direction === 'take');
  const people = new Set(items.map(({ person }) => person));
  const who = people.size === 1 ? [...people][0]! : `${people.size} people`;
  const list = (some: readonly HandItem[]) =>
    some
      .map(({ person, workAddress, entitlement }) => `- ${person}${workAddress ? ` (${workAddress})` : ''}: ${entitlement ?? 'an account'}`)
      .join('\n');
  return openTask(ctx, {
    kind: 'task',
    title:
      takes.length === 0
        ? `Give ${who} access to ${app.name}`
        : gives.length === 0
          ? `Take access to ${app.name} from ${who}`
          : `Change access to ${app.name} for ${who}`,
    instructions: [
      ...(gives.length > 0 ? [`Give:\n${list(gives)}`, app.instructionsGrant ?? `Open ${app.name} and add what is missing.`] : []),
      ...(takes.length > 0
        ? [`Take away:\n${list(takes)}`, app.instructionsRevoke ?? `Open ${app.name} and take it away, or suspend the account.`]
        : []),
      ...(items.some(({ isUnseen }) => isUnseen)
        ? [`Nobody has listed what people have in ${app.name}. Look first: whoever has it already needs nothing.`]
        : []),
      'Attach a picture or a link that shows it, or write what you saw. Finishing this says that all of it is done.',
    ].join('\n\n'),
    linkUrl: app.deepLink,
    aboutKind: 'access-plan',
    aboutId: input.planId,
    subjectPersonId: input.subjectPersonId,
    candidates: [app.ownerPersonId, app.deputyPersonId],
    never: input.never ?? null,
    dueAt: dueAt.toString(),
    remindAt: [ctx.now.add({ hours: 24 })].filter((at) => Temporal.Instant.compare(at, dueAt) < 0).map(String),
    escalateAt: dueAt.toString(),
    fallback: 'If nothing is done, the deputy is asked, then the owners of the organization. Nothing is given or taken by itself.',
    evidenceRequired: true,
  });
}
