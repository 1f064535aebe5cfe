import assert from 'node:assert/strict';
import { test } from 'node:test';
import { duplicateStep, freeKey, moveStep, problemsByStep, putStep, removeStep } from './draft-steps.ts';
import type { Definition, OutlinedStep, Step } from './words.ts';

const task = (key: string, at: Step['at'], more: Partial<Step> = {}): Step =>
  ({ key, title: key.toUpperCase(), kind: 'task', at, who: 'ops', ...more }) as Step;

const definition: Definition = {
  name: 'Leaver',
  for: 'leaver',
  steps: [
    task('a', { anchor: 'confirmed' }),
    task('b', { anchor: 'confirmed' }),
    task('c', { anchor: 'confirmed' }, { waitsFor: ['b'] }),
    task('d', { anchor: 'last-working-day', workingDays: -1 }),
    { key: 'close', title: 'CLOSE', kind: 'revoke-access', at: { anchor: 'cut-off' } },
    task('e', { anchor: 'cut-off' }),
  ],
};
const outlined = (steps: Step[], moments: number[]): OutlinedStep[] =>
  steps.map((step, position) => ({
    key: step.key,
    title: step.title,
    kind: step.kind,
    position,
    part: 'before',
    moment: moments[position]!,
    waitsFor: step.waitsFor ?? [],
    fixed: step.key === 'close',
    condition: null,
    when: `moment ${moments[position]}`,
    details: [],
    rules: [],
  }));
const outline = outlined(definition.steps, [0, 0, 0, 1, 2, 2]);
const keys = (edited: { definition: Definition | null }) => edited.definition?.steps.map(({ key }) => key).join('');

test('a step changes places with its neighbour of the same moment', () => {
  assert.equal(keys(moveStep(definition, outline, 'b', -1)), 'bacdclosee');
  assert.equal(keys(moveStep(definition, outline, 'a', 1)), 'bacdclosee');
});

test('what waits for the other stays behind it, and says so', () => {
  const refused = moveStep(definition, outline, 'c', -1);
  assert.equal(refused.definition, null);
  assert.match(refused.said, /“C” waits for “B”/);
  assert.equal(moveStep(definition, outline, 'b', 1).definition, null);
});

test('past the edge of its moment a step begins together with its neighbour', () => {
  const moved = moveStep(definition, outline, 'd', -1);
  assert.deepEqual(moved.definition?.steps[3]?.at, { anchor: 'confirmed' });
  assert.equal(keys(moved), 'abcdclosee');
  const later = moveStep(definition, outline, 'c', 1);
  assert.deepEqual(later.definition?.steps[2]?.at, { anchor: 'last-working-day', workingDays: -1 });
  assert.match(moved.said, /now begins together with “C”: moment 0/);
});

test('what stands at the cut-off stays there, and nothing is put before it', () => {
  assert.equal(moveStep(definition, outline, 'close', -1).definition, null);
  assert.equal(moveStep(definition, outline, 'e', -1).definition, null);
  assert.equal(moveStep(definition, outline, 'a', -1).definition, null);
});

test('a step that is removed is named nowhere any more', () => {
  const left = removeStep(definition, 'b');
  assert.deepEqual(
    left.steps.map(({ key }) => key),
    ['a', 'c', 'd', 'close', 'e'],
  );
  assert.equal('waitsFor' in left.steps[1]!, false);
});

test('a copy and a new step have keys of their own', () => {
  const copied = duplicateStep(definition, 'a');
  assert.equal(copied.definition?.steps[1]?.key, 'a_2');
  assert.equal(freeKey(definition, 'Ordner übergeben: 2. Teil!'), 'ordner_ubergeben_2_teil');
  assert.equal(freeKey(definition, '漢字'), 'step');
  assert.equal(freeKey(definition, '1 a'), 'a_2');
  assert.equal(putStep(definition, task('new', { anchor: 'told' }), 'a').steps[1]?.key, 'new');
});

test('problems are found at their step', () => {
  const found = problemsByStep(
    [
      { field: 'steps[2].at.time', message: 'x' },
      { field: 'steps[2]', message: 'y' },
      { field: 'name', message: 'z' },
    ],
    definition.steps,
  );
  assert.deepEqual(found.get('c'), [
    { field: 'at.time', message: 'x' },
    { field: '', message: 'y' },
  ]);
  assert.deepEqual(found.get(''), [{ field: 'name', message: 'z' }]);
});
