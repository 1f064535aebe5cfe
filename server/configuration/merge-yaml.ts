import { isDeepStrictEqual } from 'node:util';
import { isMap, isSeq, parseDocument, visit, type YAMLMap } from 'yaml';
import { conflict, Refusal } from '../platform/errors.ts';
import { moments } from '../playbooks/schedule/playbook-definition.ts';
import { blueprintOf } from './blueprint-of.ts';
import { type AppEntry, connectionOf, lists, type Section, sections } from './configuration-shape.ts';
import { cutEntries, cutSections } from './cut-text.ts';
import { mergeItems, mergeMap, type Turn } from './merge-entry.ts';
import { type Entry, type Parsed, parseConfiguration, refusedFile } from './parse-configuration.ts';
import { meaningOf } from './same-entries.ts';
import { writing } from './write-yaml.ts';

/** What a pull did to an entry of the file. */
export type Merged = { change: 'new' | 'changed' | 'gone'; what: Section; name: string };
export type MergeInput = {
  /** The file as it is. */
  text: string;
  /** The configuration as `exportConfiguration` writes it. */
  fresh: string;
  /** Whether somebody of this address is not on the people list yet: an owner who waits keeps their place in the file. */
  isWaiting: (address: string) => Promise<boolean>;
};

/** `written`: what it means as it is written, before what only the file knows is taken over. */
type Item = { name: string; raw: unknown; written: unknown; meaning: unknown };
const reading = { uniqueKeys: false, compat: writing.compat } as const;
const written = { lineWidth: 0, flowCollectionPadding: true } as const;

/**
 * Brings a file to what the organization is now. What means the same already stays byte for byte, with comments, order and ways of writing;
 * what changed is written anew, what is new is added, what is gone goes with the comment right above it.
 *
 * @throws Refusal `configuration_invalid` (422) with every problem and its line where the file is none that push could read
 */
export async function mergeYaml(input: MergeInput): Promise<{ text: string; lines: Merged[] }> {
  const [mark, ends] = [input.text.startsWith('\uFEFF') ? '\uFEFF' : '', /\r\n/.test(input.text) ? '\r\n' : '\n'];
  const plain = input.text.slice(mark.length).replaceAll('\r\n', '\n');
  if (withoutComments(plain) === '') {
    const text = plain.trim() === '' ? input.fresh : `${plain.trimEnd()}\n\n${input.fresh}`;
    return { text: mark + text.replaceAll('\n', ends), lines: [] };
  }
  readable(plain);
  for (const text of waysOfWriting(plain)) {
    const merged = await attempted({ ...input, text });
    if (merged?.lines.length === 0 && text === plain) return { text: input.text, lines: [] };
    const again = merged && (await attempted({ ...input, text: merged.text }));
    if (merged && again?.lines.length === 0) return { ...merged, text: mark + merged.text.replaceAll('\n', ends) };
  }
  throw conflict('cannot_merge', 'The file is written in a way that cannot be kept. Nothing was written.');
}

