import assert from 'node:assert/strict';
import { test } from 'node:test';
import { conditionRows, conditionWords } from './condition-rows.ts';

test('a list of comparisons is read as rows, a longer expression stays text', () => {
  assert.deepEqual(conditionRows('person.department == "Sales"'), {
    join: 'all',
    rows: [{ field: 'person.department', is: '==', value: 'Sales' }],
  });
  assert.deepEqual(conditionRows('!leaving.now && person.directReports > 0'), {
    join: 'all',
    rows: [
      { field: 'leaving.now', is: '==', value: false },
      { field: 'person.directReports', is: '>', value: 0 },
    ],
  });
  assert.deepEqual(conditionRows(`person.location == 'A && "B"' || answers.laptop`)?.rows.length, 2);
  for (const text of [
    'person.department in ["Sales"]',
    '(leaving.now)',
    'leaving.now && leaving.sensitive || answers.x',
    'person.title.startsWith("Head")',
    '',
    'person.title == "tab\\t"',
  ])
    assert.equal(conditionRows(text), null, text);
});

test('a condition is said with the question and the answer that it reads', () => {
  const steps = [
    {
      key: 'mail',
      title: 'What happens to mail?',
      kind: 'question' as const,
      at: { anchor: 'confirmed' as const },
      who: 'ops' as const,
      question: {
        answer: 'choice' as const,
        options: [
          { value: 'reply', label: 'A reply' },
          { value: 'none', label: 'Nothing' },
        ],
      },
    },
  ];
  assert.equal(conditionWords('answers.mail == "reply"', { steps }), 'the answer to “What happens to mail?” is “A reply”');
  assert.equal(conditionWords('!leaving.now', { steps }), 'access does not close at once');
  assert.equal(conditionWords('person.department != "Sales"', { steps }), 'their department is not “Sales”');
  assert.equal(conditionWords('size(person.title) > 3', { steps }), 'size(person.title) > 3');
});
