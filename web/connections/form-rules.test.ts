import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countingValues, counts, valueWords } from './form-rules.ts';
import type { Connector, FormField } from './words.ts';

const field = (name: string, more: Partial<FormField> = {}): FormField => ({
  name,
  title: name,
  description: null,
  kind: 'text',
  choices: [],
  default: null,
  required: false,
  least: null,
  most: null,
  onlyFor: null,
  rare: false,
  ...more,
});

const way = field('way', {
  kind: 'choice',
  default: 'token',
  choices: [
    { value: 'token', title: 'A token' },
    { value: 'name', title: 'A name' },
  ],
});
const connector = {
  settings: [way, field('user', { onlyFor: { setting: 'way', value: 'name' } })],
  secrets: [
    field('token', { onlyFor: { setting: 'way', value: 'token' } }),
    field('password', { onlyFor: { setting: 'way', value: 'name' } }),
  ],
} as Connector;

test('only the fields of the chosen way count, the default way where none was chosen', () => {
  const counting = (settings: Record<string, unknown>) =>
    [...connector.settings, ...connector.secrets].filter((each) => counts(each, connector, settings)).map(({ name }) => name);
  assert.deepEqual(counting({}), ['way', 'token']);
  assert.deepEqual(counting({ way: 'name' }), ['way', 'user', 'password']);
});

test('what was entered for another way is not sent', () => {
  assert.deepEqual(countingValues(connector, 'secrets', { token: 'a', password: 'b' }, { way: 'name' }), { password: 'b' });
  assert.deepEqual(countingValues(connector, 'settings', { way: 'token', user: 'x' }, { way: 'token' }), { way: 'token' });
});

test('a choice reads as its title', () => {
  assert.equal(valueWords(way, 'name'), 'A name');
  assert.equal(valueWords(undefined, ['a', 'b']), 'a, b');
});
