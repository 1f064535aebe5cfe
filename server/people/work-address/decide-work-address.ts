import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import { invalid, Refusal } from '../../platform/errors.ts';
import { readAddress } from '../import/read-address.ts';
import type { AddressPattern } from './address-pattern.ts';
import { getAddressPattern } from './get-address-pattern.ts';
import { isTransliterated } from './latin-letters.ts';
import { isReserved } from './reserved-local-parts.ts';
import { takenAmong } from './taken-addresses.ts';
import { reserveAddress } from './used-addresses.ts';
import { type LocalPart, type Name, workAddressFor } from './work-address-for.ts';

/** Who gets an address. `wanted`: as somebody typed it. `personId`: they are in the roster; an address that is theirs already is kept. */
export type AddressTerms = Name & { wanted?: string | null | undefined; personId?: string | null | undefined };
/** The address, and in words why this one. */
export type DecidedAddress = { address: string; words: string };

/**
 * Decides somebody's work address and takes it for good, in the caller's transaction: two at the same moment never get the same. By the pattern, the
 * next free one; or the wanted one. Refuses (422, 409, field `workAddress`) what is wrong or taken, with the next free one as advice.
 */
export async function decideWorkAddress(ctx: Context, terms: AddressTerms): Promise<DecidedAddress> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`work address ${ctx.organizationId}`}, 0))`.execute(ctx.db);
  const lost = new Set<string>();
  for (;;) {
    const { isOwn, ...decided } = await choose(ctx, terms, { without: lost });
    if (isOwn || (await reserveAddress(ctx, decided.address))) return decided;
    lost.add(decided.address);
  }
}

/** What `decideWorkAddress` would answer now, without taking it. `as`: by another pattern; `without`: as if these were taken, too. */
export async function foretellWorkAddress(
  ctx: Context,
  terms: AddressTerms,
  more: { as?: AddressPattern; without?: ReadonlySet<string> } = {},
): Promise<DecidedAddress> {
  const { address, words } = await choose(ctx, terms, more);
  return { address, words };
}

type Choice = DecidedAddress & { isOwn?: boolean };
type More = { as?: AddressPattern; without?: ReadonlySet<string> };

async function choose(ctx: Context, terms: AddressTerms, more: More): Promise<Choice> {
  if (terms.wanted) return chooseWanted(ctx, terms, terms.wanted, more);
  const own = terms.personId
    ? await ctx.db.selectFrom('people_people').select('work_address').where('id', '=', terms.personId).executeTakeFirst()
    : undefined;
  if (own?.work_address) return { address: own.work_address, words: 'They keep the address they have.', isOwn: true };
  return nextFree(ctx, terms, more);
}

async function chooseWanted(ctx: Context, terms: AddressTerms, wanted: string, more: More): Promise<Choice> {
  const text = wanted.trim();
  const { domain } = text.includes('@') ? { domain: null } : (more.as ?? (await getAddressPattern(ctx)));
  const read = readAddress(domain === null ? text : `${text}@${domain}`);
  if ('problem' in read) throw wrong(read.problem, wanted);
  const { address } = read;
  const local = address.slice(0, address.indexOf('@'));
  if (isReserved(local)) throw wrong(`"${local}" is kept for an office or a machine, never for a person. Write another.`, wanted);
  const why = more.without?.has(address) ? 'is taken' : (await takenAmong(ctx, [address], terms.personId ?? null)).get(address);
  if (why === undefined) {
    const theirs = terms.personId ? await isTheirs(ctx, terms.personId, address) : false;
    return { address, words: theirs ? 'It is theirs already.' : 'As you wrote it.', isOwn: theirs };
  }
  const { wanted: _, ...rest } = terms;
  const advice = await nextFree(ctx, rest, more).catch((error: unknown) => {
    if (error instanceof Refusal) return null;
    throw error;
  });
  const message = `${address} ${why}. ${advice === null ? 'Write another.' : `${advice.address} is free.`}`;
  throw new Refusal(409, 'address_taken', `${message} Nothing was changed.`, {
    problems: [{ field: 'workAddress', value: wanted, message }],
  });
}

async function isTheirs(ctx: Context, personId: string, address: string): Promise<boolean> {
  const { rows } = await sql`
    select from people_people where id = ${personId} and (lower(work_address) = ${address} or ${address} = any (lowered(aliases)))`.execute(
    ctx.db,
  );
  return rows.length > 0;
}

/** The first candidate that nobody has or had. Candidates are looked up some at a time, more each time. */
async function nextFree(ctx: Context, terms: AddressTerms, more: More): Promise<Choice> {
  const { pattern, domain } = more.as ?? (await getAddressPattern(ctx));
  if (domain === null)
    throw wrong('It is not known at which domain work addresses are. Write the address, or choose a pattern in Settings, Work addresses.');
  const candidates = workAddressFor(terms, pattern);
  let some = next(candidates, 1);
  if (some.length === 0)
    throw wrong('Nothing of this name can stand in a mail address. Write the address as the person writes their name in Latin letters.');
  const plain = `${some[0]!.local}@${domain}`;
  let why: string | undefined;
  for (let size = 8; ; some = next(candidates, size), size *= 4) {
    const addresses = some.map(({ local }) => `${local}@${domain}`);
    const taken = await takenAmong(ctx, addresses, terms.personId ?? null);
    why ??= more.without?.has(plain) ? 'is taken' : taken.get(plain);
    const free = addresses.find((address) => !taken.has(address) && more.without?.has(address) !== true);
    if (free === undefined) continue;
    const script = isTransliterated(`${terms.preferredName ?? terms.givenName}${terms.familyName ?? ''}`)
      ? ' The name was turned into Latin letters by its usual reading: write another address if the person spells it otherwise.'
      : '';
    return { address: free, words: `${why === undefined ? 'By the pattern.' : `${plain} ${why}, so it is the next one.`}${script}` };
  }
}

function next(candidates: Generator<LocalPart>, many: number): LocalPart[] {
  const some: LocalPart[] = [];
  while (some.length < many) {
    const { value, done } = candidates.next();
    if (done === true) break;
    some.push(value);
  }
  return some;
}

const wrong = (message: string, value?: string): Refusal =>
  invalid('bad_work_address', `${message} Nothing was changed.`, [
    { field: 'workAddress', ...(value === undefined ? {} : { value }), message },
  ]);
