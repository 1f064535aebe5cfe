import {
  type AccountRecord,
  ConnectorError,
  type EntitlementRecord,
  type Page,
  type ReadWish,
  readPages,
  type Session,
  textOf,
} from '../kit/index.ts';
import { descriptionOf, listItems, send } from './ask.ts';
import type { HttpSettings } from './settings.ts';
import { toAccount } from './to-account.ts';
import { valueAt } from './value-at.ts';

type Held = { of(externalId: string): EntitlementRecord[] | null };

/** All accounts, page by page. */
export async function* listAccounts(session: Session<HttpSettings>): AsyncGenerator<Page<AccountRecord>> {
  const { accounts } = descriptionOf(session.settings);
  const held = await session.remember('http memberships', () => memberships(session));
  for await (const page of listItems(session, accounts.list)) {
    const records = page.records.map((item) => toAccount(item, accounts.fields, held.of(textOf(valueAt(item, accounts.fields.id)) ?? '')));
    yield { ...page, records };
  }
}

/** What the app lists that its accounts can hold. */
export async function* listEntitlements(session: Session<HttpSettings>): AsyncGenerator<Page<EntitlementRecord>> {
  const { entitlements } = descriptionOf(session.settings);
  for (const [index, { kind, list, id, name }] of entitlements.entries())
    for await (const page of listItems(session, list)) {
      const records = page.records.flatMap((item): EntitlementRecord[] => {
        const externalId = textOf(valueAt(item, id));
        return externalId === null
          ? []
          : [{ kind, externalId, name: (name === undefined ? null : textOf(valueAt(item, name))) ?? externalId }];
      });
      yield { records, total: null, last: page.last === true && index === entitlements.length - 1 };
    }
}

/** Who holds what, from the side of what is held; null where the description does not tell. */
async function memberships(session: Session<HttpSettings>): Promise<Held> {
  const { entitlements, accounts } = descriptionOf(session.settings);
  const told = entitlements.filter(({ members }) => members !== undefined);
  if (told.length === 0) return { of: () => (accounts.fields.entitlements === undefined ? null : []) };
  const held = new Map<string, EntitlementRecord[]>();
  const kinds = new Map(told.map((each) => [each.kind, each.members!]));
  for await (const { records } of listEntitlements(session))
    for (const entitlement of records) {
      const members = kinds.get(entitlement.kind);
      if (!members) continue;
      const values = { entitlement: { id: entitlement.externalId, name: entitlement.name } };
      for await (const page of listItems(session, members.list, values))
        for (const item of page.records) {
          const id = textOf(valueAt(item, members.id));
          if (id !== null) held.set(id, [...(held.get(id) ?? []), entitlement]);
        }
    }
  return { of: (externalId) => held.get(externalId) ?? [] };
}

/** An account, freshly read; by the list where the description has no other way. null when there is none. */
export async function readAccount(session: Session<HttpSettings>, externalId: string, wish: ReadWish = {}): Promise<AccountRecord | null> {
  const { accounts } = descriptionOf(session.settings);
  const { read, fields, list } = accounts;
  const held = wish.entitlements === 'none' ? null : (await memberships(session)).of(externalId);
  if (read === undefined) return inList(session, (item) => textOf(valueAt(item, fields.id)) === externalId, held);
  const response = await send(session, read, { values: { id: externalId }, accept: [404, 410] });
  if (response.status >= 400) {
    // A wrong address answers the same: it proves something only if the list still comes.
    await send(session, list);
    return null;
  }
  const item = read.item === undefined ? response.json() : valueAt(response.json(), read.item);
  const account = toAccount(item, fields, held);
  if (account.externalId !== externalId) throw new ConnectorError('broken', 'The app was asked for one account and answered with another.');
  return account;
}

/** Looks an account up by user name or address: as described, else in the whole list. */
export async function findAccount(session: Session<HttpSettings>, userName: string, wish: ReadWish = {}): Promise<AccountRecord | null> {
  const { accounts } = descriptionOf(session.settings);
  const { find, fields, list } = accounts;
  const wanted = userName.toLowerCase();
  const fits = (item: unknown) => {
    const { userName: name, addresses } = toAccount(item, fields, null);
    return [name, ...addresses].some((each) => each?.toLowerCase() === wanted);
  };
  let item: unknown;
  if (find === undefined) {
    const found = await inList(session, fits, null);
    return found === null ? null : readAccount(session, found.externalId, wish);
  }
  const response = await send(session, find, { values: { userName }, accept: [404, 410] });
  if (response.status >= 400) {
    await send(session, list);
    return null;
  }
  const body = response.json();
  if (find.items === undefined) item = find.item === undefined ? body : valueAt(body, find.item);
  else {
    const items = valueAt(body, find.items);
    item = Array.isArray(items) ? items.find(fits) : undefined;
  }
  if (item === undefined || item === null || !fits(item)) return null;
  return readAccount(session, toAccount(item, fields, null).externalId, wish);
}

async function inList(
  session: Session<HttpSettings>,
  fits: (item: unknown) => boolean,
  held: EntitlementRecord[] | null,
): Promise<AccountRecord | null> {
  const { accounts } = descriptionOf(session.settings);
  let found: unknown;
  const reading = await readPages(listItems(session, accounts.list), {
    idOf: (item) => textOf(valueAt(item, accounts.fields.id)) ?? JSON.stringify(item),
    onPage: (items) => {
      found = items.find(fits);
      return found === undefined ? undefined : 'enough';
    },
  });
  if (found !== undefined) return toAccount(found, accounts.fields, held);
  if (reading.complete === false)
    throw new ConnectorError('broken', `${reading.words} So it cannot be said whether there is such an account.`);
  return null;
}
