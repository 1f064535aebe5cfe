import type { Command } from 'commander';
import { readConfig } from '../platform/config.ts';
import { Refusal } from '../platform/errors.ts';
import { answering, columns, type Options, type Said } from './answer.ts';
import { inSession } from './open-session.ts';

/** `token create | list | revoke`: what programs act with. */
export function addTokenCommand(program: Command): void {
  const token = program.command('token').description('API tokens');
  token
    .command('create')
    .description('make a token; its text is printed once and never again')
    .requiredOption('--name <name>', 'what it is for')
    .option('--scopes <list>', 'what it may do, separated by commas (*, *:read, people:read, …)', '*')
    .option('--days <number>', 'after how many days it ends, at most 366', '90')
    .option('--member <address>', 'whose rights it has; needed on the machine itself when there are several owners')
    .action(answering(create));
  token.command('list').description('the tokens that are not revoked').action(answering(list));
  token.command('revoke').argument('<id>', 'a token, by id or name').description('end a token at once').action(answering(revoke));
}

async function create(options: Options): Promise<Said> {
  const { name, scopes, days, member } = options as unknown as { name: string; scopes: string; days: string; member?: string };
  if (!/^\d+$/.test(days)) throw new Refusal(422, 'bad_days', `--days is "${days}". It must be a number from 1 to 366. Nothing was made.`);
  return inSession(options, async ({ call, local }) => {
    const memberId = member || local ? await findMember(call, member) : undefined;
    const expiresAt = readConfig()
      .clock.now()
      .add({ hours: 24 * Number(days) })
      .toString();
    const wanted = scopes
      .split(',')
      .map((scope) => scope.trim())
      .filter(Boolean);
    const made = await call('addToken', { body: { name, scopes: wanted, expiresAt, ...(memberId ? { memberId } : {}) } });
    return { data: { ...made, expiresAt, scopes: wanted }, words: made.token };
  });
}

type Call = Parameters<Parameters<typeof inSession>[1]>[0]['call'];

async function findMember(call: Call, address: string | undefined): Promise<string> {
  const { rows } = await call('listMembers', { query: { limit: 200 } });
  const working = rows.filter((row) => row.disabledAt === null);
  if (address !== undefined) {
    const found = working.find((row) => row.address.toLowerCase() === address.trim().toLowerCase());
    if (!found) throw new Refusal(404, 'unknown_member', `No member has the address ${address}. Nothing was made.`);
    return found.id;
  }
  const owners = working.filter((row) => row.roles.includes('owner'));
  if (owners.length === 1) return owners[0]!.id;
  throw new Refusal(
    422,
    'which_member',
    `Say with --member whose rights it has: ${owners.map((row) => row.address).join(', ') || 'there is no owner yet'}. Nothing was made.`,
  );
}

async function list(options: Options): Promise<Said> {
  return inSession(options, async ({ call }) => {
    const data = await call('listTokens', { query: { limit: 200 } });
    const lines = data.rows.map((row) => [row.id, row.name, row.memberName, row.scopes.join(','), `until ${row.expiresAt.slice(0, 10)}`]);
    return { data, words: data.rows.length > 0 ? columns(lines) : 'There is no token.' };
  });
}

async function revoke(options: Options, which: string): Promise<Said> {
  return inSession(options, async ({ call }) => {
    const { rows } = await call('listTokens', { query: { limit: 200 } });
    const found = rows.filter((row) => row.id === which || row.name === which);
    if (found.length !== 1) {
      const why = found.length === 0 ? `There is no token "${which}"` : `${found.length} tokens are called "${which}": give the id`;
      throw new Refusal(404, 'unknown_token', `${why}. Nothing was changed.`);
    }
    await call('revokeToken', { params: { tokenId: found[0]!.id } });
    return { data: { id: found[0]!.id, revoked: true }, words: `${found[0]!.name} has ended.` };
  });
}
