import type { Command } from 'commander';
import { Refusal } from '../platform/errors.ts';
import { answering, type Options, type Said } from './answer.ts';
import { onlyHere } from './backup-command.ts';
import { choose, commandActor, listOrganizations, onDataFolder } from './open-session.ts';

/** `sign-in`: a new link for a member who cannot sign in any more, where no mail server could bring it. */
export function addSignInCommand(program: Command): void {
  program
    .command('sign-in')
    .description('print a link with which a member sets up their sign-in anew; their old password, passkeys and codes end when it is used')
    .argument('<address>', 'the member’s mail address')
    .action(answering(signIn));
}

async function signIn(options: Options, address: string): Promise<Said> {
  onlyHere('sign-in');
  const [{ sendInvitation, belongsElsewhere }, { runAs }] = await Promise.all([
    import('../identity/index.ts'),
    import('../platform/context.ts'),
  ]);
  return onDataFolder(async ({ platform }) => {
    const organization = choose(await listOrganizations(platform), options.organization as string | undefined);
    if (!organization) throw new Refusal(404, 'unknown_organization', 'There is no organization here yet. Begin with init.');
    return runAs(platform, { organizationId: organization.id, actor: commandActor }, async (ctx) => {
      const member = await ctx.db
        .selectFrom('identity_members')
        .select(['id', 'name'])
        .where((e) => e(e.fn<string>('lower', ['address']), '=', address.trim().toLowerCase()))
        .where('disabled_at', 'is', null)
        .executeTakeFirst();
      if (!member)
        throw new Refusal(404, 'unknown_member', `No member of ${organization.name} has the address ${address}. Nothing was changed.`);
      const link = await sendInvitation(ctx, member.id, await belongsElsewhere(ctx, member.id));
      const words = link ? [`${member.name} sets up their sign-in here, once:`, `  ${link}`] : [`A link was mailed to ${address}.`];
      return { data: { memberId: member.id, link }, words };
    });
  });
}
