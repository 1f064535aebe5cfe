import type { Command } from 'commander';
import { Refusal } from '../platform/errors.ts';
import { answering, type Options, type Said } from './answer.ts';
import { onlyHere } from './backup-command.ts';
import { commandActor, listOrganizations, onDataFolder } from './open-session.ts';

/** `init`: an organization with its owner, without the page. Prints the link with which the owner sets up their sign-in. */
export function addInitCommand(program: Command): void {
  program
    .command('init')
    .description('make an organization and its owner; prints the link with which the owner sets up their sign-in')
    .requiredOption('--name <name>', 'the company')
    .requiredOption('--time-zone <zone>', 'its time zone, such as Europe/Berlin')
    .requiredOption('--owner-name <name>', 'who owns it')
    .requiredOption('--owner-address <address>', 'their mail address')
    .action(answering(init));
}

async function init(options: Options): Promise<Said> {
  onlyHere('init');
  const { createOrganization, inviteMember, addMember, makeSetupLink } = await import('../identity/index.ts');
  const given = options as unknown as { name: string; timeZone: string; ownerName: string; ownerAddress: string };
  return onDataFolder(async ({ platform }) => {
    const taken = (await listOrganizations(platform)).some((each) => each.name.toLowerCase() === given.name.trim().toLowerCase());
    if (taken) throw new Refusal(409, 'already_there', `There is an organization "${given.name.trim()}" already. Nothing was changed.`);
    const isFirst = (await makeSetupLink(platform)) !== null;
    const owner = { name: given.ownerName, address: given.ownerAddress, roles: ['owner'] };
    let made: { memberId: string; link: string | null } = { memberId: '', link: null };
    const organizationId = await createOrganization(
      platform,
      { name: given.name, timeZone: given.timeZone },
      async (ctx) => {
        made = isFirst ? { memberId: await addMember(ctx, owner), link: null } : await inviteMember(ctx, owner);
      },
      commandActor,
    );
    // While nobody can sign in yet, the set-up link takes over what was made here. Later owners get an invitation.
    const link = made.link ?? (await makeSetupLink(platform));
    const words = [`Made ${given.name.trim()} with ${given.ownerName} as its owner.`];
    if (link) words.push(`${given.ownerName} sets up their sign-in here, once:`, `  ${link}`);
    else words.push(`${given.ownerName} signs in as before.`);
    return { data: { organizationId, memberId: made.memberId, link }, words };
  });
}
