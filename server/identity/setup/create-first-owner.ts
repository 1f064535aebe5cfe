import { appendAudit } from '../../platform/audit.ts';
import { type Context, runAsSystem } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import { Refusal } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { addMember } from '../add-member.ts';
import { checkAddress } from '../check-address.ts';
import { checkOrganization, createOrganization } from '../create-organization.ts';
import { makeUser, setCredentials } from '../sign-in/users.ts';
import { hashSecret } from '../tokens/create-token.ts';
import { setupState } from './setup-state.ts';

export type FirstOwner = { secret: string; organization: string; timeZone: string; name: string; address: string; password: string | null };

const ended = () =>
  new Refusal(
    404,
    'link_ended',
    'This link was used or has expired. Start Groundcrew again: it prints a new one until somebody can sign in.',
  );

/** Throws 404 unless the secret of a set-up link can be used now. */
export async function checkSetupLink(platform: Platform, secret: string): Promise<void> {
  const { rows } = await sql<{
    open: boolean;
  }>`select setup_link_is_open(${hashSecret(secret)}, ${platform.clock.now().toString()}) as open`.execute(platform.database);
  if (!rows[0]!.open || !(await setupState(platform)).open) throw ended();
}

/**
 * Uses a set-up link: makes the organization, its first owner and their user (without a second factor yet). What an earlier try left unfinished,
 * or the command line made without anybody to sign in, is taken over instead of doubled.
 */
export async function createFirstOwner(
  platform: Platform,
  input: FirstOwner,
): Promise<{ organizationId: string; memberId: string; userId: string }> {
  await checkSetupLink(platform, input.secret);
  checkOrganization({ name: input.organization, timeZone: input.timeZone });
  checkAddress(input.address);
  const { organization } = await setupState(platform);
  const { userId, name, address } = await firstUser(platform, input, organization?.ownerUserId ?? null);
  const owner = { name, address, roles: ['owner'], userId };
  let memberId = '';
  if (organization) {
    await runAsSystem(platform, organization.id, async (ctx) => {
      await useLink(ctx, input.secret);
      await ctx.db.updateTable('identity_organizations').set({ name: input.organization.trim(), time_zone: input.timeZone }).execute();
      memberId = organization.ownerId ? await takeOver(ctx, organization.ownerId, owner) : await addMember(ctx, owner);
    });
    return { organizationId: organization.id, memberId, userId };
  }
  const organizationId = await createOrganization(platform, { name: input.organization, timeZone: input.timeZone }, async (ctx) => {
    await useLink(ctx, input.secret);
    memberId = await addMember(ctx, owner);
  });
  return { organizationId, memberId, userId };
}

async function firstUser(
  platform: Platform,
  input: FirstOwner,
  earlier: string | null,
): Promise<{ userId: string; name: string; address: string }> {
  const person = { name: input.name.trim(), address: input.address.trim().toLowerCase() };
  if (!earlier) return { ...person, userId: await makeUser(platform, { ...person, password: input.password }) };
  await setCredentials(platform, earlier, input.password);
  await platform.authPool.query('update auth."user" set name = $2, email = $3 where id = $1', [earlier, person.name, person.address]);
  return { ...person, userId: earlier };
}

async function useLink(ctx: Context, secret: string): Promise<void> {
  const { rows } = await sql<{ used: boolean }>`select use_setup_link(${hashSecret(secret)}, ${ctx.now.toString()}) as used`.execute(
    ctx.db,
  );
  if (!rows[0]!.used) throw ended();
}

async function takeOver(ctx: Context, memberId: string, owner: { name: string; address: string; userId: string }): Promise<string> {
  await ctx.db
    .updateTable('identity_members')
    .set({ name: owner.name, address: owner.address, user_id: owner.userId })
    .where('id', '=', memberId)
    .execute();
  await appendAudit(ctx, {
    action: 'member.changed',
    subject: { kind: 'member', id: memberId, name: owner.name },
    after: { address: owner.address, roles: ['owner'] },
  });
  return memberId;
}
