/** The keyboards that a laptop is ordered with. */
export const keyboards = [
  'US English',
  'UK English',
  'International English',
  'German (QWERTZ)',
  'Swiss',
  'French (AZERTY)',
  'Belgian (AZERTY)',
  'Spanish',
  'Latin American Spanish',
  'Portuguese',
  'Brazilian Portuguese',
  'Italian',
  'Dutch',
  'Nordic',
  'Polish',
  'Turkish',
  'Japanese',
  'Korean',
  'Another one (say it below)',
];

export const keyboardSizes = ['13 or 14 inch, lighter to carry', '15 or 16 inch, larger to read', 'No preference'];

const terms: [key: string, term: string][] = [
  ['preferredName', 'Is called'],
  ['deliveryAddress', 'Address for the laptop'],
  ['phone', 'Phone'],
  ['keyboard', 'Keyboard'],
  ['keyboardSize', 'Laptop size'],
  ['note', 'Note'],
];

/** What the new colleague told us, in words, without what was left empty. */
export function givenFacts(given: Record<string, unknown>): { key: string; term: string; fact: string }[] {
  return terms.flatMap(([key, term]) => {
    const value = given[key];
    return typeof value === 'string' && value.trim() !== '' ? [{ key, term, fact: value }] : [];
  });
}
