const single: Record<string, string> = { ß: 'ss', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i', æ: 'ae', œ: 'oe', ø: 'o', ħ: 'h', ŋ: 'n' };
const german: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue', ø: 'oe', å: 'aa' };
const marks = /\p{M}/gu;
const special = /[ßłđðþıæœøħŋ]/g;

/** Small letters without marks: "Łukasz Müller" → "lukasz muller". Letters of other scripts stay. */
export function foldLetters(text: string): string {
  const lower = text.toLowerCase();
  if (isPlain(lower)) return lower;
  return lower
    .normalize('NFD')
    .replace(marks, '')
    .replace(special, (letter) => single[letter] ?? letter);
}

/** The ways in which people write letters with marks in addresses: "Müller" → "muller", "mueller". */
export function letterVariants(text: string): string[] {
  const plain = foldLetters(text);
  const lower = text.toLowerCase().normalize('NFC');
  if (isPlain(lower)) return [plain];
  const spelled = foldLetters(lower.replace(/[äöüøå]/g, (letter) => german[letter] ?? letter));
  return spelled === plain ? [plain] : [plain, spelled];
}

/** Words in brackets that make a heading mean something else: "E-Mail (privat)" is no work address, "End date (probation)" no end. */
const otherMeaning =
  /priva|personal|persoenlich|home|manager|supervisor|vorgesetz|fuehrungskr|probe|probation|trial|visa|permit|aufenthalt|notfall|emergency|partner|spouse|assistant|recruit|\bold\b|former|previous|frueher|leave|elternzeit|parental|urlaub|notice/;

/**
 * A heading without case, marks, punctuation and remarks in brackets: "E-Mail-Adresse [Required]" → "emailadresse". What changes the meaning stays:
 * "E-Mail (privat)" → "emailprivat".
 */
export function headingKey(heading: string): string {
  const lower = heading.toLowerCase().normalize('NFC');
  const spelled = lower.replace(/[äöüøå]/g, (letter) => german[letter] ?? letter);
  const bare = foldLetters(spelled).replace(/[[(][^\])]*[\])]/g, (remark) => (otherMeaning.test(remark) ? remark : ' '));
  const key = bare.replace(/[^\p{L}\p{N}]+/gu, '');
  return key === '' ? foldLetters(spelled).replace(/[^\p{L}\p{N}]+/gu, '') : key;
}

function isPlain(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 126) return false;
  return true;
}
