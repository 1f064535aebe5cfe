import { cutText } from '../../platform/tabular/index.ts';

/** The address in a text such as "Jane Doe <Jane@acme.example>", in small letters; null when it holds none. */
export function addressIn(text: string): string | null {
  const inside = (/<([^<>]+)>\s*$/.exec(text)?.[1] ?? text).trim().replace(/^mailto:/i, '');
  return /^[^\s@,;<>()"]+@[^\s@,;<>()".]+(?:\.[^\s@,;<>()".]+)+$/.test(inside) ? inside.normalize('NFC').toLowerCase() : null;
}

/** Microsoft parts proxy addresses by a plus, which other addresses hold inside. */
const parts = /[,;|\s]+|\+(?=(?:smtp|sip|spo|eum|x400|x500):)/i;

/** All addresses of cells that hold several, with or without a kind before them (`SMTP:`, `sip:`). What is none of an address is said. */
export function aliasesIn(texts: string[], notes: string[]): string[] {
  const found = new Set<string>();
  for (const part of texts.flatMap((text) => text.split(parts))) {
    const bare = part.replace(/^(?:smtp|sip|mailto):/i, '');
    const address = /^(?:spo|eum|x400|x500):/i.test(part) ? null : addressIn(bare);
    if (address !== null) found.add(address);
    else if (bare.includes('@')) notes.push(`"${cutText(bare, 60)}" among the other addresses is no address and was left out.`);
  }
  return [...found];
}
