const titles =
  /^(?:(?:dr|prof|mr|mrs|ms|miss|mx|herr|frau|dipl|ing|med|rer|nat|phil|jur|mag|sir|m\.?sc|b\.?sc|dipl\.?-\p{L}+)\.?(?:-ing\.?)?\s+)+/iu;
const suffix = /,?\s+(?:ph\.?d\.?|m\.?d\.?|mba|m\.?sc\.?|b\.?sc\.?|esq\.?|cpa|cfa)$/i;
const particles = new Set([
  'von',
  'van',
  'de',
  'der',
  'den',
  'da',
  'di',
  'del',
  'della',
  'dos',
  'das',
  'do',
  'du',
  'la',
  'le',
  'zu',
  'zum',
  'zur',
  'vom',
  'ter',
  'ten',
  'bin',
  'ibn',
  'al',
  'el',
  'af',
  'av',
  "'t",
  'st.',
  'mac',
  'mc',
]);
const generations = /^(?:jr|sr|ii|iii|iv)\.?$/i;

/** "Doe, Jane", "Dr. Jane van der Doe", "Jane Doe (Sales)" → given and family name; a single name is a given name. */
export function readName(text: string): { givenName?: string; familyName?: string } {
  const bare = text
    .replace(/\s*[([][^)\]]*[)\]]\s*/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(titles, '')
    .replace(suffix, '')
    .trim();
  const comma = bare.indexOf(',');
  if (comma > 0) {
    const [family, given] = [
      bare.slice(0, comma).trim(),
      bare
        .slice(comma + 1)
        .trim()
        .replace(titles, ''),
    ];
    if (generations.test(given)) return readName(`${family} ${given}`);
    return given === '' ? { familyName: family } : { givenName: given.replace(/,\s*/g, ' '), familyName: family };
  }
  const words = bare.split(' ').filter(Boolean);
  if (words.length === 0) return {};
  if (words.length === 1) return { givenName: words[0] as string };
  let at = words.length - 1;
  if (generations.test(words[at] as string) && at > 1) at--;
  while (at > 1 && particles.has((words[at - 1] as string).toLowerCase())) at--;
  return { givenName: words.slice(0, at).join(' '), familyName: words.slice(at).join(' ') };
}
