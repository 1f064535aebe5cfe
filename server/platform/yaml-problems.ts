import { type Document, isAlias, isNode, isScalar, type LineCounter, visit } from 'yaml';
import type { Problem } from './errors.ts';

const most = 50;
const quotes = 'Put text that holds : { } [ ] , # & * ! or a quote in quotes';

/** What to do about what the parser found, by its code. Anything else is told in the parser's words. */
const mends: Record<string, string> = {
  TAB_AS_INDENT: 'A tab stands here where spaces must stand. Indent with spaces.',
  BAD_INDENT: 'This line is not indented like those that it belongs to. Indent all entries of one group alike, with spaces.',
  BLOCK_AS_IMPLICIT_KEY: `A second ":" stands in this line, or the next line is indented too far. ${quotes}.`,
  MULTILINE_IMPLICIT_KEY: 'A ":" with a space after it is missing here, or text of several lines is not in quotes.',
  MULTIPLE_DOCS: 'A second document begins here. A file holds one: leave the line with --- out.',
  BAD_SCALAR_START: 'Text cannot begin with this character. Put it in quotes.',
  BAD_ALIAS: 'A * refers to something of that name with a &. Put text that begins with * or & in quotes.',
  BAD_DQ_ESCAPE: 'A \\ inside "…" begins a special character. Write \\\\, or put the text in \'…\'.',
  KEY_OVER_1024_CHARS: `A key has at most 1024 characters. ${quotes}.`,
  TAG_RESOLVE_FAILED: 'A word that begins with ! is a tag, and this one is not known. Leave it out, or put the text in quotes.',
  MISSING_CHAR: 'Something is missing here: a closing quote or bracket, a comma, or the space after ":" or "-".',
  UNEXPECTED_TOKEN: `This does not belong here. ${quotes}, and begin each entry on a line of its own.`,
  RESOURCE_EXHAUSTION: 'The parts of the file stand too deep in each other. Write them on one level.',
  UNCLOSED: 'A [ or { that was opened above is not closed. Close it with ] or }.',
  UNCLOSED_QUOTE: 'A quote is opened here and not closed.',
};

/** Errors and warnings of the parser, one for each line, with the nearest key and the mend. */
export function yamlProblems(document: Document.Parsed, text: string, lines: LineCounter): Problem[] {
  const lineOf = (offset: number) => lines.linePos(offset).line;
  const found = new Map<number, Problem>();
  const tell = (row: number, message: string) => {
    if (!found.has(row) && found.size < most) found.set(row, { row, ...keyAt(text, row), message });
  };
  const { yaml } = document.directives ?? {};
  if (yaml?.explicit && yaml.version !== '1.2') tell(1, 'The file is read as YAML 1.2. Leave the line with %YAML out.');
  for (const { code, message, pos } of [...document.errors, ...document.warnings]) {
    const opened = /quote$/.test(message) ? openedQuote(document, pos[0]) : null;
    if (opened !== null) tell(lineOf(opened), mends.UNCLOSED_QUOTE!);
    else if (code === 'BAD_INDENT' && message.startsWith('Flow')) tell(lineOf(pos[0]), mends.UNCLOSED!);
    else tell(lineOf(pos[0]), mends[code] ?? `This cannot be read: ${message.split('\n', 1)[0]}.`);
  }
  if (found.size > 0) return [...found.values()];
  visit(document, {
    Alias(_, alias) {
      if (!alias.resolve(document)) tell(lineOf(alias.range?.[0] ?? 0), mends.BAD_ALIAS!);
    },
    Pair(_, { key }) {
      const isWord = isScalar(key) && key.value !== null && typeof key.value !== 'object';
      if (!isWord && !isAlias(key)) tell(lineOf(isNode(key) && key.range ? key.range[0] : 0), 'A key is one word, such as name.');
    },
    Scalar(_, { value, range }) {
      if (typeof value === 'string' && (value.includes('\0') || !value.isWellFormed()))
        tell(lineOf(range?.[0] ?? 0), 'This holds a character that is no text and cannot be stored. Write it anew.');
    },
  });
  return [...found.values()];
}

/** Where the quote was opened that is missing at the end. */
function openedQuote(document: Document.Parsed, end: number): number | null {
  let opened: number | null = null;
  visit(document, {
    Scalar(_, { type, range }) {
      if (type?.startsWith('QUOTE') && range && range[0] < end && range[1] >= end) opened = range[0];
    },
  });
  return opened;
}

/** The key of this line, or the nearest above. */
function keyAt(text: string, row: number): { field?: string } {
  for (const line of text.split('\n', row).slice(-200).reverse()) {
    const key = /^[\s-]*\{?\s*["']?([\p{L}\p{N}_.]{1,60})["']?\s*:(\s|$)/u.exec(line)?.[1];
    if (key !== undefined) return { field: key };
  }
  return {};
}
