import { appendAudit } from '../../platform/audit.ts';
import type { Context } from '../../platform/context.ts';
import { type AddressPattern, checkAddressPattern } from './address-pattern.ts';

/** Sets how new work addresses are made. Addresses that people have stay. Refuses (422) a pattern or domain that makes none. */
export async function changeAddressPattern(ctx: Context, input: AddressPattern): Promise<void> {
  const after = checkAddressPattern(input);
  const before = await ctx.db.selectFrom('people_address_patterns').select(['pattern', 'domain']).executeTakeFirst();
  if (before?.pattern === after.pattern && before.domain === after.domain) return;
  const row = { ...after, changed_at: ctx.now.toString() };
  await ctx.db
    .insertInto('people_address_patterns')
    .values({ organization_id: ctx.organizationId, ...row })
    .onConflict((c) => c.column('organization_id').doUpdateSet(row))
    .execute();
  await appendAudit(ctx, {
    action: 'address-pattern.changed',
    subject: { kind: 'organization', id: ctx.organizationId },
    before: before ?? null,
    after,
  });
}
