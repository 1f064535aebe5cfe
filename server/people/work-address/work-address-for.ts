import type { PatternPart } from './address-pattern.ts';
import { partsOf } from './address-pattern.ts';
import { latinLetters } from './latin-letters.ts';
import { isReserved } from './reserved-local-parts.ts';

/** A name as it is known. `preferredName` is what they are called, and goes before the given one. */
export type Name = { givenName: string; familyName?: string | null | undefined; preferredName?: string | null | undefined };

/** What stands before the @, and by what it differs from the plain pattern. */
export type LocalPart = { local: string; by: 'pattern' | 'middle' | 'initial' | 'number' };

type Values = Record<'given' | 'family' | 'g' | 'f' | 'm', string>;

const longest = 64;

/**
 * The local parts (RFC 5321: at most 64 characters) that a pattern gives a name, without end: the plain one, the ones with what distinguishes (the
 * initial of a second given name, or of the name that the pattern leaves out), then 2, 3 … Each comes once; names of offices never. None when the
 * name holds no letter that can stand in an address.
 */
export function* workAddressFor(name: Name, pattern: string): Generator<LocalPart> {
  const values = valuesOf(name);
  if (values.given === '' && values.family === '') return;
  const seen = new Set<string>();
  const isNew = (local: string) => !seen.has(local) && !isReserved(local) && seen.add(local) !== undefined;
  for (const { parts, by } of variants(partsOf(pattern), values)) {
    const local = render(parts, values, longest);
    if (isNew(local)) yield { local, by };
  }
  const plain = variants(partsOf(pattern), values)[0]!.parts;
  for (let number = 2; ; number++) {
    const local = `${render(plain, values, longest - String(number).length)}${number}`;
    if (isNew(local)) yield { local, by: 'number' };
  }
}

/** Of a given name with several words the first is used, and the initial of the second where it distinguishes. */
function valuesOf(name: Name): Values {
  const wordsIn = (text: string | null | undefined) =>
    (text ?? '')
      .replace(/\([^)]*\)/g, ' ')
      .split(/[\s・]+|(?<=\p{Script=Han})[·‧•](?=\p{Script=Han})/u)
      .map(latinLetters)
      .filter((word) => word !== '');
  const called = wordsIn(name.preferredName);
  const [given = '', second = ''] = called.length > 0 ? called : wordsIn(name.givenName);
  const family = latinLetters((name.familyName ?? '').replace(/\([^)]*\)/g, ' '));
  return { given, family, g: given.slice(0, 1), f: family.slice(0, 1), m: second.slice(0, 1) };
}

type Variant = { parts: PatternPart[]; by: Exclude<LocalPart['by'], 'number'> };

function variants(parts: PatternPart[], values: Values): Variant[] {
  const has = (...tokens: string[]) => parts.some((part) => 'token' in part && tokens.includes(part.token));
  if (values.given === '' || values.family === '') {
    // One name is all there is: it stands whole, once, wherever the pattern begins.
    const first = parts.findIndex((part) => 'token' in part);
    const whole: PatternPart = { token: values.given === '' ? 'family' : 'given' };
    return [
      { parts: parts.filter((part, i) => i === first || 'text' in part).map((part) => ('text' in part ? part : whole)), by: 'pattern' },
    ];
  }
  const found: Variant[] = [{ parts, by: 'pattern' }];
  const at = parts.findIndex((part) => 'token' in part && (part.token === 'given' || part.token === 'g'));
  if (values.m !== '' && at >= 0) {
    const beside = [parts[at + 1], parts[at - 1]].map((part) => (part !== undefined && 'text' in part ? part.text : ''));
    const separator = beside.find((text) => /^[._-]$/.test(text)) ?? '';
    const middle: PatternPart[] = [...(separator === '' ? [] : [{ text: separator }]), { token: 'm' }];
    found.push({ parts: parts.toSpliced(at + 1, 0, ...middle), by: 'middle' });
  }
  if (!has('family', 'f')) found.push({ parts: [...parts, { token: 'f' }], by: 'initial' });
  if (!has('given', 'g')) found.push({ parts: [{ token: 'g' }, ...parts], by: 'initial' });
  return found;
}

/** The parts written out, names cut so that no more than `most` characters stand there: double names lose their last part first. */
function render(parts: PatternPart[], values: Values, most: number): string {
  const cut = { ...values };
  for (;;) {
    const local = parts
      .map((part) => ('text' in part ? part.text : cut[part.token]))
      .join('')
      .replace(/([._-])[._-]+/g, '$1')
      .replace(/^[._-]|[._-]$/g, '');
    if (local.length <= most) return local;
    const name = cut.family.length >= cut.given.length ? 'family' : 'given';
    const dash = cut[name].lastIndexOf('-');
    cut[name] = dash > 0 ? cut[name].slice(0, dash) : cut[name].slice(0, Math.max(1, cut[name].length - (local.length - most)));
  }
}
