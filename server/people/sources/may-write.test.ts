import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mayWrite, type Standing } from './may-write.ts';
import type { Told } from './told-fields.ts';

const standing = (more: {
  told?: Record<string, Told>;
  ranks?: Record<string, number>;
  authorities?: Record<string, string>;
  choices?: Record<string, Record<string, string>>;
}): Standing => ({
  ranks: new Map(Object.entries(more.ranks ?? { hr: 1, other: 1, directory: 2 })),
  authorities: new Map(Object.entries(more.authorities ?? {})),
  told: new Map(Object.entries(more.told ?? {})),
  choices: new Map(Object.entries(more.choices ?? {})),
});
const title = (source: string, value: string, stands: string | null = 'Engineer') => ({ source, field: 'title' as const, value, stands });
const lastDay = (source: string, value: string, stands: string | null) => ({ source, field: 'lastWorkingDay' as const, value, stands });

test('the stronger source wins, also over what stands; the weaker one writes only where the stronger is silent', () => {
  const told = { hr: { title: 'Engineer' }, directory: { title: 'Developer' } };
  assert.equal(mayWrite(title('directory', 'Developer'), standing({ told })), 'differs');
  assert.equal(mayWrite(title('hr', 'Engineer', 'Developer'), standing({ told })), 'write');
  assert.equal(mayWrite({ source: 'directory', field: 'costCentre', value: '40', stands: null }, standing({ told })), 'write');
});

test('a source that decides a field wins it whatever the ranks', () => {
  const told = { hr: { title: 'Engineer' }, directory: { title: 'Developer' } };
  const decides = standing({ told, authorities: { title: 'directory' } });
  assert.equal(mayWrite(title('directory', 'Developer'), decides), 'write');
  assert.equal(mayWrite(title('hr', 'Engineer', 'Developer'), decides), 'differs');
});

test('among equals a change wins and a repetition does not, so that two sources never take turns', () => {
  const told = { hr: { title: 'Engineer' }, other: { title: 'Developer' } };
  assert.equal(mayWrite(title('other', 'Developer'), standing({ told })), 'differs');
  assert.equal(mayWrite(title('other', 'Lead developer'), standing({ told })), 'write');
  assert.equal(mayWrite(title('other', 'Developer'), standing({ told: { hr: { title: 'Engineer' } } })), 'differs', 'its first word');
});

test('a leaving date on which equals differ is asked about, whichever is earlier; a stronger source is not asked', () => {
  const told = { hr: { lastWorkingDay: '2026-12-31' } };
  assert.equal(mayWrite(lastDay('other', '2026-12-15', '2026-12-31'), standing({ told })), 'ask');
  assert.equal(mayWrite(lastDay('other', '2027-01-31', '2026-12-31'), standing({ told })), 'ask');
  assert.equal(mayWrite(lastDay('other', '2027-01-31', null), standing({ told })), 'ask', 'also where nothing stands');
  assert.equal(mayWrite(lastDay('directory', '2026-12-15', '2026-12-31'), standing({ told })), 'differs');
  assert.equal(
    mayWrite(lastDay('hr', '2026-12-31', '2026-12-15'), standing({ told: { directory: { lastWorkingDay: '2026-12-15' } } })),
    'write',
  );
  assert.equal(mayWrite(lastDay('other', '2026-12-31', null), standing({ told })), 'write', 'they agree');
});

test('what a person decided holds until the source tells something else', () => {
  const decided = standing({ told: { hr: { title: 'Engineer' } }, choices: { title: { hr: 'Engineer' } } });
  assert.equal(mayWrite(title('hr', 'Engineer', 'Principal'), decided), 'differs');
  assert.equal(mayWrite(title('hr', 'Senior engineer', 'Principal'), decided), 'write');
});
