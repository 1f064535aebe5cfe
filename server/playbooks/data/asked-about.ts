import type { Context } from '../../platform/context.ts';
import { dataAccounts } from './data-accounts.ts';
import { topicsOf } from './data-topics.ts';

/** About which topics somebody would be asked if this person left now. */
export async function askedAbout(ctx: Context, personId: string) {
  const topics = topicsOf(await dataAccounts(ctx, personId));
  return { mail: topics.includes('mail'), meetings: topics.includes('meetings'), any: topics.length > 0 };
}
