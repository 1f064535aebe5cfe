import type { Context } from '../../platform/context.ts';
import { isTake } from '../gap/classify.ts';
import type { Gap, GapLine } from '../gap/compute-gap.ts';
import { keyText } from '../gap/gap-candidates.ts';
import { type HeldAtAll, heldAtAll } from '../held-from-before.ts';

export type Administrator = { personId: string; appId: string; app: string };

/**
 * Leaves out of a gap what would open an account again that is an administrator's from before, or holds what makes it one, while nobody has decided
 * about that, or what goes does not go with these lines: nobody becomes an administrator again by themselves. What hangs on such an account waits
 * with it. `left`: whom, and where.
 */
export async function withoutAdministrators(
  ctx: Context,
  gap: Pick<Gap, 'apps'>,
  lines: readonly GapLine[],
): Promise<{ lines: GapLine[]; left: Administrator[] }> {
  const taken = takenBy(lines);
  const reopened = lines.filter(({ change }) => change === 'reopen');
  const left: Administrator[] = [];
  for (const personId of new Set(reopened.map((line) => line.personId))) left.push(...(await administratorAgain(ctx, personId, taken)));
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

/** What goes with these lines: a role that goes, but not by them, is there still when the account opens. */
export const takenBy = (lines: readonly GapLine[]): ReadonlySet<string> =>
  new Set(lines.filter(({ change }) => isTake(change)).map(keyText));

/**
 * Where an account of somebody would open as an administrator's that nobody has decided about. `taken`: what goes before it opens, as `takenBy`
 * says; without it everything that was decided to go, or goes by itself, counts as gone.
 */
export async function administratorAgain(ctx: Context, personId: string, taken: ReadonlySet<string> | null): Promise<Administrator[]> {
  const isQuestion = (appId: string, { entitlementId, isAdmin, decision, goesByItself }: HeldAtAll['roles'][number]): boolean => {
    if (!isAdmin || decision === 'keep') return false;
    // Rights that hang on no known role only a person can take: what they were asked has to be done.
    if (entitlementId === null || (decision === null && !goesByItself)) return true;
    return taken !== null && !taken.has(keyText({ personId, appId, entitlementId }));
  };
  const held = await heldAtAll(ctx, personId);
  return held
    .filter(({ appId, opens, roles }) => opens && roles.some((role) => isQuestion(appId, role)))
    .map(({ appId, app }) => ({ personId, appId, app }));
}
