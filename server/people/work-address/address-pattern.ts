import { domainToASCII } from 'node:url';
import { invalid, type Problem } from '../../platform/errors.ts';

/** How work addresses are made: `{given}.{family}` at `acme.example`. */
export type AddressPattern = { pattern: string; domain: string };

export type Token = 'given' | 'family' | 'g' | 'f';
/** A piece of a pattern: a part of the name (`m`: the initial of a second given name), or text as it stands. */
export type PatternPart = { token: Token | 'm' } | { text: string };

const mostText = 20;
const mostTokens = 4;

/** The pieces of a pattern that `checkAddressPattern` let pass. */
export const partsOf = (pattern: string): PatternPart[] =>
  [...pattern.matchAll(/\{(given|family|g|f)\}|([a-z0-9._-]+)/g)].map(([, token, text]) =>
    token === undefined ? { text: text as string } : { token: token as Token },
  );

/** A pattern and domain in small letters. Refuses (422) what makes no valid addresses, saying what to write. */
export function checkAddressPattern(input: AddressPattern): AddressPattern {
  const pattern = input.pattern.trim().toLowerCase();
  const domain = domainToASCII(input.domain.trim().replace(/^@/, '').toLowerCase());
  const problems: Problem[] = [];
  const wrong = patternProblem(pattern);
  if (wrong !== null) problems.push({ field: 'pattern', value: input.pattern, message: wrong });
  if (domain.length > 180 || !/^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/.test(domain))
    problems.push({ field: 'domain', value: input.domain, message: `"${input.domain}" is no domain. Write it like acme.example.` });
  if (problems.length > 0) throw invalid('bad_address_pattern', 'Addresses cannot be made like this. Nothing was changed.', problems);
  return { pattern, domain };
}

function patternProblem(pattern: string): string | null {
  const unknown = /\{([^{}]*)\}/g;
  for (const [whole, name] of pattern.matchAll(unknown))
    if (!['given', 'family', 'g', 'f'].includes(name as string))
      return `${whole} is unknown. Use {given}, {family}, {g} and {f} (their first letters), such as {given}.{family}.`;
  const text = pattern.replace(unknown, '');
  const tokens = pattern.match(unknown) ?? [];
  if (tokens.length === 0) return 'It holds no part of a name. Write it like {given}.{family}.';
  if (tokens.length > mostTokens) return `It holds more than ${mostTokens} parts of a name.`;
  if (pattern.includes('@')) return 'Write only what stands before the @; the domain has a field of its own.';
  if (/[^a-z0-9._-]/.test(text))
    return 'Between the parts of the name stand only letters without marks, digits, dots, hyphens and underscores.';
  if (text.length > mostText) return `It holds more than ${mostText} letters beside the name.`;
  if (/^[._-]|[._-]$/.test(pattern)) return 'An address neither begins nor ends with a dot, hyphen or underscore.';
  if (/[._-]{2}/.test(pattern)) return 'Put a part of the name between two dots, hyphens or underscores.';
  return null;
}
