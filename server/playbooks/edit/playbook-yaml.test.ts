import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { parsePlaybook } from '../schedule/parse-playbook.ts';
import { moments, type PlaybookDefinition, type PlaybookStep } from '../schedule/playbook-definition.ts';
import { changeYaml, playbookYaml } from './playbook-yaml.ts';

const blueprints = await Promise.all(
  moments.map((moment) => readFile(path.join(import.meta.dirname, '..', '..', '..', 'blueprints', `${moment}.yaml`), 'utf8')),
);

const changedLines = (before: string, after: string): string[] => {
  const known = new Set(before.split('\n'));
  return after.split('\n').filter((line) => !known.has(line));
};

test('what is written out means the same when it is read again, and is written the same a second time', () => {
  for (const text of blueprints) {
    const definition = parsePlaybook(text);
    const written = playbookYaml(definition);
    assert.deepEqual(parsePlaybook(written), definition);
    assert.equal(playbookYaml(parsePlaybook(written)), written);
  }
});

test('a definition without a change leaves the text as it is, to the last character', () => {
  for (const text of blueprints) assert.equal(changeYaml(text, parsePlaybook(text)), text);
});

test('a changed step changes its own lines and no others; comments stay', () => {
  const [text = ''] = blueprints;
  const definition = structuredClone(parsePlaybook(text));
  const step = definition.steps.find(({ key }) => key === 'final_pay')!;
  step.title = 'Settle the pay';
  step.at = { anchor: 'last-working-day', workingDays: -8, time: '10:00' };
  const changed = changeYaml(text, definition);
  assert.deepEqual(changedLines(text, changed), [
    '    title: Settle the pay',
    '    at: { anchor: last-working-day, workingDays: -8, time: "10:00" }',
  ]);
  assert.match(changed, /# The two steps at the cut-off wait for nothing and nobody\./);
  assert.deepEqual(parsePlaybook(changed), definition);
});

test('a comment before a step that is taken out stays before the next one', () => {
  const [text = ''] = blueprints;
  const definition = parsePlaybook(text);
  const steps = definition.steps.filter(({ key }) => key !== 'tell_leaver');
  const changed = changeYaml(text, { ...definition, steps });
  assert.match(changed, /# From the moment they have been told\n\n? *- key: hand_over_work/);
  assert.deepEqual(parsePlaybook(changed), { ...definition, steps });
});

test('a new step stands in its place, with an empty line before it and long texts as blocks', () => {
  const [text = ''] = blueprints;
  const definition = parsePlaybook(text);
  const step: PlaybookStep = {
    instructions: 'First this.\nThen that.',
    kind: 'task',
    who: 'ops',
    at: { anchor: 'confirmed' },
    title: 'Order a box',
    key: 'box',
  };
  const changed = changeYaml(text, { ...definition, steps: definition.steps.toSpliced(1, 0, step) });
  assert.match(
    changed,
    /\n\n {2}- key: box\n {4}title: Order a box\n {4}kind: task\n {4}at: \{ anchor: confirmed \}\n {4}who: ops\n {4}instructions: \|\n {6}First this\.\n {6}Then that\.\n\n/,
  );
});

test('a text with anchors and aliases, which cannot be changed in place, is written anew with the same meaning', () => {
  const text = `name: Small
for: leaver
steps:
  - { key: a, title: A, kind: task, at: &when { anchor: confirmed }, who: ops }
  - { key: b, title: B, kind: task, at: *when, who: hr }
`;
  const definition = structuredClone(parsePlaybook(text));
  definition.steps[0]!.at = { anchor: 'told' };
  const changed = changeYaml(text, definition);
  assert.deepEqual(parsePlaybook(changed), definition);
});

test('whatever is taken out, put elsewhere or retitled, the text means exactly the definition', () => {
  const [text = ''] = blueprints;
  const original = parsePlaybook(text);
  const free = original.steps.filter(({ key, waitsFor }) => waitsFor === undefined && key !== 'licences_asked');
  fc.assert(
    fc.property(
      fc.shuffledSubarray(free, { minLength: 5 }),
      fc.string({ minLength: 1, maxLength: 40 }).filter((title) => title.trim() !== ''),
      fc
        .string({ minLength: 1, maxLength: 200, unit: fc.constantFrom('a', ' ', '\n', ':', '#', '"', '{', '}', '[', '|', '-', 'é', '漢') })
        .filter((words) => words.trim() !== ''),
      (steps, title, words) => {
        const asked = new Set(steps.map(({ key }) => key));
        const kept = steps.filter((step) => !/answers\.(\w+)/.test(step.when ?? '') && !('to' in step && typeof step.to === 'object'));
        assert.ok(asked.size > 0);
        if (kept.length === 0) return;
        const changed = kept.map((step, index) =>
          index === 0 ? { ...step, title: title.trim(), ...('who' in step ? { instructions: words.trim() } : {}) } : step,
        ) as PlaybookStep[];
        const definition: PlaybookDefinition = { ...original, steps: changed };
        assert.deepEqual(parsePlaybook(changeYaml(text, definition)), definition);
      },
    ),
    { numRuns: 60 },
  );
});
