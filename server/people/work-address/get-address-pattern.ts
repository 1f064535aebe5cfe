import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import { mostFrequent, proposePattern } from './propose-pattern.ts';

/** How work addresses are made now. `isSet`: somebody said so; else it is what the addresses that are there suggest. `domain` null: unknown. */
export type AddressPatternView = { pattern: string; domain: string | null; isSet: boolean; words: string };

const most = 500;

/** Where anybody can have an address: it says nothing about a company. */
const anybodys = /^(?:gmail|googlemail|outlook|hotmail|live|yahoo|icloud|me|gmx|web|proton|protonmail|aol|mail|yandex|qq|163)\.[a-z.]+$/;

/** The pattern that is set, else the proposed one: what explains most of the newest 500 work addresses. */
export async function getAddressPattern(ctx: Context): Promise<AddressPatternView> {
  const set = await ctx.db.selectFrom('people_address_patterns').select(['pattern', 'domain']).executeTakeFirst();
  if (set) return { ...set, isSet: true, words: `New work addresses are made as ${spoken(set.pattern)}@${set.domain}.` };
  const { rows } = await sql<{ givenName: string; familyName: string | null; preferredName: string | null; address: string }>`
    select given_name as "givenName", family_name as "familyName", preferred_name as "preferredName", work_address as address from people_people
    where work_address like '%@%' and erased_at is null order by id desc limit ${most}`.execute(ctx.db);
  const { pattern, domain, explained, of } = proposePattern(rows);
  if (domain !== null) {
    const words =
      explained === 0
        ? `None of the usual patterns explains the addresses at ${domain}. ${spoken(pattern)}@${domain} is used until you choose another.`
        : `${of === 1 ? 'The one address that is there is' : `${explained} of ${of === most ? 'the newest ' : ''}${of} addresses are`} ${spoken(pattern)}@${domain}. New ones are made like this until you choose another pattern.`;
    return { pattern, domain, isSet: false, words };
  }
  const { rows: members } = await sql<{ domain: string }>`
    select lower(split_part(address, '@', 2)) as domain from identity_members where disabled_at is null order by created_at limit ${most}`.execute(
    ctx.db,
  );
  const theirs = mostFrequent(members.map((member) => member.domain).filter((each) => each !== '' && !anybodys.test(each)));
  return {
    pattern,
    domain: theirs,
    isSet: false,
    words:
      theirs === null
        ? 'Nobody has a work address yet. Say how new ones are made and at which domain.'
        : `Nobody has a work address yet. ${theirs} is where those who sign in here have theirs; choose the pattern before the first hire.`,
  };
}

/** `{given}.{family}` as it is said: given.family. */
export const spoken = (pattern: string): string => pattern.replaceAll(/[{}]/g, '');
