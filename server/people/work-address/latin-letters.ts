import anyAscii from 'any-ascii';

/** Letters whose usual spelling without marks is not the bare letter. */
const spelled: Record<string, string> = {
  ä: 'ae',
  ö: 'oe',
  ü: 'ue',
  ß: 'ss',
  ø: 'oe',
  æ: 'ae',
  å: 'aa',
  œ: 'oe',
  ł: 'l',
  đ: 'd',
  þ: 'th',
  ð: 'd',
  ı: 'i',
};

/**
 * A name in the letters of an address: a-z, 0-9, and `-` within double names ("Ærøskøbing-Łukasiewicz" → aeroeskoebing-lukasiewicz). Marks,
 * apostrophes and spaces vanish; other scripts are transliterated (any-ascii; Han by its Chinese reading). '' when nothing remains.
 */
export function latinLetters(text: string): string {
  return [...text.normalize('NFC').toLowerCase().normalize('NFC')]
    .map((letter) => spelled[letter] ?? letter)
    .join('')
    .normalize('NFKD')
    .replace(/(\p{Script=Latin})\p{Mn}+/gu, '$1')
    .normalize('NFC')
    .replace(/[\p{Pd}\u2212]/gu, '-')
    .replace(/[^\p{L}\p{M}\p{N}-]/gu, '')
    .replace(/[^a-z0-9-]+/g, (other) =>
      anyAscii(other)
        .toLowerCase()
        .replace(/[^a-z0-9]/g, ''),
    )
    .replace(/-+/g, '-')
    .replace(/^-|-$/g, '');
}

/** Whether a name is written in letters other than Latin ones, so that its transliteration is a guess. */
export const isTransliterated = (text: string): boolean => /(?!\p{Script=Latin})\p{L}/u.test(text.replace(/\p{Lm}/gu, ''));
