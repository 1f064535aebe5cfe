import { isMap, isScalar, isSeq, parseDocument } from 'yaml';
import { conflict } from '../platform/errors.ts';

/** An entry of a list as text: comments right above it, itself, and what follows until the next one's comments. Whole lines. */
export type Cut = { above: string; body: string; after: string };

const written = (): never => {
  throw conflict('cannot_cut', 'The file is written in a way that cannot be kept. Nothing was written.');
};

/** The text before the first section, and each section with the comments right above it. All texts joined give the whole. */
export function cutSections(text: string): { head: string; sections: { name: string; text: string }[] } {
  const { contents } = parseDocument(text, { uniqueKeys: false });
  if (!isMap(contents) || contents.flow) return { head: text, sections: [] };
  const keys = contents.items.map(({ key }) => (isScalar(key) && key.range ? { name: String(key.value), start: key.range[0] } : written()));
  if (keys.some(({ start }) => start > 0 && text[start - 1] !== '\n')) return { head: text, sections: [] };
  const starts = keys.map(({ start }) => aboveOf(text, start, 0));
  return {
    head: text.slice(0, starts[0]),
    sections: keys.map(({ name }, index) => ({ name, text: endedLine(text.slice(starts[index], starts[index + 1])) })),
  };
}

/** The entries of a section whose value is a list in block style, the column of their dashes, and what stands before the first. */
export function cutEntries(text: string): { head: string; column: number; entries: Cut[] } {
  const { contents } = parseDocument(text, { uniqueKeys: false, keepSourceTokens: true });
  const list = isMap(contents) ? contents.items[0]?.value : null;
  const token = isSeq(list) ? list.srcToken : null;
  if (token?.type !== 'block-seq') return written();
  const dashes = token.items
    .map(({ start }) => start.find(({ type }) => type === 'seq-item-ind')?.offset)
    .filter((offset) => offset !== undefined);
  const column = dashes[0]! - (text.lastIndexOf('\n', dashes[0]! - 1) + 1);
  const lines = dashes.map((offset) => text.lastIndexOf('\n', offset - 1) + 1);
  if (lines.some((start, index) => text.slice(start, dashes[index]).trim() !== '' || dashes[index]! - start !== column)) return written();
  const starts = lines.map((start) => aboveOf(text, start, column));
  const entries = lines.map((start, index) => {
    const whole = endedLine(text.slice(start, starts[index + 1]));
    const end = bodyEnd(whole, column);
    return { above: text.slice(starts[index], start), body: whole.slice(0, end), after: whole.slice(end) };
  });
  return { head: text.slice(0, starts[0]), column, entries };
}

const endedLine = (text: string): string => (text.endsWith('\n') ? text : `${text}\n`);

/** Where the comment lines begin that stand right above a line, indented as it is or less. */
function aboveOf(text: string, start: number, column: number): number {
  let at = start;
  while (at > 0) {
    const previous = text.lastIndexOf('\n', at - 2) + 1;
    const comment = /^( *)#/.exec(text.slice(previous, at));
    if (!comment || comment[1]!.length > column) break;
    at = previous;
  }
  return at;
}

/** Where the lines of an entry end: before blank lines and comments that are indented as its dash or less. */
function bodyEnd(text: string, column: number): number {
  let end = text.length;
  while (end > 0) {
    const start = text.lastIndexOf('\n', end - 2) + 1;
    const line = text.slice(start, end);
    const comment = /^( *)#/.exec(line);
    if (line.trim() !== '' && !(comment && comment[1]!.length <= column)) break;
    end = start;
  }
  return end;
}
