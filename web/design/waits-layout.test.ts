import assert from 'node:assert/strict';
import { test } from 'node:test';
import { layoutWaits, type PlacedBox, type WaitingBox, wrapWords } from './waits-layout.ts';

const box = (key: string, moment: number, waitsFor: string[] = [], title = 'Order the laptop'): WaitingBox => ({
  key,
  title,
  moment,
  waitsFor,
});

const overlap = (a: PlacedBox, b: PlacedBox) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

test('later moments stand further right, and what waits within a moment stands right of what it waits for', () => {
  const { boxes, moments } = layoutWaits([box('a', 0), box('b', 0, ['a']), box('c', 1, ['b']), box('d', 3, ['a'])]);
  const at = (key: string) => boxes.find((each) => each.key === key)!.x;
  assert.ok(at('a') < at('b') && at('b') < at('c') && at('c') < at('d'));
  assert.deepEqual(
    moments.map(({ moment }) => moment),
    [0, 1, 3],
  );
});

test('no box lies on another, and all lie inside the picture', () => {
  const many = Array.from({ length: 30 }, (_, index) =>
    box(`s${index}`, index % 7, index > 6 ? [`s${index - 7}`] : [], 'A title '.repeat(index)),
  );
  const { boxes, width, height } = layoutWaits(many, () => 2);
  for (const [index, a] of boxes.entries()) {
    assert.ok(a.x >= 0 && a.x + a.width <= width && a.y + a.height <= height);
    for (const b of boxes.slice(index + 1)) assert.ok(!overlap(a, b), `${a.key} ${b.key}`);
  }
});

test('each wait has one line, none leads to a step that is not there, and a circle does not hang', () => {
  const { lines } = layoutWaits([box('a', 0, ['b']), box('b', 0, ['a']), box('c', 2, ['a', 'gone'])]);
  assert.deepEqual(lines.map(({ from, to }) => `${from}>${to}`).sort(), ['a>b', 'a>c', 'b>a']);
});

test('a line to a box further away runs below all boxes, not behind them', () => {
  const { lines, boxes } = layoutWaits([box('a', 0), box('b', 1), box('c', 2, ['a'])]);
  const lowest = Math.max(...boxes.map(({ y, height }) => y + height));
  const lane = Number(/V(\d+(?:\.\d+)?)/.exec(lines[0]!.path)?.[1]) + 6;
  assert.ok(lane > lowest);
});

test('a title is wrapped and never cut', () => {
  const words = 'Donaudampfschifffahrtsgesellschaft and a few short words behind it';
  assert.equal(wrapWords(words, 20).join(' '), words);
  assert.deepEqual(wrapWords('', 20), ['']);
});
