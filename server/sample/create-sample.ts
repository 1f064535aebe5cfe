import { sampleBeginning } from '../../sample/calendar.ts';
import { addMember, createOrganization } from '../identity/index.ts';
import { appendAudit } from '../platform/audit.ts';
import { handClock } from '../platform/clock.ts';
import { type Context, runAsSystem, systemActor } from '../platform/context.ts';
import { conflict } from '../platform/errors.ts';
import type { Edge } from '../platform/http/route.ts';
import { sampleJob } from './jobs.ts';
import { removeSample } from './remove-sample.ts';
import { findOwnSample, linkSample } from './sample-state.ts';

type Owner = { name: string; address: string; userId: string | null };

/**
 * Makes a sample company in an organization of its own, for who asks: they own it too and can switch to it. It is filled by a job. Each
 * organization has one sample at most; a sample has none.
 */
export async function createSample(edge: Edge): Promise<{ organizationId: string }> {
  const there = await findOwnSample(edge);
  if (there)
    throw conflict(
      'sample_is_there',
      `There is a sample already: ${there.name}. Remove it first, then make a new one. Nothing was changed.`,
    );
  const { owners, insteadOf, timeZone } = await edge.run((ctx) => startingPoint(ctx, edge.actor.memberId));
  // Its first day lies a hundred days back.
  const beginning = handClock(sampleBeginning(edge.platform.clock.now()).toString());
  const organizationId = await createOrganization(
    { ...edge.platform, clock: beginning },
    { name: 'Fernhill Instruments (sample)', timeZone, sample: true },
    async (ctx) => {
      for (const owner of owners) await addMember(ctx, { ...owner, roles: ['owner'] });
    },
    { ...systemActor, name: edge.actor.name },
  );
  const isMine = await edge.run(async (ctx) => {
    const linked = await linkSample(ctx, { sampleId: organizationId, insteadOf });
    if (linked)
      await appendAudit(ctx, {
        action: 'sample.created',
        subject: { kind: 'organization', id: organizationId, name: 'Fernhill Instruments (sample)' },
      });
    return linked;
  });
  if (!isMine) {
    await removeSample(edge.platform, organizationId);
    throw conflict('sample_is_there', 'Somebody else made a sample at the same moment. Nothing was changed.');
  }
  // Only now: one that lost against another is removed while nobody works on it.
  await runAsSystem(edge.platform, organizationId, (ctx) => edge.platform.jobs.enqueue(ctx, sampleJob, {}));
  return { organizationId };
}

/** Who will own the sample: who asks; from the command line, the owners of the organization. */
async function startingPoint(
  ctx: Context,
  memberId: string | null,
): Promise<{ owners: Owner[]; insteadOf: string | null; timeZone: string }> {
  const organization = await ctx.db.selectFrom('identity_organizations').select(['settings']).executeTakeFirstOrThrow();
  const members = await ctx.db
    .selectFrom('identity_members')
    .select(['id', 'name', 'address', 'user_id as userId', 'roles'])
    .where('disabled_at', 'is', null)
    .orderBy('created_at')
    .execute();
  const owners = members.filter(({ id, roles }) => (memberId ? id === memberId : roles.includes('owner')));
  if (owners.length === 0) throw conflict('no_owner', 'The sample needs an owner, and this organization has none yet. Set one up first.');
  const insteadOf = (organization.settings as { sampleOrganizationId?: string }).sampleOrganizationId ?? null;
  return { owners: owners.map(({ name, address, userId }) => ({ name, address, userId })), insteadOf, timeZone: 'Europe/Berlin' };
}
