import type { z } from '@hono/zod-openapi';
import { isMap, isNode, isPair, isScalar, LineCounter, parseDocument } from 'yaml';
import { invalid, type Problem } from '../../platform/errors.ts';
import { findDoubledKeys } from '../../platform/find-doubled-keys.ts';
import { yamlProblems } from '../../platform/yaml-problems.ts';
import { checkPlaybook, type PlaybookProblem } from './check-playbook.ts';
import { kinds, knownFields, type PlaybookDefinition, playbookDefinition } from './playbook-definition.ts';

const MAX_LENGTH = 200_000;
const MAX_PROBLEMS = 50;
type YamlDocument = ReturnType<typeof parseDocument>;

/**
 * Reads a playbook from YAML 1.2.
 *
 * @throws Refusal `playbook_invalid` (422); each problem has `row` (the line, from 1), `field` (as `steps[2].at.time`) and the mend
 */
export function parsePlaybook(yamlText: string): PlaybookDefinition {
  if (yamlText.length > MAX_LENGTH) throw refuse([{ row: 1, message: `The file is longer than ${MAX_LENGTH} characters.` }]);
  const lines = new LineCounter();
  const document = parseDocument(yamlText, { lineCounter: lines, prettyErrors: false, uniqueKeys: false });
  const unreadable = yamlProblems(document, yamlText, lines);
  if (unreadable.length > 0) throw refuse(unreadable);
  const doubled = findDoubledKeys(document).slice(0, MAX_PROBLEMS);
  if (doubled.length > 0)
    throw refuse(
      doubled.map((offset) => ({
        row: lines.linePos(offset).line,
        message: 'This key is there twice, and keys are unique. Leave one out.',
      })),
    );
  const shaped = playbookDefinition.safeParse(toValue(document));
  const found = shaped.success ? checkPlaybook(shaped.data) : shaped.error.issues.flatMap((issue) => plainIssues(issue, document));
  if (!shaped.success || found.length > 0) throw refuse(found.map((problem) => placed(problem, document, lines)));
  return shaped.data;
}

/** The same rules for a definition that comes as JSON, from the API. The problems name the field, and no line. */
export function parsePlaybookValue(value: unknown): PlaybookDefinition {
  const shaped = playbookDefinition.safeParse(value);
  const found = shaped.success ? checkPlaybook(shaped.data) : shaped.error.issues.flatMap((issue) => plainIssues(issue, null));
  if (!shaped.success || found.length > 0) throw refuse(found.map(({ path, message }) => ({ field: fieldName(path), message })));
  return shaped.data;
}

function toValue(document: YamlDocument): unknown {
  try {
    return document.toJS({ maxAliasCount: 20 });
  } catch {
    throw refuse([{ row: 1, message: 'The file refers to its own parts too often. Write them out.' }]);
  }
}

function refuse(problems: Problem[]) {
  const [first] = problems;
  const where = first?.row === undefined ? (first?.field ?? 'The playbook') : `Line ${first.row}${first.field ? `, ${first.field}` : ''}`;
  const more = problems.length > 1 ? ` ${problems.length - 1} more ${problems.length === 2 ? 'problem is' : 'problems are'} listed.` : '';
  return invalid('playbook_invalid', `The playbook was not saved. ${where}: ${first?.message ?? ''}${more}`, problems);
}

function placed({ path, message }: PlaybookProblem, document: YamlDocument, lines: LineCounter): Problem {
  return { row: lines.linePos(offsetOf(path, document)).line, field: fieldName(path), message };
}

/** Where the entry stands: at its key when it has one, else at the nearest entry that holds it. */
function offsetOf(path: (string | number)[], document: YamlDocument): number {
  for (let length = path.length; length > 0; length -= 1) {
    const parent = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
    const last = path[length - 1];
    if (isMap(parent)) {
      const pair = parent.items.find((item) => isPair(item) && isScalar(item.key) && item.key.value === last);
      if (pair && isScalar(pair.key) && pair.key.range) return pair.key.range[0];
      continue;
    }
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}

const fieldName = (path: readonly PropertyKey[]) =>
  path.reduce<string>(
    (name, part) => (typeof part === 'number' ? `${name}[${part}]` : name === '' ? String(part) : `${name}.${String(part)}`),
    '',
  );

function plainIssues(issue: z.core.$ZodIssue, document: YamlDocument | null): PlaybookProblem[] {
  const path = issue.path as (string | number)[];
  if (issue.code === 'unrecognized_keys') {
    const known = fieldsAt(path, document);
    const mend = known ? ` Possible here: ${known.join(', ')}.` : '';
    return issue.keys.map((key) => ({ path: [...path, key], message: `'${key}' is not known here.${mend}` }));
  }
  return [{ path, message: plainIssue(issue) }];
}

function plainIssue(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined && issue.message.includes('undefined')
        ? `'${String(issue.path.at(-1) ?? 'the playbook')}' is missing.`
        : `This must be ${typeWords[issue.expected] ?? issue.expected}.`;
    case 'invalid_value':
      return `This must be one of: ${issue.values.map(String).join(', ')}.`;
    case 'invalid_union':
      return 'discriminator' in issue && issue.discriminator === 'kind' ? `'kind' must be one of: ${kinds.join(', ')}.` : unionWords(issue);
    case 'too_big':
      return issue.message.startsWith('At most') ? issue.message : `This is at most ${issue.maximum}.`;
    case 'too_small':
      return /^(A|This)/.test(issue.message) ? issue.message : `This is at least ${issue.minimum}.`;
    default:
      return issue.message;
  }
}

/** Of a field with several shapes, the words of the one that was meant: the nested one if it got further than its own type. */
function unionWords(issue: Extract<z.core.$ZodIssue, { code: 'invalid_union' }>): string {
  const branches = 'errors' in issue ? issue.errors : [];
  const nested = branches.flat().find((inner) => inner.path.length > 0 || inner.code === 'unrecognized_keys' || inner.code === 'custom');
  if (nested) {
    const at = nested.path.length > 0 ? `${fieldName(nested.path)}: ` : '';
    return nested.code === 'unrecognized_keys' ? `'${nested.keys.join(', ')}' is not known here.` : `${at}${plainIssue(nested)}`;
  }
  return branches.flat().map(plainIssue).join(' Or: ') || 'This has no shape that is known here.';
}

function fieldsAt(path: (string | number)[], document: YamlDocument | null): readonly string[] | undefined {
  if (path.length === 0) return knownFields.playbook;
  if (path.length === 2 && path[0] === 'steps')
    return document ? knownFields[`step ${String(document.getIn([...path, 'kind']))}`] : undefined;
  return knownFields[String(path.findLast((part) => typeof part === 'string'))];
}

const typeWords: Record<string, string> = {
  string: 'text (in quotes if it could be read as a number or a time)',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a group of entries',
};
