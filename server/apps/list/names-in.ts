import type { AccountField, AccountMapping } from './recognise-account-columns.ts';

const naming: AccountField[] = ['externalId', 'userName', 'address', 'aliases', 'displayName'];

/**
 * By what a refused row may name an account, in small letters: its id, user name, addresses and name, whole and, where addresses stand in a
 * longer text, each alone. Without a mapping (the row cannot be told apart into columns), every cell may be one of them.
 */
export function namesIn(cells: readonly string[], mapping?: AccountMapping): string[] {
  const texts = mapping === undefined ? [...cells] : naming.flatMap((field) => (mapping[field] ?? []).map((column) => cells[column] ?? ''));
  if (mapping !== undefined) {
    const of = (field: AccountField) => cells[mapping[field]?.[0] ?? -1] ?? '';
    texts.push([of('givenName'), of('familyName')].filter((part) => part !== '').join(' '));
  }
  const names = new Set<string>();
  for (const text of texts) {
    const name = text.replace(/\s+/g, ' ').trim().normalize('NFC').toLowerCase();
    if (name !== '') names.add(name);
    if (!name.includes('@')) continue;
    for (const part of name.split(/[\s,;|<>()"]+/)) {
      const address = part.replace(/^(?:smtp|sip|mailto):/, '');
      if (address.includes('@')) names.add(address);
    }
  }
  return [...names];
}
