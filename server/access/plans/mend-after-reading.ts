import type { Context } from '../../platform/context.ts';
import { mendByItself } from './mend-by-itself.ts';

// Beyond these the whole app is compared at once.
const oneByOne = 20;

/** Mends by itself what a reading of an app shows open: for everybody (`people` null), or for those whose accounts changed. */
export async function mendAfterReading(ctx: Context, appId: string, people: string[] | null): Promise<void> {
  if (people === null || people.length > oneByOne) return mendByItself(ctx, { appId });
  for (const personId of people) await mendByItself(ctx, { appId, personId });
}
