import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type LineStatus, lineStatuses } from './proof-document.ts';
import { countLines, findSigningObstacles, isOpenLine, orderLines, proofStatus, sectionState, sectionsMayBeSigned } from './proof-lines.ts';

const signature = { signedBy: { id: 'p', name: 'Ines' }, at: '2026-11-25T15:02:00Z', keyFingerprint: 'a'.repeat(64) };
const lines = (...statuses: LineStatus[]) => statuses.map((status, index) => ({ id: `l${index}`, subject: `App ${index}`, status }));
const section = (signed: boolean, ...statuses: LineStatus[]) => ({ lines: lines(...statuses), signature: signed ? signature : null });

test('open, waiting and disobedient lines keep a section from being signed; unknown ones need to be accepted by name', () => {
  for (const status of ['open', 'waiting', 'did-not-obey'] as const) {
    assert.deepEqual(findSigningObstacles(section(false, 'verified', status)), { openLines: ['l1'], unknownLines: [] });
    assert.deepEqual(findSigningObstacles(section(false, 'verified', status), ['l1']), { openLines: ['l1'], unknownLines: [] });
  }
  const unknown = section(false, 'verified', 'unknown', 'unknown');
  assert.deepEqual(findSigningObstacles(unknown, ['l1']), { openLines: [], unknownLines: ['l2'] });
  assert.equal(findSigningObstacles(unknown, ['l1', 'l2']), null);
  assert.equal(findSigningObstacles(section(false, 'verified', 'evidenced', 'overridden')), null);
});

test('the whole is closed only when every section is signed and no line is open', () => {
  assert.equal(proofStatus([]), 'open');
  assert.equal(proofStatus([section(true, 'verified'), section(false, 'verified')]), 'open');
  assert.equal(proofStatus([section(true, 'verified', 'unknown'), section(true)]), 'closed');
});

test('a line that opens again re-opens a signed section and the whole', () => {
  const reopened = section(true, 'verified', 'open');
  assert.equal(sectionState(reopened), 'open');
  assert.equal(proofStatus([reopened]), 'open');
  assert.equal(sectionState(section(true, 'verified')), 'signed');
  assert.deepEqual(sectionsMayBeSigned([reopened, section(true, 'verified'), section(false, 'open')]), []);
  assert.equal(sectionsMayBeSigned([section(false, 'unknown')]).length, 1);
});

test('lines are ordered with the open ones first whatever their order, none is lost, and each is counted once', () => {
  const some = fc.array(fc.record({ id: fc.uuid(), subject: fc.string({ maxLength: 3 }), status: fc.constantFrom(...lineStatuses) }));
  fc.assert(
    fc.property(some, (given) => {
      const ordered = orderLines(given);
      assert.deepEqual(orderLines([...given].reverse()), ordered);
      const lastOpen = ordered.findLastIndex(isOpenLine);
      assert.ok(ordered.slice(0, lastOpen + 1).every(isOpenLine));
      const counts = countLines(given);
      assert.equal(
        Object.values(counts).reduce((sum, number) => sum + number, 0),
        given.length,
      );
    }),
  );
});
