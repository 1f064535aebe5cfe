import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { pageByIndex } from './page-by-index.ts';
import { readPages } from './read-pages.ts';
import type { Page } from './records.ts';

const idOf = (record: { id: number }) => String(record.id);
const records = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => ({ id: from + index }));

async function* given(...pages: Page<{ id: number }>[]) {
  yield* pages;
}

test('whatever the page size, cap and base of the index: each record comes once, and a whole list is known to be whole', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 120 }), fc.integer({ min: 1, max: 40 }), fc.boolean(), async (count, cap, zeroBased) => {
      const all = records(0, count);
      const read = async (index: number) => ({
        records: all.slice(Math.max(0, zeroBased ? index : index - 1)).slice(0, cap),
        total: count,
      });
      const seen: number[] = [];
      const reading = await readPages(pageByIndex(read, { idOf }), { idOf, onPage: (page) => void seen.push(...page.map(({ id }) => id)) });
      assert.equal(reading.complete, true);
      assert.deepEqual(
        seen.sort((left, right) => left - right),
        all.map(({ id }) => id),
      );
    }),
    { numRuns: 200 },
  );
});

test('a list that stops before its end is never taken for whole', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 120 }), fc.integer({ min: 1, max: 40 }), fc.nat(119), async (count, cap, at) => {
      const end = at % count;
      const all = records(0, end);
      const read = async (index: number) => ({ records: all.slice(Math.max(1, index) - 1).slice(0, cap), total: count });
      const reading = await readPages(pageByIndex(read, { idOf }), { idOf, onPage: () => {} });
      assert.deepEqual([reading.complete, reading.read], [false, end]);
    }),
    { numRuns: 200 },
  );
});

test('a list without end is cut, said so, and not whole', async () => {
  async function* endless() {
    for (let page = 0; ; page++) yield { records: records(page * 10, page * 10 + 10), total: null };
  }
  const reading = await readPages(endless(), { idOf, onPage: () => {}, maxPages: 5 });
  assert.deepEqual([reading.complete, reading.read, reading.pages], [false, 50, 5]);
  assert.equal(reading.words, 'Read 50 accounts, then stopped: the list did not end.');
});

test('the same record on two pages is handed on once and counted', async () => {
  const seen: number[] = [];
  const reading = await readPages(given({ records: records(0, 3), total: 5 }, { records: records(2, 5), total: 5 }), {
    idOf,
    onPage: (page) => void seen.push(...page.map(({ id }) => id)),
  });
  assert.deepEqual(seen, [0, 1, 2, 3, 4]);
  assert.deepEqual([reading.complete, reading.duplicates], [true, 1]);
});

test('more records than the server counts leave it open whether the list is whole', async () => {
  const reading = await readPages(given({ records: records(0, 9), total: 5 }), { idOf, onPage: () => {}, what: 'groups' });
  assert.equal(reading.complete, null);
  assert.match(reading.words, /^Read 9 groups, though the server counts 5/);
});

test('the last count that the server names is the one that counts', async () => {
  const reading = await readPages(given({ records: records(0, 3), total: 9 }, { records: records(3, 4), total: 4 }), {
    idOf,
    onPage: () => {},
  });
  assert.deepEqual([reading.complete, reading.total], [true, 4]);
});
