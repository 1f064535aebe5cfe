import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type ConditionRow, conditionRows, conditionText, conditionWords } from './condition.ts';

const oneValue: fc.Arbitrary<ConditionRow> = fc
  .tuple(
    fc.constantFrom('department', 'title', 'manager'),
    fc.constantFrom('is' as const, 'is-not' as const),
    fc.string({ unit: 'binary' }),
  )
  .map(([field, how, value]) => ({ field, how, values: [value] }));
const someValues: fc.Arbitrary<ConditionRow> = fc
  .tuple(
    fc.constantFrom('location', 'country'),
    fc.constantFrom('one-of' as const, 'none-of' as const),
    fc.array(fc.string({ unit: 'binary' }), { minLength: 1, maxLength: 4 }),
  )
  .map(([field, how, values]) => ({ field, how, values }));
const yesOrNo: fc.Arbitrary<ConditionRow> = fc
  .constantFrom('true', 'false')
  .map((value) => ({ field: 'managesPeople', how: 'is', values: [value] }));
const row = fc.oneof(oneValue, someValues, yesOrNo);

test('what the rows of the form say comes back from its text as the same rows, whatever the values are', () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 4 }), (rows) => {
      assert.deepEqual(conditionRows(conditionText(rows)), rows);
    }),
  );
});

test('a text that rows cannot express stays text', () => {
  for (const text of [
    'person.department == "Sales" || person.title == "CEO"',
    '!(person.department == "Sales")',
    'person.title.contains("Engineer")',
    'has(person.manager)',
    'person.department in []',
    'person.department == person.location',
    'person.department == "Sales" &&',
    '"Sales" == person.department',
    '',
    'false',
    'person.department == "Sal\\qes"',
    'person.department',
    '!person.department',
    'person.managesPeople == "true"',
    'person.managesPeople in ["true"]',
    '!person.managesPeople == false',
    '!(person.managesPeople && true)',
    '!!person.managesPeople',
  ]) {
    assert.equal(conditionRows(text), null, text);
  }
});

test('single quotes, brackets around one comparison and odd spaces are read as the rows they are', () => {
  assert.deepEqual(conditionRows(`( person.department=='Sales' )&&person.title != 'He said "no"'`), [
    { field: 'department', how: 'is', values: ['Sales'] },
    { field: 'title', how: 'is-not', values: ['He said "no"'] },
  ]);
  assert.deepEqual(conditionRows(" person.title == 'it\\'s' "), [{ field: 'title', how: 'is', values: ["it's"] }]);
});

test('whether somebody manages people is one row, however the text says it', () => {
  for (const [value, texts] of [
    [
      'true',
      [
        'person.managesPeople',
        '(person.managesPeople)',
        'person.managesPeople==true',
        'person.managesPeople != false',
        '!(person.managesPeople == false)',
      ],
    ],
    [
      'false',
      [
        '!person.managesPeople',
        '! (person.managesPeople)',
        '(person.managesPeople == false)',
        'person.managesPeople != true',
        '!(person.managesPeople != false)',
      ],
    ],
  ] as const) {
    for (const text of texts) {
      assert.deepEqual(
        conditionRows(`person.department == "Sales" && ${text}`)?.[1],
        { field: 'managesPeople', how: 'is', values: [value] },
        text,
      );
    }
  }
});

test('a condition is said in words', () => {
  assert.equal(conditionWords('true'), 'Everyone');
  assert.equal(
    conditionWords('person.department == "Sales" && person.location in ["Berlin", "Lyon"] && person.employmentType != "intern"'),
    'Department is Sales, location is Berlin or Lyon, employment is not intern',
  );
  assert.equal(conditionWords('person.managesPeople'), 'Manages people');
  assert.equal(conditionWords('person.department == "Sales" && !person.managesPeople'), 'Department is Sales, manages nobody');
  assert.equal(conditionWords('person.title.contains("Engineer")'), 'person.title.contains("Engineer")');
});
