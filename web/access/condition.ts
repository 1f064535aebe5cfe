/**
 * One row of the form: a fact of a person, how it is compared, with what. `is` and `is not` hold one value, `one of` and `none of` any number. A fact that
 * is true or not is always compared by `is`, with the value `true` or `false`.
 */
export type ConditionRow = { field: string; how: 'is' | 'is-not' | 'one-of' | 'none-of'; values: string[] };

export const hows: { value: ConditionRow['how']; label: string }[] = [
  { value: 'is', label: 'is' },
  { value: 'is-not', label: 'is not' },
  { value: 'one-of', label: 'is one of' },
  { value: 'none-of', label: 'is none of' },
];

/** The text of everyone. */
export const everyone = 'true';

/** Whether a fact is true or not, where others are texts. */
export const isYesOrNo = (field: string): boolean => field === 'managesPeople';

// A JSON string is a CEL string: the same quotes and escapes.
const quoted = (value: string): string => JSON.stringify(value);

/** The rows as CEL: `person.department == "Sales" && person.location in ["Berlin", "Lyon"] && !person.managesPeople`. No row: everyone. */
export function conditionText(rows: ConditionRow[]): string {
  if (rows.length === 0) return everyone;
  return rows
    .map(({ field, how, values }) => {
      const fact = `person.${field}`;
      if (isYesOrNo(field)) return values[0] === 'false' ? `!${fact}` : fact;
      if (how === 'is') return `${fact} == ${quoted(values[0] ?? '')}`;
      if (how === 'is-not') return `${fact} != ${quoted(values[0] ?? '')}`;
      const list = `${fact} in [${values.map(quoted).join(', ')}]`;
      return how === 'one-of' ? list : `!(${list})`;
    })
    .join(' && ');
}

/** CEL as rows, where rows can say the same; null where it stays text. */
export function conditionRows(text: string): ConditionRow[] | null {
  const tokens = tokensOf(text);
  if (tokens === null || tokens.length === 0) return null;
  if (tokens.length === 1 && tokens[0]?.kind === 'word' && tokens[0].text === 'true') return [];
  const rows: ConditionRow[] = [];
  let at = 0;
  const take = (kind: Token['kind'], wanted?: string): string | null => {
    const token = tokens[at];
    if (token === undefined || token.kind !== kind || (wanted !== undefined && token.text !== wanted)) return null;
    at += 1;
    return token.text;
  };
  const list = (): string[] | null => {
    if (take('sign', '[') === null) return null;
    const values: string[] = [];
    for (;;) {
      const value = take('text');
      if (value === null) return null;
      values.push(value);
      if (take('sign', ']') !== null) return values;
      if (take('sign', ',') === null) return null;
    }
  };
  // What a fact that is true or not is compared with: nothing, or one of `== true`, `== false`, `!= true` and `!= false`.
  const truth = (): boolean => {
    const [sign, word] = [tokens[at], tokens[at + 1]];
    const compares =
      sign?.kind === 'sign' && ['==', '!='].includes(sign.text) && word?.kind === 'word' && ['true', 'false'].includes(word.text);
    if (!compares) return true;
    at += 2;
    return (sign.text === '==') === (word.text === 'true');
  };
  const comparison = (): ConditionRow | null => {
    const field = take('word')?.match(/^person\.(\w+)$/)?.[1];
    if (field === undefined) return null;
    if (isYesOrNo(field)) return { field, how: 'is', values: [truth() ? 'true' : 'false'] };
    if (take('word', 'in') !== null) {
      const values = list();
      return values === null ? null : { field, how: 'one-of', values };
    }
    const how = take('sign', '==') !== null ? 'is' : take('sign', '!=') !== null ? 'is-not' : null;
    const value = how === null ? null : take('text');
    return how === null || value === null ? null : { field, how, values: [value] };
  };
  const part = (): ConditionRow | null => {
    if (take('sign', '!') !== null) {
      const isOpen = take('sign', '(') !== null;
      const row = comparison();
      if (row === null || (isOpen && take('sign', ')') === null)) return null;
      if (isYesOrNo(row.field)) return isOpen || tokens[at - 1]?.text === `person.${row.field}` ? denied(row) : null;
      return isOpen && row.how === 'one-of' ? { ...row, how: 'none-of' } : null;
    }
    if (take('sign', '(') === null) return comparison();
    const row = comparison();
    return row !== null && take('sign', ')') !== null ? row : null;
  };
  for (;;) {
    const row = part();
    if (row === null) return null;
    rows.push(row);
    if (at === tokens.length) return rows;
    if (take('sign', '&&') === null) return null;
  }
}

const denied = (row: ConditionRow): ConditionRow => ({ ...row, values: [row.values[0] === 'true' ? 'false' : 'true'] });

type Token = { kind: 'word' | 'text' | 'sign'; text: string };

const tokenAt = /\s*(?:("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|([A-Za-z_][\w.]*)|(==|!=|&&|[()[\],!]))/y;

function tokensOf(text: string): Token[] | null {
  const tokens: Token[] = [];
  const trimmed = text.trim();
  tokenAt.lastIndex = 0;
  while (tokenAt.lastIndex < trimmed.length) {
    const found = tokenAt.exec(trimmed);
    if (found === null) return null;
    const [, string, word, sign] = found;
    if (string !== undefined) {
      const value = unquoted(string);
      if (value === null) return null;
      tokens.push({ kind: 'text', text: value });
    } else if (word !== undefined) tokens.push({ kind: 'word', text: word });
    else tokens.push({ kind: 'sign', text: sign ?? '' });
  }
  return tokens;
}

function unquoted(string: string): string | null {
  const inner = string.slice(1, -1);
  const asJson = string.startsWith("'") ? `"${inner.replaceAll("\\'", "'").replaceAll(/(?<!\\)"/g, '\\"')}"` : string;
  try {
    return JSON.parse(asJson) as string;
  } catch {
    // An escape that JSON does not know: it stays text.
    return null;
  }
}

const factLabels: Record<string, string> = {
  department: 'Department',
  location: 'Location',
  country: 'Country',
  title: 'Title',
  employmentType: 'Employment',
  costCentre: 'Cost centre',
  manager: 'Manager',
  managesPeople: 'Manages people',
};

/** What a fact of a person is called on pages. */
export const factLabel = (field: string): string => factLabels[field] ?? field;

const either = (values: string[], last: string): string =>
  values.length < 2 ? values.join('') : `${values.slice(0, -1).join(', ')} ${last} ${values.at(-1)}`;

/** Whom a condition means, in words: “Department is Sales, place is Berlin or Lyon, manages people”. Text that rows cannot express is shown as it stands. */
export function conditionWords(text: string): string {
  const rows = conditionRows(text);
  if (rows === null) return text;
  if (rows.length === 0) return 'Everyone';
  const words = rows
    .map(({ field, how, values }, index) => {
      const name = isYesOrNo(field) && values[0] === 'false' ? 'Manages nobody' : factLabel(field);
      const label = index === 0 ? name : name.toLowerCase();
      if (isYesOrNo(field)) return label;
      return `${label} is ${how === 'is-not' || how === 'none-of' ? 'not ' : ''}${either(values, 'or')}`;
    })
    .join(', ');
  return words;
}
