import { retentionRule } from '../platform/retention.ts';

/** Round trips to a company's provider, and the SAML assertions that were taken: a day after they are over nothing can be done with them any more. */
export const roundTripRetention = retentionRule({
  name: 'round trips of company sign-ins',
  days: 1,
  erase: async (ctx, before) => {
    const trips = await ctx.db.deleteFrom('identity_round_trips').where('expires_at', '<', before.toString()).executeTakeFirst();
    const assertions = await ctx.db.deleteFrom('identity_used_assertions').where('expires_at', '<', before.toString()).executeTakeFirst();
    return Number(trips.numDeletedRows) + Number(assertions.numDeletedRows);
  },
});
