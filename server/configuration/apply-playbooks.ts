import { isDeepStrictEqual } from 'node:util';
import { Refusal } from '../platform/errors.ts';
import { playbookYaml, savePlaybookVersion } from '../playbooks/index.ts';
import { parsePlaybookValue } from '../playbooks/schedule/parse-playbook.ts';
import { knownFields, moments, type PlaybookDefinition } from '../playbooks/schedule/playbook-definition.ts';
import { blueprintOf } from './blueprint-of.ts';
import type { Entry } from './parse-configuration.ts';
import { attempt, complain, type Push } from './push.ts';
import type { Current } from './read-current.ts';
import { type Path, pathOf } from './read-yaml.ts';
import { unknownKey } from './shape-problems.ts';

const note = 'By groundcrew push';

/** Saves a new version of each playbook that differs. One that the file leaves out is set back to the blueprint; runs keep the version they began with. */
export async function applyPlaybooks(push: Push, entries: Entry<Record<string, unknown>>[], current: Current): Promise<void> {
  const inFile = new Set<string>();
  for (const entry of entries) {
    if (typeof entry.value.for === 'string') inFile.add(entry.value.for);
    const definition = readDefinition(push, entry);
    if (definition) await save(push, entry.path, definition, current);
  }
  for (const { moment, definition, own } of current.playbooks) {
    if (inFile.has(moment) || !own) continue;
    const blueprint = await blueprintOf(moment);
    await attempt(push, ['playbooks'], {}, () => savePlaybookVersion(push.ctx, { moment, yaml: playbookYaml(blueprint), note }));
    push.lines.push({
      what: 'playbook',
      name: definition.name,
      change: 'gone',
      words: 'Not in the file; it is set back to the playbook that ships with Groundcrew.',
      before: null,
      after: null,
    });
  }
}

function readDefinition(push: Push, { path, value }: Entry<Record<string, unknown>>): PlaybookDefinition | null {
  if (typeof value.for === 'string' && !moments.some((moment) => moment === value.for)) {
    complain(push, [...path, 'for'], `This must be one of: ${moments.join(', ')}.`);
    return null;
  }
  try {
    return parsePlaybookValue(value);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    for (const { field, message } of error.problems) {
      const inner = pathOf(field ?? '');
      complain(push, [...path, ...inner], stepKeyWords(value, inner) ?? message);
    }
    return null;
  }
}

/** For a key that no step of its kind has: which it may have. */
function stepKeyWords(value: Record<string, unknown>, [list, index, key, ...rest]: Path): string | null {
  if (list !== 'steps' || typeof key !== 'string' || rest.length > 0 || !Array.isArray(value.steps)) return null;
  const known = knownFields[`step ${String(value.steps[Number(index)]?.kind)}`];
  return known && !known.includes(key) ? unknownKey(key, known) : null;
}

async function save(push: Push, path: Entry<unknown>['path'], definition: PlaybookDefinition, current: Current): Promise<void> {
  const there = current.playbooks.find(({ moment }) => moment === definition.for);
  const line = { what: 'playbook' as const, name: definition.name, before: null, after: null };
  if (there && isDeepStrictEqual(there.definition, definition)) {
    push.lines.push({ ...line, change: 'same', words: '' });
    return;
  }
  await attempt(push, path, {}, () => savePlaybookVersion(push.ctx, { moment: definition.for, yaml: playbookYaml(definition), note }));
  push.lines.push({ ...line, change: 'changed', words: there ? stepWords(there.definition, definition) : '' });
}

/** "2 steps new, 1 gone, 3 changed" between two versions. */
function stepWords(before: PlaybookDefinition, after: PlaybookDefinition): string {
  const old = new Map(before.steps.map((step) => [step.key, step]));
  const added = after.steps.filter(({ key }) => !old.has(key)).length;
  const gone = before.steps.length - (after.steps.length - added);
  const changed = after.steps.filter((step) => old.has(step.key) && !isDeepStrictEqual(old.get(step.key), step)).length;
  const counts = [added > 0 ? `${added} new` : '', gone > 0 ? `${gone} gone` : '', changed > 0 ? `${changed} changed` : ''].filter(Boolean);
  return counts.length > 0 ? `steps: ${counts.join(', ')}` : 'words or order changed';
}
