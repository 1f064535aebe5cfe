import type { FileAnswer } from './call-types.ts';

/** Saves a file that the server sent, as a download. */
export function saveFile({ name, blob }: FileAnswer): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser reads the address after the click has returned.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
