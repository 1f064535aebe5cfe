import assert from 'node:assert/strict';
import { test } from 'node:test';
import { choiceOfCondition, conditionOfChoice, everyone, ownCondition } from './milestone-condition.ts';

test('a choice becomes a condition and the condition the same choice again, whatever the department is called', () => {
  for (const choice of [everyone, 'Support', 'R&D "Labs"', 'Försäljning \\ Nord'])
    assert.equal(choiceOfCondition(conditionOfChoice(choice)), choice);
});

test('any other condition stays in its own words', () => {
  assert.equal(choiceOfCondition('person.title == "Engineer"'), ownCondition);
  assert.equal(choiceOfCondition('person.department == "A" && person.title == "B"'), ownCondition);
});
