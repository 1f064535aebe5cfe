import type { z } from 'zod';
import { invalid, type Problem, type Refusal } from '../platform/errors.ts';
import type {
  AddressEntry,
  AppEntry,
  List,
  LocationEntry,
  MilestoneEntry,
  RuleEntry,
  Section,
  SignInEntry,
} from './configuration-shape.ts';
import { lists, sections } from './configuration-shape.ts';
import { type Path, type Place, readYaml } from './read-yaml.ts';
import { type Found, shapeProblems, unknownKey } from './shape-problems.ts';

/** One entry of the file and where it stands. */
export type Entry<T> = { path: Path; value: T };

/** What the file says. A section that it does not mention is not here, and stays untouched. Entries whose shape is wrong are left out. */
export type Wanted = {
  organization?: Entry<string>;
  timezone?: Entry<string>;
  address?: Entry<AddressEntry>;
  signIn?: Entry<SignInEntry>;
  locations?: Entry<LocationEntry>[];
  departments?: Entry<string>[];
  apps?: Entry<AppEntry>[];
  access?: Entry<RuleEntry>[];
  milestones?: Entry<MilestoneEntry>[];
  playbooks?: Entry<Record<string, unknown>>[];
};

export type Parsed = {
  wanted: Wanted;
  /** The file as it was written, also where its shape is wrong. */
  value: Record<string, unknown>;
  place: Place;
  problems: Found[];
  /** Every app that the file names, also where something else about it is wrong. */
  appNames: string[];
};

/** Reads a configuration. All that is wrong with its shape is told at once; what cannot be read as YAML at all is told as `unreadable`. */
export function parseConfiguration(yaml: string): Parsed | { unreadable: Problem[] } {
  const read = readYaml(yaml);
  if ('problems' in read) return { unreadable: read.problems };
  const { place } = read;
  if (typeof (read.value ?? {}) !== 'object' || Array.isArray(read.value))
    return { unreadable: [{ row: 1, message: `The file must be a group of entries, such as "organization: Acme".${colonWords(yaml)}` }] };
  const value = (read.value ?? {}) as Record<string, unknown>;
  const problems: Found[] = [];
  const wanted: Record<string, unknown> = {};
  const known = Object.keys(sections) as Section[];
  for (const [key, given] of Object.entries(value)) {
    if (key === 'people') problems.push({ path: [key], message: 'People do not stand here. They come by: groundcrew import people FILE.' });
    else if (!known.includes(key as Section)) problems.push({ path: [key], message: unknownKey(key, known) });
    else if (key in lists) wanted[key] = listOf(key as List, given, problems);
    else wanted[key] = oneOf(sections[key as Section], [key], given, problems);
    if (wanted[key] === undefined) delete wanted[key];
  }
  return { wanted: wanted as Wanted, value, place, problems, appNames: namesOf(value.apps) };
}

/** Of "organization:Acme" what is missing. */
const colonWords = (yaml: string): string =>
  /^[^\s:#]+:(?![ \t\n]|$)/m.test(yaml) ? ' A space after a ":" is missing, or another character stands in its place.' : '';

function oneOf(schema: z.ZodType, path: Path, given: unknown, problems: Found[]): Entry<unknown> | undefined {
  const result = schema.safeParse(given);
  if (result.success) return { path, value: result.data };
  problems.push(...shapeProblems(result.error, path, schema));
  return undefined;
}

function listOf(key: List, given: unknown, problems: Found[]): Entry<unknown>[] | undefined {
  if (!Array.isArray(given)) {
    problems.push({ path: [key], message: `'${key}' must be a list. Write [] for none, or leave the whole section out.` });
    return undefined;
  }
  if (given.length > lists[key]) {
    problems.push({ path: [key], message: `'${key}' has ${given.length} entries. At most ${lists[key]} are accepted.` });
    return undefined;
  }
  const entries = given.map((each, index) => oneOf(sections[key], [key, index], each, problems)).filter((each) => each !== undefined);
  return withoutDoubles(key, entries, problems);
}

/** Two entries of one name: nobody could say which is meant. A playbook is known by what it is for. */
function withoutDoubles(key: List, entries: Entry<unknown>[], problems: Found[]): Entry<unknown>[] {
  const by = key === 'playbooks' ? 'for' : 'name';
  const seen = new Set<string>();
  return entries.filter(({ path, value }) => {
    const name = typeof value === 'string' ? value : (value as Record<string, unknown>)[by];
    if (typeof name !== 'string') return true;
    const isFirst = !seen.has(name.toLowerCase());
    seen.add(name.toLowerCase());
    const message =
      key === 'playbooks' ? `There are two playbooks for ${name}. Leave one out.` : `'${name}' is there twice. Leave one out.`;
    if (!isFirst) problems.push({ path: typeof value === 'string' ? path : [...path, by], message });
    return isFirst;
  });
}

const namesOf = (apps: unknown): string[] =>
  Array.isArray(apps) ? apps.map((app) => (app as { name?: unknown } | null)?.name).filter((name) => typeof name === 'string') : [];

/** The refusal that tells all that is wrong with a file, in the order of its lines. */
export function refusedFile(problems: Problem[], end = 'Nothing was changed.'): Refusal {
  const inOrder = problems.toSorted((one, other) => (one.row ?? 0) - (other.row ?? 0));
  const count = inOrder.length === 1 ? 'One thing is' : `${inOrder.length} things are`;
  return invalid('configuration_invalid', `${count} wrong in the file. ${end}`, inOrder);
}
