import { randomBytes } from 'node:crypto';
import { Attribute, Change } from 'ldapts';
import { type Answer, ConnectorError, type NewAccount, type PasswordTarget, type Session } from '../kit/index.ts';
import { present } from './change-account.ts';
import { dnValue } from './entry.ts';
import { changing } from './open-client.ts';
import { findAccount } from './read-account.ts';
import type { LdapSettings } from './settings.ts';

const normalAccount = '512';
const longestSamName = 20;
const passwordModify = '1.3.6.1.4.1.4203.1.11.1';

/** Creates an entry where people stand, unless one with this user name is there. In Active Directory it gets a password that nobody knows. */
export async function createEntry(session: Session<LdapSettings>, account: NewAccount): Promise<Answer & { externalId: string }> {
  const before = await findAccount(session, account.userName, { entitlements: 'none' });
  if (before)
    return {
      answered: `The directory has an account ${account.userName} already. Nothing was created.`,
      changed: false,
      externalId: before.externalId,
    };
  const { dn, attributes } =
    session.settings.dialect === 'active-directory' ? adEntry(session.settings, account) : personEntry(session.settings, account);
  await changing(session, (client) => client.add(dn, attributes));
  const after = await findAccount(session, account.userName, { entitlements: 'none' });
  if (!after)
    throw new ConnectorError(
      'refused',
      `The directory answered and shows no account ${account.userName}. Its filter of people may leave it out.`,
    );
  return { answered: `The directory created ${account.userName}.`, changed: true, externalId: after.externalId };
}

const nameOf = ({ displayName, givenName, familyName, userName }: NewAccount) =>
  displayName ?? ([givenName, familyName].filter(Boolean).join(' ') || userName);

/** inetOrgPerson (RFC 2798): cn and sn must be there. */
function personEntry({ peopleBase }: LdapSettings, account: NewAccount) {
  const { userName, givenName, familyName, displayName, address, employeeNumber } = account;
  return {
    dn: `uid=${dnValue(userName)},${peopleBase}`,
    attributes: given({
      objectClass: ['top', 'person', 'organizationalPerson', 'inetOrgPerson'],
      uid: userName,
      cn: nameOf(account),
      sn: familyName ?? nameOf(account),
      givenName,
      displayName,
      mail: address,
      employeeNumber,
    }),
  };
}

function adEntry({ peopleBase }: LdapSettings, account: NewAccount) {
  const { userName, givenName, familyName, displayName, address, employeeNumber } = account;
  return {
    dn: `cn=${dnValue(nameOf(account))},${peopleBase}`,
    attributes: given({
      objectClass: ['top', 'person', 'organizationalPerson', 'user'],
      cn: nameOf(account),
      userPrincipalName: userName,
      sAMAccountName: userName.split('@')[0]!.slice(0, longestSamName),
      sn: familyName,
      givenName,
      displayName,
      mail: address,
      employeeNumber,
      userAccountControl: normalAccount,
      unicodePwd: adPassword(`${randomBytes(24).toString('base64url')}aA1!`),
    }),
  };
}

/** unicodePwd takes the password in quotes, as UTF-16 (MS-ADTS, section 3.1.1.3.1.5). */
const adPassword = (password: string): Buffer => Buffer.from(`"${password}"`, 'utf16le');

function given(values: Record<string, string | string[] | Buffer | null>): Attribute[] {
  return Object.entries(values)
    .filter((entry): entry is [string, string | string[] | Buffer] => entry[1] !== null && entry[1] !== '')
    .map(([type, value]) => new Attribute({ type, values: Array.isArray(value) ? value : [value as string] }));
}

/** Sets a password: by the directory's own operation (RFC 3062), so that it is hashed there; in Active Directory by `unicodePwd`. */
export async function setPassword(session: Session<LdapSettings>, { account, password }: PasswordTarget): Promise<Answer> {
  const entry = await present(session, account);
  if (session.settings.dialect === 'active-directory') {
    const modification = new Attribute({ type: 'unicodePwd', values: [adPassword(password)] });
    await changing(session, (client) => client.modify(entry.dn, new Change({ operation: 'replace', modification })));
  } else {
    await changing(session, (client) => client.exop(passwordModify, passwordRequest(entry.dn, password)));
  }
  return { answered: 'The directory took the password.', changed: true };
}

/** PasswdModifyRequestValue ::= SEQUENCE { userIdentity [0], newPasswd [2] }, in BER. */
function passwordRequest(dn: string, password: string): Buffer {
  const part = (tag: number, text: string) => tagged(tag, Buffer.from(text, 'utf8'));
  return tagged(0x30, Buffer.concat([part(0x80, dn), part(0x82, password)]));
}

function tagged(tag: number, content: Buffer): Buffer {
  const length =
    content.length < 128
      ? [content.length]
      : content.length < 256
        ? [0x81, content.length]
        : [0x82, content.length >> 8, content.length & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}
