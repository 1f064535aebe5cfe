import assert from 'node:assert/strict';
import { test } from 'node:test';
import { groupRows } from './group-rows.ts';

const rows = [
  { id: 'a', status: 'working' },
  { id: 'b', status: 'left' },
  { id: 'c', status: 'working' },
  { id: 'd', status: 'new to us' },
];
const groups = [
  { key: 'left', heading: 'Has left' },
  { key: 'leaving', heading: 'Leaving' },
  { key: 'working', heading: 'Working', count: 177 },
];

test('groups keep their order, empty ones are left out, and no row is lost', () => {
  const stream = groupRows(rows, groups, ({ status }) => status);
  const shown = stream.map((item) => (item.kind === 'heading' ? `${item.group.heading} ${item.count}` : `${item.number} ${item.row.id}`));
  assert.deepEqual(shown, ['Has left 1', '1 b', 'Working 177', '2 a', '3 c', 'new to us 1', '4 d']);
});

test('without groups the stream is the rows', () => {
  assert.equal(groupRows(rows, undefined, undefined).length, 4);
});
