import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseSearch, searchText, splitAddress } from './split-address.ts';

test('an address comes apart in path, search and hash', () => {
  assert.deepEqual(splitAddress('/people?view=left&find=Jo%C3%A3o#row-3'), {
    path: '/people',
    search: { view: 'left', find: 'João' },
    hash: 'row-3',
  });
  assert.deepEqual(splitAddress('/people'), { path: '/people', search: {}, hash: '' });
});

test('values stay text: a search that looks like a number or a truth is not turned into one', () => {
  assert.deepEqual(parseSearch('number=0417&gone=true'), { number: '0417', gone: 'true' });
});

test('empty values are not written into the address', () => {
  assert.equal(searchText({ view: 'left', find: '', manager: undefined }), '?view=left');
  assert.equal(searchText({ find: '' }), '');
});

test('what was written is read back', () => {
  const search = { find: 'a&b=c #?', zone: 'Europe/Berlin' };
  assert.deepEqual(parseSearch(searchText(search)), search);
});
