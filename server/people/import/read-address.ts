import { cutText } from '../../platform/tabular/index.ts';

const shape = /^[^\s@,;:<>()[\]"\\]{1,64}@((?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}\p{N}-]{2,63})$/u;

/** An address in small letters from "jane@acme.example", "Jane Doe <jane@…>", "mailto:…" or "SMTP:…"; else the problem in words. */
export function readAddress(text: string): { address: string } | { problem: string } {
  const inside = /<([^<>]+)>\s*$/.exec(text)?.[1] ?? text;
  const address = inside
    .trim()
    .replace(/^(?:mailto|smtp|sip):/i, '')
    .normalize('NFC')
    .toLowerCase();
  if (shape.test(address) && !address.includes('..') && !address.startsWith('.') && !address.includes('.@')) return { address };
  const shown = `"${text.length > 60 ? `${cutText(text, 57)}…` : text}"`;
  if (!address.includes('@')) return { problem: `${shown} is no address: it has no @.` };
  if ((address.match(/@/g) ?? []).length > 1)
    return { problem: `${shown} is more than one address, or has an @ too many. Put one in this cell.` };
  if (/\s/.test(address)) return { problem: `${shown} is no address: it holds a space.` };
  const domain = address.slice(address.indexOf('@') + 1);
  if (!domain.includes('.')) return { problem: `${shown} is no address: "${domain}" is no whole domain, such as acme.example.` };
  return { problem: `${shown} is no address. Write it like jane.doe@acme.example.` };
}

/**
 * Several addresses in one cell, separated by comma, semicolon, bar, space or line, or by a plus before the next scheme as Microsoft 365 writes them:
 * "SMTP:a@x+smtp:b@x". Addresses of other kinds (X.500, SIP) are left out.
 */
export function readAddresses(text: string): { addresses: string[]; problems: string[] } {
  const addresses = new Set<string>();
  const problems: string[] = [];
  const kinds = text.split(/[+,;|\s]+(?=(?:smtp|sip|x500|x400|spo|eum):)/i).filter((part) => !/^\s*(?:x500|spo|sip|x400|eum):/i.test(part));
  for (const part of kinds.flatMap((kind) => kind.split(/[,;|\s]+/)).filter(Boolean)) {
    const read = readAddress(part);
    if ('address' in read) addresses.add(read.address);
    else problems.push(read.problem);
  }
  return { addresses: [...addresses], problems };
}
