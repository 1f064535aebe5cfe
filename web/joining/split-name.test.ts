import assert from 'node:assert/strict';
import { test } from 'node:test';
import { splitName } from './split-name.ts';

const parts = (name: string) => Object.values(splitName(name));

test('the last word is the family name, with the particles that belong to it', () => {
  assert.deepEqual(parts('Amara Nwosu'), ['Amara', 'Nwosu']);
  assert.deepEqual(parts('  Ursula   von der Leyen '), ['Ursula', 'von der Leyen']);
  assert.deepEqual(parts('Juan Carlos de la Cruz'), ['Juan Carlos', 'de la Cruz']);
  assert.deepEqual(parts('Jan Van Damme'), ['Jan', 'Van Damme']);
  assert.deepEqual(parts('Zoë Ærøskøbing-Łukasiewicz'), ['Zoë', 'Ærøskøbing-Łukasiewicz']);
});

test('a first word is never taken for a particle', () => {
  assert.deepEqual(parts('Al Gore'), ['Al', 'Gore']);
  assert.deepEqual(parts('Van Morrison'), ['Van', 'Morrison']);
});

test('a comma says that the family name comes first', () => {
  assert.deepEqual(parts('Nwosu, Amara Grace'), ['Amara Grace', 'Nwosu']);
});

test('a single word and a name that does not say where it parts stay whole', () => {
  assert.deepEqual(parts('Suharto'), ['Suharto', '']);
  assert.deepEqual(parts('王小明'), ['王小明', '']);
  assert.deepEqual(parts('山田 太郎'), ['山田 太郎', '']);
  assert.deepEqual(parts(''), ['', '']);
});
