import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Refusal } from '../errors.ts';
import { checkExpression, type ExpressionVariables, inspectExpression, MAX_EXPRESSION_LENGTH } from './index.ts';

const variables: ExpressionVariables = {
  person: { department: 'string', age: 'int', tags: 'list<string>', remote: 'bool', extra: 'any' },
  answers: 'open',
};

const accepted = [
  'true',
  'person.department == "Sales"',
  'person["department"] == "Sales"',
  'person.department in ["Sales", "Legal"]',
  'person.tags.exists(t, t.startsWith("vip"))',
  'person.tags.exists(t, t == "a") && person.tags.all(t, t != "b")',
  'person.age > 3 && !person.remote',
  'has(person.department) && answers.keep_mailbox == "yes"',
  'size(person.tags) > 1 ? person.remote : false',
  'person.extra',
];

for (const text of accepted) {
  test(`a condition in the language is accepted: ${text}`, () => assert.ok('reads' in inspectExpression(text, variables)));
}

const refused: [string, RegExp, number][] = [
  ['', /is empty/, 1],
  ['person.department ==', /cannot be read/, 21],
  ['person.department = "Sales"', /Two things are compared with ==\./, 19],
  ['person.remote and person.age > 3', /Write && for and, \|\| for or, ! for not\./, 15],
  ['person.department == “Sales”', /Put a text in straight quotation marks: "Sales"\./, 22],
  ['person.department.matches("(a+)+$")', /'matches' cannot be used/, 18],
  ['person.tags.exists(a, person.tags.exists(b, a == b))', /inside another list function/, 34],
  ['person.tags.map(a, person.tags.filter(b, a == b)).size() > 0', /inside another list function/, 31],
  ['person.tags.filter(a, a == "x").map(b, person.tags.all(c, c == b)).size() > 0', /inside another/, 51],
  ['cel.bind(x, person.department, x + x == "a")', /'cel'/, 1],
  ['person.department.split("").size() > 1', /'split' cannot be used/, 18],
  ['shoe == 1', /'shoe' is not known here/, 1],
  ['person.shoe == 1', /'person.shoe' does not exist\. 'person' has: department, age/, 8],
  ['person == person', /alone says nothing/, 1],
  ['"department" in person', /alone says nothing/, 17],
  ['person[person.department] == 1', /cannot be calculated/, 7],
  ['person.department == 3', /do not go together: string == int/, 1],
  ['person.department == null', /has\(…\)/, 1],
  ['person.department', /yes or no/, 1],
  ['person.tags.all(person, person == "a")', /another name/, 17],
  ['foo(1)', /'foo' cannot be used/, 1],
  ['type(person.age) == int', /'type' cannot be used/, 1],
];

for (const [text, words, position] of refused) {
  test(`a condition outside the language is refused in plain words with its position: ${text || '(empty)'}`, () => {
    const outcome = inspectExpression(text, variables);
    assert.ok('problem' in outcome, 'was accepted');
    assert.match(outcome.problem.message, words);
    assert.equal(outcome.problem.position, position, outcome.problem.message);
  });
}

test('a condition longer than the limit is refused before it is parsed', () => {
  const outcome = inspectExpression(`true ${'|| true '.repeat(300)}`, variables);
  assert.ok('problem' in outcome);
  assert.match(outcome.problem.message, new RegExp(`At most ${MAX_EXPRESSION_LENGTH}`));
});

test('a deeply nested condition is refused, not overflowed', () => {
  assert.ok('problem' in inspectExpression(`${'('.repeat(900)}true${')'.repeat(900)}`, variables));
});

test('saving a refused condition throws a refusal that names the field', () => {
  assert.throws(
    () => checkExpression('shoe', { variables, field: 'steps[2].when' }),
    (error: Refusal) => error.code === 'condition_invalid' && error.status === 422 && error.problems[0]?.field === 'steps[2].when',
  );
});

test('the fields that a condition reads are listed once each', () => {
  const { reads } = checkExpression('answers.b == "x" || answers.a == "y" || person.age > 1 || answers.b == "z"', { variables });
  assert.deepEqual(reads, ['answers.a', 'answers.b', 'person.age']);
});