const withoutComments = (text: string): string => text.replaceAll(/^\s*(#.*)?$/gm, '').trim();

/** The file, then the same in plainer ways of writing: sections from the first column, then also without parts that refer to each other. */
function* waysOfWriting(text: string): Generator<string> {
  yield text;
  const document = parseDocument(text, reading);
  if (isMap(document.contents)) document.contents.flow = false;
  yield document.toString(written);
  visit(document, { Alias: (_, alias) => document.createNode(alias.toJS(document), { aliasDuplicateObjects: false }) });
  visit(document, { Value: (_, node) => void delete node.anchor });
  yield document.toString(written);
}

/** null where the text is written in a way that cannot be cut into its parts, or is none that could be read. */
async function attempted(input: MergeInput): Promise<Awaited<ReturnType<typeof mergeOnce>> | null> {
  try {
    return await mergeOnce(input);
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

async function mergeOnce({ text, fresh, isWaiting }: MergeInput): Promise<{ text: string; lines: Merged[] }> {
  const there = readable(text);
  const now = readable(fresh);
  const [cuts, freshCuts] = [cutSections(text), cutSections(fresh)];
  const lines: Merged[] = [];
  const result: { section: string; text: string }[] = cuts.sections.map(({ name, text: each }) => ({ section: name, text: each }));
  let last = -1;
  for (const section of Object.keys(sections) as Section[]) {
    const at = result.findIndex((each) => each.section === section);
    const freshCut = freshCuts.sections.find(({ name }) => name === section);
    const items = await itemsOf(section, there, now, isWaiting);
    const found = differences(section, items);
    if (at < 0 && items.after.length > 0 && freshCut) {
      const before = result[last];
      if (before && !/\n\s*\n$/.test(before.text)) before.text = `${before.text.trimEnd()}\n\n`;
      result.splice(last + 1, 0, { section, text: `${freshCut.text.trimEnd()}\n${last + 1 < result.length ? '\n' : ''}` });
      last += 1;
      lines.push(...found);
      continue;
    }
    if (at < 0) continue;
    last = at;
    if (found.length === 0) continue;
    lines.push(...found);
    result[at]!.text = freshCut ? mergeSection(section, result[at]!.text, freshCut.text, items) : '';
  }
  return { text: cuts.head + result.map((each) => each.text).join(''), lines };
}

/** What is wrong inside an entry is put right by what is there. What is wrong with a whole section, or is none, is refused: it is not ours to drop. */
function readable(text: string): Parsed {
  const parsed = parseConfiguration(text);
  if ('unreadable' in parsed) throw refusedFile(parsed.unreadable, 'Nothing was written.');
  const placed = parsed.problems
    .filter(({ path }) => path.length === 1)
    .map(({ path, message }) => {
      const { row, field } = parsed.place(path);
      return { row, field, message };
    });
  if (placed.length > 0) throw refusedFile(placed, 'Nothing was written.');
  return parsed;
}

type Items = { before: Item[]; after: Item[] };

/** The entries of a section in the file and in the organization, by what they are known by. A section that is one value is one entry. */
async function itemsOf(section: Section, there: Parsed, now: Parsed, isWaiting: MergeInput['isWaiting']): Promise<Items> {
  const [before, after] = [entriesOf(section, there), entriesOf(section, now)];
  if (section === 'apps') {
    const taken = new Set(before.flatMap(({ raw }) => Object.values(variablesOf(raw)).map(({ env }) => env)));
    for (const item of after) await keepOfFile(item, { inFile: before.find(({ name }) => name === item.name), taken, isWaiting });
  }
  if (section === 'playbooks') {
    for (const item of before) {
      const moment = moments.find((each) => each === item.name);
      if (!moment || after.some(({ name }) => name === item.name)) continue;
      if (isDeepStrictEqual(await blueprintOf(moment), item.meaning)) after.push(item);
    }
  }
  return { before, after };
}

function entriesOf(section: Section, { wanted, value }: Parsed): Item[] {
  const sound = [wanted[section] ?? []].flat() as Entry<unknown>[];
  const raw = section in lists ? ((value[section] ?? []) as unknown[]) : section in value ? [value[section]] : [];
  return raw.map((each, index) => {
    const entry = section in lists ? sound.find(({ path }) => path[1] === index) : sound[0];
    const name = nameOf(section, entry?.value ?? each) ?? `\0${index}`;
    if (!entry)
      return {
        name: sound.some((other) => nameOf(section, other.value) === name) ? `\0${index}` : name,
        raw: each,
        written: each,
        meaning: each,
      };
    const meaning = meaningOf(section, entry.value);
    return { name, raw: entry.value, written: meaning, meaning };
  });
}

/** What an entry is known by; null where it does not say. */
function nameOf(section: Section, value: unknown): string | null {
  if (!(section in lists)) return section;
  const name = typeof value === 'string' ? value : (value as Record<string, unknown> | null)?.[section === 'playbooks' ? 'for' : 'name'];
  return typeof name === 'string' ? name.trim().toLowerCase() : null;
}

type Variables = Record<string, { env: string }>;

/** In which variables the file says that secrets are, also where something else about the app is wrong. */
function variablesOf(raw: unknown): Variables {
  const secrets = (raw as { connection?: { secrets?: unknown } } | null)?.connection?.secrets;
  const named = Object.entries(typeof secrets === 'object' && secrets !== null ? secrets : {});
  return Object.fromEntries(named.filter(([, secret]) => typeof (secret as Variables[string] | null)?.env === 'string'));
}

/** What only the file knows: in which variables secrets are, and owners who are not on the people list yet. */
async function keepOfFile(item: Item, { inFile, taken, isWaiting }: OfFile): Promise<void> {
  const app = item.raw as AppEntry;
  const old = inFile?.raw as AppEntry | undefined;
  for (const role of ['owner', 'deputy'] as const) {
    const address = old?.[role];
    if (!app[role] && typeof address === 'string' && address.includes('@') && (await isWaiting(address))) app[role] = address;
  }
  const next = connectionOf(app);
  const had = old?.connection?.connector === next?.connector ? variablesOf(old) : {};
  const names = Object.keys(next?.secrets ?? had);
  if (next && names.length > 0)
    next.secrets = Object.fromEntries(names.map((name) => [name, had[name] ?? { env: free(next.secrets![name]!.env, taken) }]));
  item.meaning = meaningOf('apps', app);
}

type OfFile = { inFile: Item | undefined; taken: Set<string>; isWaiting: MergeInput['isWaiting'] };

/** A variable that the file does not use for another secret: what one app trusts is never sent to another. */
function free(name: string, taken: Set<string>): string {
  let chosen = name;
  for (let next = 2; taken.has(chosen); next += 1) chosen = `${name}_${next}`;
  taken.add(chosen);
  return chosen;
}

function differences(what: Section, { before, after }: Items): Merged[] {
  const lines: Merged[] = [];
  for (const { name, meaning, raw } of after) {
    const old = before.find((each) => each.name === name);
    if (!old) lines.push({ change: 'new', what, name: shown(raw, name) });
    else if (!isDeepStrictEqual(old.meaning, meaning)) lines.push({ change: 'changed', what, name: shown(raw, name) });
  }
  for (const { name, raw } of before)
    if (!after.some((each) => each.name === name)) lines.push({ change: 'gone', what, name: shown(raw, name) });
  // The order of milestones says something.
  if (what === 'milestones' && lines.length === 0 && before.map(({ name }) => name).join('\n') !== after.map(({ name }) => name).join('\n'))
    lines.push({ change: 'changed', what, name: 'their order' });
  return lines;
}

const shown = (raw: unknown, name: string): string =>
  typeof raw === 'string' ? raw : String((raw as { name?: unknown } | null)?.name ?? name.replace(/^\0.*/, 'without a name'));

function mergeSection(section: Section, text: string, freshText: string, { before, after }: Items): string {
  const document = parseDocument(text, reading);
  const map = document.contents as YAMLMap;
  const value = map.get(section, true);
  if (section in lists && isSeq(value) && !value.flow && value.items.length > 0 && after.length > 0)
    return mergeList(section, text, freshText, { before, after });
  if (section in lists && isSeq(value) && value.items.length > 0 && after.length > 0) {
    for (const [index, old] of before.entries()) {
      const item = value.items[index];
      const next = after.find(({ name }) => name === old.name);
      if (isMap(item) && next) mergeMap(item, turn(old, next));
    }
    const there = new Map(before.map(({ name }, index) => [name, value.items[index]]));
    mergeItems(value, there, { after, ordered: section === 'milestones' });
  } else if (section in lists) {
    const [above] = /^(#.*\n)*/.exec(text)!;
    return above + freshText.trimEnd() + /(\n[ \t]*(#.*)?)*$/.exec(text)![0];
  } else if (isMap(value)) mergeMap(value, turn(before[0]!, after[0]!));
  else mergeMap(map, { before: {}, after: { [section]: after[0]!.raw }, fresh: { [section]: after[0]!.raw } });
  return document.toString(written).trimEnd() + /\n\s*$/.exec(text)![0];
}

const turn = (old: Item, next: Item): Turn => ({ before: old.meaning, after: next.meaning, fresh: next.raw });

/** A list with one entry after another: each is kept, merged by itself, dropped, or taken over as it is written freshly. */
function mergeList(section: Section, text: string, freshText: string, { before, after }: Items): string {
  const [there, fresh] = [cutEntries(text), cutEntries(freshText)];
  const gaps = there.entries.slice(0, -1).filter((cut) => cut.after.startsWith('\n')).length;
  const between = gaps * 2 > there.entries.length - 1 ? '\n' : '';
  const tail = there.entries.at(-1)!.after;
  there.entries.at(-1)!.after = between;
  const kept: { name: string; text: string; after: string }[] = [];
  // Comments that stand for themselves stay when the entry above them goes.
  let loose = '';
  for (const [index, old] of before.entries()) {
    const next = after.find(({ name }) => name === old.name);
    const { above, body, after: end } = there.entries[index]!;
    if (!next) {
      if (end.includes('#')) loose += end.trimStart();
      continue;
    }
    const isSame = isDeepStrictEqual(old.meaning, next.meaning);
    kept.push({
      name: old.name,
      text: loose + above + (isSame ? body : mergedBody(body, there.column, turn(old, next))),
      after: end,
    });
    loose = '';
  }
  const names = after.map(({ name }) => name);
  const inOrder = kept.toSorted((one, other) => names.indexOf(one.name) - names.indexOf(other.name));
  const isInOrder = section === 'milestones' || kept.every((each, index) => each === inOrder[index]);
  const joined = section === 'milestones' ? inOrder : kept;
  let last = -1;
  for (const [index, name] of names.entries()) {
    const at = joined.findIndex((each) => each.name === name);
    last = at >= 0 ? at : isInOrder ? last + 1 : joined.length;
    if (at >= 0) continue;
    const { written: old, meaning } = after[index]!;
    const body = fresh.entries[index]!.body;
    const isSame = isDeepStrictEqual(old, meaning);
    const text = isSame ? body : mergedBody(body, fresh.column, { before: old, after: meaning, fresh: after[index]!.raw });
    joined.splice(last, 0, { name, text: indented(text, there.column - fresh.column), after: between });
  }
  return there.head + joined.map((each, index) => each.text + (index === joined.length - 1 ? '' : each.after)).join('') + loose + tail;
}

function mergedBody(body: string, column: number, about: Turn): string {
  const document = parseDocument(indented(body, -column), reading);
  const item = isSeq(document.contents) ? document.contents.items[0] : null;
  if (isMap(item)) mergeMap(item, about);
  else if (isSeq(document.contents)) document.contents.items = [document.createNode(about.fresh) as never];
  return indented(`${document.toString(written).trimEnd()}\n`, column);
}

function indented(text: string, by: number): string {
  if (by >= 0) return text.replaceAll(/^(?=[^\n])/gm, ' '.repeat(by));
  return text.replaceAll(new RegExp(`^ {1,${-by}}`, 'gm'), '');
}
