import { invalid } from '../platform/errors.ts';

/** Throws unless this looks like a mail address. Whether it reaches anybody shows when mail is sent. */
export function checkAddress(address: string): void {
  if (/^[^\s@]+@[^\s@]+$/.test(address.trim()) && address.length <= 320) return;
  throw invalid('bad_address', `"${address}" is no mail address.`, [{ field: 'address', message: 'Write it like ines@example.com.' }]);
}
