import type { Context } from '../../platform/context.ts';
import { isTake } from '../gap/classify.ts';
import type { Gap, GapLine } from '../gap/compute-gap.ts';
import { type HeldRole, heldFromBefore } from '../held-from-before.ts';

export type Administrator = { personId: string; appId: string; app: string };

/**
 * Leaves out of a gap what would open an account again that is an administrator's from before, or holds what makes it one, while nobody has decided
 * about that: nobody becomes an administrator again by themselves. What hangs on such an account waits with it. `left`: whom, and where.
 */
export async function withoutAdministrators(
  ctx: Context,
  gap: Pick<Gap, 'apps'>,
  lines: readonly GapLine[],
): Promise<{ lines: GapLine[]; left: Administrator[] }> {
  const reopened = lines.filter(({ change }) => change === 'reopen');
  const left: Administrator[] = [];
  for (const personId of new Set(reopened.map((line) => line.personId))) left.push(...(await administratorAgain(ctx, personId)));
  const waits = new Set(left.map(({ personId, appId }) => `${personId}/${appId}`));
  return {
    left,
    lines: lines.filter(({ personId, appId, change }) => {
      if (isTake(change)) return true;
      const writer = gap.apps.get(appId)?.writerAppId;
      return !waits.has(`${personId}/${appId}`) && !(writer && waits.has(`${personId}/${writer}`));
    }),
  };
}

/** A role that goes is taken before the account opens; rights that hang on no known role only a person can take, so what they were asked has to be done. */
const isOpenQuestion = ({ entitlementId, isAdmin, decision }: HeldRole): boolean =>
  isAdmin && (decision === null || (decision === 'take' && entitlementId === null));

/** Where an account of somebody would open as an administrator's that nobody has decided about. */
export async function administratorAgain(ctx: Context, personId: string): Promise<Administrator[]> {
  const held = await heldFromBefore(ctx, personId);
  return held.filter(({ opens, roles }) => opens && roles.some(isOpenQuestion)).map(({ appId, app }) => ({ personId, appId, app }));
}
