import { type AccountRecord, ConnectorError, type Session, type Trial, type Tried, textOf } from '../kit/index.ts';
import { descriptionOf, prepared, send } from './ask.ts';
import { type List, methodOf, type Request } from './description.ts';
import type { Values } from './fill-template.ts';
import { findAccount, readAccount } from './read.ts';
import type { HttpSettings } from './settings.ts';
import { toAccount } from './to-account.ts';
import { valueAt } from './value-at.ts';

const longestAnswer = 4_000;

/** A description tried step by step: reads are made, changes are only shown as they would be sent. */
export const trial: Trial<HttpSettings> = {
  steps(settings) {
    const { accounts, entitlements, actions } = descriptionOf(settings);
    return [
      { id: 'list', title: 'List accounts', asks: null },
      ...entitlements.map(({ kind }, index) => ({ id: `entitlements ${index}`, title: `List each ${kind}`, asks: null })),
      ...(accounts.find ? [{ id: 'find', title: 'Find an account', asks: 'User name or address' }] : []),
      { id: 'read', title: 'Read an account', asks: 'Its id' },
      ...Object.keys(actions)
        .filter((name) => name !== 'grant' && name !== 'revoke')
        .map((name) => ({
          id: name,
          title: `Show what would be sent: ${name}`,
          asks: name === 'create' ? 'User name or address' : 'An account’s id',
        })),
      ...(['grant', 'revoke'] as const).flatMap((name) =>
        Object.keys(actions[name] ?? {}).map((kind) => ({
          id: `${name} ${kind}`,
          title: `Show what would be sent: ${name} a ${kind}`,
          asks: 'An account’s id',
        })),
      ),
    ];
  },
  async run(session, step, value) {
    const [name = '', more = ''] = step.split(' ');
    const { accounts, entitlements, actions } = descriptionOf(session.settings);
    if (name === 'list') return tryList(session, accounts.list, (item) => accountWords(toAccount(item, accounts.fields, null)));
    if (name === 'entitlements') {
      const kind = entitlements[Number(more)]!;
      return tryList(
        session,
        kind.list,
        (item) =>
          `${kind.kind} ${textOf(valueAt(item, kind.name ?? kind.id)) ?? '(no name)'}, id ${textOf(valueAt(item, kind.id)) ?? '(none)'}.`,
      );
    }
    if (name === 'find') return understood(accounts.find!, { userName: value }, await findAccount(session, value), null);
    if (name === 'read') {
      const { read } = accounts;
      const answer = read ? session.scrub((await send(session, read, { values: { id: value }, accept: [404, 410] })).text()) : null;
      return understood(read ?? accounts.list, { id: value }, await readAccount(session, value), answer);
    }
    const requests = name === 'grant' || name === 'revoke' ? [actions[name]![more]!] : ([actions[name as 'suspend']].flat() as Request[]);
    return tryChange(session, requests, name === 'create', value);
  },
};

const shown = (request: Request | List, values: Values): string => {
  const { method, path, body } = prepared(request, values);
  return `${method.toUpperCase()} ${path}${body === undefined ? '' : `\n${JSON.stringify(body, null, 2)}`}`;
};

async function tryList(session: Session<HttpSettings>, list: List, words: (item: unknown) => string): Promise<Tried> {
  const response = await send(session, list);
  const answer = prettyAnswer(session, response.text());
  const request = shown(list, {});
  const found = list.items === undefined ? response.json() : valueAt(response.json(), list.items);
  if (!Array.isArray(found))
    return {
      request,
      answer,
      ok: false,
      understood: [`There is no list ${list.items === undefined ? 'in the answer itself' : `at ${list.items}`}. Correct "items".`],
    };
  try {
    const total =
      list.total === undefined ? [] : [`The answer counts ${String(valueAt(response.json(), list.total) ?? 'nothing')} in all.`];
    return {
      request,
      answer,
      ok: found.length > 0,
      understood: [`The first page holds ${found.length}.`, ...total, ...found.slice(0, 3).map(words)],
    };
  } catch (error) {
    if (error instanceof ConnectorError) return { request, answer, ok: false, understood: [error.message] };
    throw error;
  }
}

function understood(request: Request | List, values: Values, account: AccountRecord | null, answer: string | null): Tried {
  const { method, path } = methodOf(request);
  const asked = prepared(request, values);
  return {
    request: `${method.toUpperCase()} ${asked?.path ?? path}`,
    answer: answer === null ? null : answer.slice(0, longestAnswer),
    ok: account !== null,
    understood: [account === null ? 'The app says that there is no such account.' : accountWords(account)],
  };
}

async function tryChange(session: Session<HttpSettings>, requests: Request[], isNew: boolean, value: string): Promise<Tried> {
  const account = isNew ? null : await readAccount(session, value);
  if (!isNew && account === null)
    return { request: '', answer: null, ok: false, understood: ['The app says that there is no such account.'] };
  const held = account?.entitlements?.[0] ?? { externalId: 'an-id', name: 'a name' };
  const values: Values = account
    ? {
        ...account,
        id: account.externalId,
        address: account.addresses[0] ?? null,
        password: '•••',
        facts: {},
        entitlement: { id: held.externalId, name: held.name },
      }
    : { userName: value, address: value, givenName: 'Given', familyName: 'Family', displayName: 'Given Family', employeeNumber: null };
  return {
    request: requests.map((request) => shown(request, values)).join('\n\n'),
    answer: null,
    ok: null,
    understood: ['Nothing was sent. This is what would be.'],
  };
}

function prettyAnswer(session: Session<HttpSettings>, text: string): string {
  try {
    return scrubbed(session, JSON.stringify(JSON.parse(text), null, 2));
  } catch {
    return scrubbed(session, text);
  }
}

/** Line by line, because a scrubbed text is one line. */
const scrubbed = (session: Session<HttpSettings>, text: string): string =>
  text
    .slice(0, longestAnswer)
    .split('\n')
    .map((line) => line.slice(0, line.length - line.trimStart().length) + session.scrub(line))
    .join('\n');

function accountWords(account: AccountRecord): string {
  const said = (name: string, value: string | null) => (value === null || value === '' ? `${name}: not known` : `${name}: ${value}`);
  const flag = (value: boolean | null) => (value === null ? null : value ? 'yes' : 'no');
  return `${[
    said('id', account.externalId),
    said('user name', account.userName),
    said('address', account.addresses.join(', ')),
    said('name', account.displayName ?? ([account.givenName, account.familyName].filter(Boolean).join(' ') || null)),
    said('status', account.status),
    said('administrator', flag(account.isAdmin)),
    said('second factor', flag(account.secondFactor)),
    said('last seen', account.lastActivityAt?.toString() ?? null),
    said(
      'holds',
      account.entitlements === null ? null : account.entitlements.map(({ kind, name }) => `${kind} ${name}`).join(', ') || 'nothing',
    ),
  ].join('; ')}.`;
}
