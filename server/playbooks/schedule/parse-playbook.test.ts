import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { Refusal } from '../../platform/errors.ts';
import { parsePlaybook, parsePlaybookValue } from './parse-playbook.ts';
import type { PlaybookStep } from './playbook-definition.ts';
import { isOnlyAfterTold, neverWaits } from './step-rules.ts';

const blueprint = readFileSync(new URL('../../../blueprints/leaver.yaml', import.meta.url), 'utf8');

function refusal(yaml: string): Refusal {
  try {
    parsePlaybook(yaml);
  } catch (error) {
    return error as Refusal;
  }
  throw new assert.AssertionError({ message: 'The playbook was accepted.' });
}

const around = (steps: string) => `name: Test\nfor: leaver\nsteps:\n${steps}`;

test('the leaver blueprint may be saved, and reads the same as JSON', () => {
  const definition = parsePlaybook(blueprint);
  assert.equal(definition.name, 'Leaver');
  assert.deepEqual(parsePlaybookValue(JSON.parse(JSON.stringify(definition))), definition);
  assert.deepEqual(
    definition.steps.filter(neverWaits).map((step) => step.key),
    ['close_access', 'ownerships_fall'],
  );
  const reachesLeaver = (step: PlaybookStep) => JSON.stringify(step).includes('"leaver"');
  assert.ok(definition.steps.filter(reachesLeaver).length >= 4);
  assert.ok(definition.steps.filter(reachesLeaver).every(isOnlyAfterTold));
});

test('every field of the blueprint renamed is refused at its line', () => {
  const lines = blueprint.split('\n');
  for (const [index, line] of lines.entries()) {
    const match = /^( {2}- | {4})(key|title|kind|at|who|question|message|waitsFor|remind|access):/.exec(line);
    if (!match) continue;
    const changed = lines.with(index, line.replace(`${match[2]}:`, `${match[2]}x:`)).join('\n');
    const rows = refusal(changed).problems.map((problem) => problem.row);
    assert.ok(rows.includes(index + 1) || match[2] === 'kind', `line ${index + 1}: ${line} → ${rows}`);
  }
});

const shapes: [string, string, number, RegExp][] = [
  [
    'an unknown field',
    around('  - key: a\n    title: A\n    kind: wait\n    at: { anchor: told }\n    colour: red'),
    8,
    /'colour' is not known here\. Possible here: key, title/,
  ],
  [
    'an unknown field inside',
    around('  - key: a\n    title: A\n    kind: wait\n    at:\n      anchor: told\n      hour: 9'),
    9,
    /'hour' is not known here/,
  ],
  [
    'an unknown kind',
    around('  - key: a\n    title: A\n    kind: dance\n    at: { anchor: told }'),
    6,
    /'kind' must be one of: revoke-access, grant-access/,
  ],
  ['a missing field', around('  - key: a\n    title: A\n    kind: task\n    at: { anchor: told }'), 4, /who|one of: ops/],
  ['an unquoted time', around('  - key: a\n    title: A\n    kind: wait\n    at: { anchor: told, time: 9:00 }'), 7, /two digits each/],
  [
    'a key that no condition could read',
    around('  - key: keep-mail\n    title: A\n    kind: wait\n    at: { anchor: told }'),
    4,
    /underscores/,
  ],
  ['a twice written entry', 'name: A\nname: B\nfor: leaver', 2, /unique/],
  ['broken YAML', 'name: A\nsteps: [\nfor: leaver', 3, /\[ or \{ .*not closed/],
  ['something else altogether', '- a\n- b', 1, /group of entries/],
  [
    'a host in a path',
    around('  - { key: a, title: A, kind: http-call, at: { anchor: told }, connection: C, method: GET, path: "//evil.example/x" }'),
    4,
    /names no host/,
  ],
];
for (const [name, yaml, row, words] of shapes) {
  test(`${name} is refused, naming line and mend`, () => {
    const error = refusal(yaml);
    assert.equal(error.code, 'playbook_invalid');
    assert.equal(error.problems[0]?.row, row, JSON.stringify(error.problems));
    assert.match(error.problems[0]?.message ?? '', words);
    assert.match(error.message, new RegExp(`not saved\\. Line ${row}`));
  });
}

const step = (fields: string) => `  - { ${fields} }\n`;
const rules: [string, string, string, RegExp][] = [
  ['two steps with one key', step('key: a, title: A, kind: wait, at: { anchor: told }').repeat(2), 'steps[1].key', /another key/],
  [
    'waiting for nobody known',
    step('key: a, title: A, kind: wait, at: { anchor: told }, waitsFor: [b]'),
    'steps[0].waitsFor[0]',
    /no step with the key 'b'/,
  ],
  [
    'a circle, also through an answer',
    step('key: a, title: A, kind: question, who: ops, question: { answer: text }, at: { anchor: told }, waitsFor: [c]') +
      step('key: b, title: B, kind: wait, at: { anchor: told }, when: answers.a == "x"') +
      step('key: c, title: C, kind: wait, at: { anchor: told }, waitsFor: [b]'),
    'steps[0]',
    /wait for each other.*a → c → b → a/,
  ],
  [
    'a condition that reads what does not exist',
    step('key: a, title: A, kind: wait, at: { anchor: told }, when: person.shoe == 1'),
    'steps[0].when',
    /'person\.shoe' does not exist/,
  ],
  [
    'a condition on an answer that nobody is asked for',
    step('key: a, title: A, kind: wait, at: { anchor: told }, when: answers.b'),
    'steps[0].when',
    /'answers\.b' does not exist/,
  ],
  [
    'a cut-off that waits',
    step('key: b, title: B, kind: wait, at: { anchor: told }') +
      step('key: a, title: A, kind: revoke-access, at: { anchor: cut-off }, waitsFor: [b]'),
    'steps[1].waitsFor',
    /never waits/,
  ],
  [
    'deleting without an approval',
    step('key: a, title: A, kind: revoke-access, access: delete, at: { anchor: cut-off, days: 90 }'),
    'steps[0].access',
    /approval/,
  ],
  [
    'an exact offset from a date',
    step('key: a, title: A, kind: wait, at: { anchor: legal-end, plus: PT1H }'),
    'steps[0].at.plus',
    /is a date/,
  ],
  [
    'a message to the leaver before they are told',
    step('key: a, title: A, kind: task, who: leaver, onlyAfterTold: false, at: { anchor: confirmed }'),
    'steps[0].onlyAfterTold',
    /until the leaver was told/,
  ],
  [
    'a choice without options',
    step('key: a, title: A, kind: question, who: ops, question: { answer: choice }, at: { anchor: told }'),
    'steps[0].question',
    /needs "options"/,
  ],
  [
    'a placeholder that cannot be filled',
    step('key: a, title: A, kind: message, message: { to: ops, subject: S, text: "{{shoe}}" }, at: { anchor: told }'),
    'steps[0].message.text',
    /{{shoe}} cannot be filled in/,
  ],
];
for (const [name, steps, field, words] of rules) {
  test(`${name} is refused, naming the field`, () => {
    const error = refusal(around(steps));
    const problem = error.problems.find((one) => one.field === field);
    assert.ok(problem, JSON.stringify(error.problems));
    assert.match(problem.message, words);
    assert.ok((problem.row ?? 0) >= 4);
  });
}

test('aliases that would explode are refused', () => {
  const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefgh'
    .split('')
    .map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[index]}`).join(',')}]`)
    .join('\n')}`;
  assert.equal(refusal(bomb).code, 'playbook_invalid');
});
