import { Attribute, Change, type Client, type Entry, ResultCodeError } from 'ldapts';
import { type AccountChange, type AccountTarget, type Answer, ConnectorError, type EntitlementTarget, type Session } from '../kit/index.ts';
import { adControl, dialectOf, idFilter, isClosed, lockedForGood } from './dialects.ts';
import { allValues, dnKey, firstValue } from './entry.ts';
import { groupAttributes, memberIn } from './groups.ts';
import { changing } from './open-client.ts';
import { readEntry } from './read-account.ts';
import { searchOne } from './search.ts';
import type { LdapSettings } from './settings.ts';

const replaced = (type: string, values: string[]) => new Change({ operation: 'replace', modification: new Attribute({ type, values }) });
const codes = { noSuchAttribute: 16, valueExists: 20 };

export async function present(session: Session<LdapSettings>, { externalId }: AccountTarget): Promise<Entry> {
  const entry = await readEntry(session, externalId);
  if (entry === null) throw new ConnectorError('missing', 'The directory says that this account does not exist. Nothing was changed.');
  return entry;
}

/** Closes or opens an account in the way of its directory. The entry, its groups and its password stay. */
export async function changeOpen(session: Session<LdapSettings>, account: AccountTarget, open: boolean): Promise<Answer> {
  const dialect = dialectOf(session.settings);
  if (dialect.closed === '')
    throw new ConnectorError(
      'unsupported',
      'The settings say that this directory cannot close accounts. Choose another way there, or change it by hand.',
    );
  const entry = await present(session, account);
  if (isClosed(entry, dialect) === !open)
    return { answered: `The account was ${open ? 'open' : 'closed'} already. Nothing was sent.`, changed: false };
  await changing(session, (client) => client.modify(entry.dn, openChanges(entry, dialect.closed, open)));
  return { answered: `The directory took it: ${open ? 'open' : 'closed'}.`, changed: true };
}

function openChanges(entry: Entry, attribute: string, open: boolean): Change[] {
  if (attribute === 'pwdAccountLockedTime') return [replaced(attribute, open ? [] : [lockedForGood])];
  if (attribute === 'nsAccountLock') return [replaced(attribute, open ? [] : ['TRUE'])];
  const before = firstValue(entry, attribute) ?? '512';
  // The old value is named, so that what somebody else changed meanwhile is not overwritten.
  return [
    new Change({ operation: 'delete', modification: new Attribute({ type: attribute, values: [before] }) }),
    new Change({ operation: 'add', modification: new Attribute({ type: attribute, values: [String(adControl(Number(before), open))] }) }),
  ];
}

/** Puts an account into a group, or takes it out; others stay. */
export async function changeMembership(
  session: Session<LdapSettings>,
  { account, entitlement }: EntitlementTarget,
  has: boolean,
): Promise<Answer> {
  const dialect = dialectOf(session.settings);
  const person = await present(session, account);
  const filter = idFilter(entitlement.externalId, dialect);
  const { groupsBase, peopleBase } = session.settings;
  const group =
    filter === null
      ? null
      : await searchOne(session, {
          base: groupsBase ?? peopleBase,
          filter,
          attributes: [...groupAttributes(session), 'uniqueMember', 'memberUid', 'member'],
        });
  if (group === null) throw new ConnectorError('missing', `The directory has no group ${entitlement.name} any more. Nothing was changed.`);
  const { attribute, value } = memberIn(group, person);
  const held = allValues(group, attribute).find((each) =>
    attribute === 'memberUid' ? each.toLowerCase() === value.toLowerCase() : dnKey(each) === dnKey(value),
  );
  const already = { answered: `The account was ${has ? 'in' : 'without'} ${entitlement.name} already. Nothing was sent.`, changed: false };
  if ((held !== undefined) === has && !isCut(group)) return already;
  const change = new Change({
    operation: has ? 'add' : 'delete',
    modification: new Attribute({ type: attribute, values: [held ?? value] }),
  });
  const done = await changing(session, (client) => modifyUnless(client, group.dn, change, has ? codes.valueExists : codes.noSuchAttribute));
  return done ? { answered: `The directory took it: ${has ? 'in' : 'out of'} ${entitlement.name}.`, changed: true } : already;
}

/** Active Directory shows only the first members of a long list, under another name (`member;range=0-1499`). */
const isCut = (group: Entry): boolean => Object.keys(group).some((name) => /^member;range=/i.test(name));

/** Sends a change; false when the directory answers that it is so already. */
async function modifyUnless(client: Client, dn: string, change: Change, code: number): Promise<boolean> {
  try {
    await client.modify(dn, change);
    return true;
  } catch (error) {
    if (error instanceof ResultCodeError && error.code === code) return false;
    throw error;
  }
}

/** Changes names and numbers; what is the same already is not sent. */
export async function changeFacts(session: Session<LdapSettings>, { account, facts }: AccountChange): Promise<Answer> {
  const dialect = dialectOf(session.settings);
  const entry = await present(session, account);
  const wanted: [string, string | null | undefined][] = [
    ['givenName', facts.givenName],
    ['sn', facts.familyName],
    ['displayName', facts.displayName],
    ['mail', facts.address],
    [dialect.employeeNumber[0]!, facts.employeeNumber],
    ['title', facts.title],
    [dialect.department[0]!, facts.department],
  ];
  // A family name cannot be taken away: the directory requires one.
  const changes = wanted
    .filter(([name, value]) => value !== undefined && firstValue(entry, name) !== value && !(name === 'sn' && value === null))
    .map(([name, value]) => replaced(name, value === null || value === undefined ? [] : [value]));
  if (changes.length === 0) return { answered: 'The directory shows these values already. Nothing was sent.', changed: false };
  await changing(session, (client) => client.modify(entry.dn, changes));
  return { answered: 'The directory took the new values.', changed: true };
}

/** Deletes an entry for good. */
export async function deleteEntry(session: Session<LdapSettings>, { externalId }: AccountTarget): Promise<Answer> {
  const entry = await readEntry(session, externalId);
  if (entry === null) return { answered: 'There is no such account. Nothing was sent.', changed: false };
  await changing(session, (client) => client.del(entry.dn));
  return { answered: 'The directory deleted the entry.', changed: true };
}
