import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, test } from 'node:test';
import type { Refusal } from '../errors.ts';
import { createEvaluator } from './index.ts';

const evaluator = createEvaluator();
after(() => evaluator.close());

const tooCostly = (error: Refusal) => error.code === 'condition_too_costly' && error.status === 422;

test('a known field gives yes or no; a missing or empty one gives unknown, never no', async () => {
  const contexts = [
    { person: { department: 'Sales' } },
    { person: { department: 'IT' } },
    { person: {} },
    { person: { department: null } },
    {},
  ];
  assert.deepEqual(await evaluator.evaluateMany('person.department == "Sales"', contexts), [true, false, null, null, null]);
  assert.deepEqual(await evaluator.evaluateMany('person.department != "Sales"', contexts), [false, true, null, null, null]);
  assert.deepEqual(await evaluator.evaluateMany('!(person.department == "Sales")', contexts), [false, true, null, null, null]);
});

test('an unknown part decides nothing where the rest is enough, and everything where it is not', async () => {
  const [a, b, c] = await Promise.all([
    evaluator.evaluateMany('person.x == 1 || person.y == 1', [{ person: { y: 1 } }, { person: { y: 2 } }]),
    evaluator.evaluateMany('person.x == 1 && person.y == 1', [{ person: { y: 1 } }, { person: { y: 2 } }]),
    evaluator.evaluateMany('"a" in person.tags', [{ person: { tags: ['a', null] } }, { person: { tags: [] } }, { person: {} }]),
  ]);
  assert.deepEqual(a, [true, null]);
  assert.deepEqual(b, [null, false]);
  assert.deepEqual(c, [null, false, null]);
});

test('an answer that is neither yes nor no is unknown, with its reason', async () => {
  assert.deepEqual(await evaluator.evaluateOne('person.age', { person: { age: 3 } }), {
    value: null,
    reason: 'The condition did not answer yes or no.',
  });
  const wrongType = await evaluator.evaluateOne('person.age > 3', { person: { age: 'old' } });
  assert.equal(wrongType.value, null);
  assert.ok(wrongType.reason);
  assert.deepEqual(await evaluator.evaluateOne('person.age + 1 == 4', { person: { age: 3 } }), { value: true, reason: null });
});

test('names that JavaScript gives every object are not fields', async () => {
  const contexts = [{ answers: {} }, JSON.parse('{"answers":{"__proto__":{"x":1}}}')];
  assert.deepEqual(await evaluator.evaluateMany('answers.constructor == 1', contexts), [null, null]);
  assert.deepEqual(await evaluator.evaluateMany('answers.x == 1', contexts), [null, null]);
});

test('what saving refuses is refused by evaluation too', async () => {
  for (const text of ['person.a.matches("a")', 'person.l.all(a, person.l.all(b, a == b))', 'cel.bind(x, "a", x == x)', '1 +']) {
    await assert.rejects(evaluator.evaluateMany(text, [{}]), { code: 'condition_invalid' });
  }
});

const heavy = { person: { list: Array.from({ length: 20_000 }, (_, index) => `${index}${'a'.repeat(500)}`) } };
const heavyText = `person.list.map(x, ${Array(300).fill('x').join(' + ')}).exists(x, x.contains("zz"))`;

test('a costly condition is stopped within its time with words, and the next one is answered by a new worker', async () => {
  const quick = createEvaluator({ maxMillis: 150, maxMemoryMegabytes: 2000 });
  try {
    const began = performance.now();
    const [costly, next] = await Promise.allSettled([quick.evaluateMany(heavyText, [heavy]), quick.evaluateMany('1 == 1', [{}])]);
    assert.ok(costly.status === 'rejected' && tooCostly(costly.reason), String(costly.status));
    assert.match(costly.reason.message, /stopped.*Nothing was changed/);
    assert.deepEqual(next, { status: 'fulfilled', value: [true] });
    assert.ok(performance.now() - began < 10_000);
  } finally {
    await quick.close();
  }
});

test('a condition that fills the memory is stopped; the process lives on', async () => {
  const small = createEvaluator({ maxMillis: 30_000, maxMemoryMegabytes: 64 });
  try {
    await assert.rejects(small.evaluateMany(heavyText, [heavy]), (error: Refusal) => tooCostly(error) && error.message.includes('memory'));
    assert.deepEqual(await small.evaluateMany('1 == 1', [{}]), [true]);
  } finally {
    await small.close();
  }
});

test('100,000 evaluations come back in order', async () => {
  const contexts = Array.from({ length: 100_000 }, (_, index) => ({ person: { department: index % 3 ? 'IT' : 'Sales', age: index } }));
  const began = performance.now();
  const answers = await evaluator.evaluateMany('person.department == "Sales" && person.age > 10', contexts);
  const millis = performance.now() - began;
  assert.equal(answers.length, 100_000);
  assert.ok(answers.every((answer, index) => answer === (index % 3 === 0 && index > 10)));
  assert.ok(millis < 10_000, `took ${millis} ms`);
});

test('an idle evaluator does not keep the process alive, one at work does', () => {
  const door = new URL('./index.ts', import.meta.url).href;
  const script = `const { createEvaluator } = await import('${door}'); console.log(JSON.stringify(await createEvaluator().evaluateMany('1 == 1', [{}])));`;
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], { timeout: 30_000, encoding: 'utf8' });
  assert.equal(output.trim(), '[true]');
});

test('a closed evaluator refuses and ends what was under way', async () => {
  const own = createEvaluator({ maxMillis: 30_000, maxMemoryMegabytes: 2000 });
  const underWay = own.evaluateMany(heavyText, [heavy]);
  const refused = assert.rejects(underWay, { code: 'evaluation_ended' });
  await own.close();
  await refused;
  await assert.rejects(own.evaluateMany('1 == 1', [{}]), { code: 'evaluation_ended' });
});
