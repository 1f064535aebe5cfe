import { changeAddressPattern, checkAddressPattern } from '../people/index.ts';
import type { AddressEntry } from './configuration-shape.ts';
import type { Entry } from './parse-configuration.ts';
import { attempt, changeWords, differing, type Push } from './push.ts';
import type { Current } from './read-current.ts';

/** How new work addresses are made. Addresses that people have stay. */
export async function applyAddress(push: Push, { path, value }: Entry<AddressEntry>, current: Current): Promise<void> {
  const given = await attempt(push, path, {}, async () => checkAddressPattern(value));
  if (!given) return;
  const line = { what: 'address' as const, name: `${given.pattern}@${given.domain}` };
  const change = differing(current.address ?? { pattern: '', domain: '' }, given);
  if (!change) {
    push.lines.push({ ...line, change: 'same', words: '', before: null, after: null });
    return;
  }
  await attempt(push, path, {}, () => changeAddressPattern(push.ctx, given));
  if (current.address) push.lines.push({ ...line, change: 'changed', words: changeWords(change.before, change.after), ...change });
  else push.lines.push({ ...line, change: 'new', words: 'new work addresses are made like this', before: null, after: given });
}
