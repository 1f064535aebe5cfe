import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Refusal } from '../../platform/errors.ts';
import { checkAddressPattern } from './address-pattern.ts';
import { latinLetters } from './latin-letters.ts';
import { proposePattern } from './propose-pattern.ts';
import { type Name, workAddressFor } from './work-address-for.ts';

function first(name: Name, pattern: string, many: number): string[] {
  const found: string[] = [];
  for (const { local } of workAddressFor(name, pattern)) {
    if (found.push(local) === many) break;
  }
  return found;
}
const plain = (givenName: string, familyName: string | null, pattern = '{given}.{family}') =>
  first({ givenName, familyName }, pattern, 1)[0];

test('names of many kinds become the letters of an address as people expect them', () => {
  const tries: [string, string | null, string | undefined][] = [
    ['Anna', 'Silva', 'anna.silva'],
    ['Jürgen', 'Größer', 'juergen.groesser'],
    ['Asbjørn', 'Ærøskøbing-Łukasiewicz', 'asbjoern.aeroeskoebing-lukasiewicz'],
    ['Ærøskøbing-Łukasiewicz', null, 'aeroeskoebing-lukasiewicz'],
    ['Åsa', 'Þórðardóttir', 'aasa.thordardottir'],
    ['Anna-Lena', 'Weiß', 'anna-lena.weiss'],
    ['Sinéad', 'O’Brien', 'sinead.obrien'],
    ['Sinéad', "O'Brien", 'sinead.obrien'],
    ['Jan', 'van der Berg', 'jan.vanderberg'],
    ['Anna Maria', 'Silva', 'anna.silva'],
    ['İpek', 'Yıldız', 'ipek.yildiz'],
    ['Đặng', 'Nguyễn', 'dang.nguyen'],
    ['Madonna', null, 'madonna'],
    ['Madonna', '  ', 'madonna'],
    ['小明', '王', 'xiaoming.wang'],
    ['王小明', null, 'wangxiaoming'],
    ['Юлия', 'Щербакова', 'yuliya.shcherbakova'],
    ['Γιώργος', 'Παπαδόπουλος', 'giorgos.papadopoylos'],
    ['さくら', null, 'sakura'],
    ['민수', '김', 'minsu.gim'],
    ['Kristin (Kiki)', 'Holm (née Berg)', 'kristin.holm'],
    ['Ann😀', 'Smi–th', 'ann.smi-th'],
    ['😀', '…', undefined],
    ['', null, undefined],
  ];
  for (const [given, family, expected] of tries) assert.equal(plain(given, family), expected, `${given} ${family}`);
  // Composed or not, a letter is the same.
  assert.equal(latinLetters('Ju\u0308rgen A\u030Aberg'), latinLetters('Jürgen Åberg'));
});

test('what distinguishes comes before numbers, dots only from the pattern, and a single name stands whole', () => {
  const maria = { givenName: 'Anna Maria', familyName: 'Silva' };
  assert.deepEqual(first(maria, '{given}.{family}', 4), ['anna.silva', 'anna.m.silva', 'anna.silva2', 'anna.silva3']);
  assert.deepEqual(first(maria, '{g}{family}', 3), ['asilva', 'amsilva', 'asilva2']);
  assert.deepEqual(first(maria, '{family}.{given}', 3), ['silva.anna', 'silva.anna.m', 'silva.anna2']);
  assert.deepEqual(first(maria, '{given}', 4), ['anna', 'annam', 'annas', 'anna2']);
  assert.deepEqual(first(maria, '{family}', 3), ['silva', 'asilva', 'silva2']);
  assert.deepEqual(first({ givenName: 'Robert', preferredName: 'Bob', familyName: 'Roe' }, '{given}.{family}', 2), ['bob.roe', 'bob.roe2']);
  assert.deepEqual(first({ givenName: 'Madonna' }, '{g}{family}', 2), ['madonna', 'madonna2']);
  assert.deepEqual(first({ givenName: 'Madonna' }, 'ext-{given}.{family}', 2), ['ext-madonna', 'ext-madonna2']);
  assert.equal(plain('Anna', 'Silva', '{given}.{f}'), 'anna.s');
});

test('no person gets the name of an office', () => {
  assert.deepEqual(first({ givenName: 'Info' }, '{given}', 2), ['info2', 'info3']);
  assert.equal(plain('No', 'Reply'), 'no.reply2');
  assert.equal(plain('Holly', 'Reed', '{g}{f}'), 'hr2');
});

test('a long name is cut at its parts first and stays within 64 characters', () => {
  const [address, second] = first(
    { givenName: 'Wolfeschlegelsteinhausen', familyName: 'Bergerdorff-Hohenzollern-Sigmaringen-Oldenburg-Wittelsbach' },
    '{given}.{family}',
    2,
  );
  assert.equal(address, 'wolfeschlegelsteinhausen.bergerdorff-hohenzollern-sigmaringen');
  assert.equal(second, 'wolfeschlegelsteinhausen.bergerdorff-hohenzollern-sigmaringen2');
  assert.equal(plain('a'.repeat(300), 'b'.repeat(300))?.length, 64);
});

const strict = /^[a-z0-9]+(?:[._-][a-z0-9]+)*$/;
const letters = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 90 }),
  fc.string({ unit: fc.constantFrom(...'aäßøÅŁ’ -.·王小山さ김мΩعा1😀\u0308'), maxLength: 90 }),
  fc.constantFrom('admin', 'post master', 'x1', '2', '-', 'İ'),
);
const aPattern = fc.constantFrom(
  '{given}.{family}',
  '{g}{family}',
  '{given}',
  '{family}.{given}',
  '{given}.{f}',
  '{f}-{g}',
  'x_{family}',
  '{given}{family}1',
);

test('whatever the name, every candidate is a valid local part, no office’s, and comes once', () => {
  fc.assert(
    fc.property(letters, fc.option(letters), fc.option(letters), aPattern, (givenName, familyName, preferredName, pattern) => {
      const found = first({ givenName, familyName, preferredName }, pattern, 30);
      for (const local of found) {
        assert.match(local, strict);
        assert.ok(local.length <= 64, local);
        assert.ok(!['admin', 'postmaster', 'root'].includes(local.replaceAll(/[._-]/g, '')));
      }
      assert.equal(new Set(found).size, found.length);
      const hasLetters = [givenName, familyName ?? '', preferredName ?? ''].some((text) =>
        /[a-z]/i.test(text.normalize('NFKD').replace(/\([^)]*\)/g, ' ')),
      );
      if (hasLetters) assert.equal(found.length, 30);
      else assert.ok(found.length === 0 || found.length === 30);
    }),
    { numRuns: 500 },
  );
});

test('a pattern that makes no valid addresses is refused beside its field, with the mend', () => {
  const tries: [string, string, RegExp][] = [
    ['{first}.{last}', 'acme.example', /\{first\} is unknown.*\{given\}\.\{family\}/],
    ['info', 'acme.example', /no part of a name/],
    ['.{given}', 'acme.example', /neither begins nor ends/],
    ['{given}._{family}', 'acme.example', /between two dots/],
    ['{given} {family}', 'acme.example', /stand only letters/],
    ['{given}@{family}', 'acme.example', /before the @/],
    ['{given}{', 'acme.example', /stand only letters/],
    ['{given}', 'acme', /is no domain/],
    ['{given}', 'a b.example', /is no domain/],
  ];
  for (const [pattern, domain, words] of tries)
    assert.throws(
      () => checkAddressPattern({ pattern, domain }),
      (error) => error instanceof Refusal && error.status === 422 && words.test(error.problems[0]?.message ?? ''),
      `${pattern}@${domain}`,
    );
  assert.deepEqual(checkAddressPattern({ pattern: ' {Given}.{FAMILY} ', domain: '@Bücher.Example' }), {
    pattern: '{given}.{family}',
    domain: 'xn--bcher-kva.example',
  });
});

test('the proposed pattern is the one that explains most of the addresses', () => {
  const people = (local: (given: string, family: string) => string) =>
    [
      ['Anna', 'Silva'],
      ['Jürgen', 'Groß'],
      ['Sinéad', 'O’Brien'],
      ['Ian', 'Roe'],
    ].map(([givenName, familyName]) => ({
      givenName: givenName as string,
      familyName: familyName as string,
      address: `${local(latinLetters(givenName as string), latinLetters(familyName as string))}@Acme.example`,
    }));
  assert.deepEqual(proposePattern(people((given, family) => `${given}.${family}`)), {
    pattern: '{given}.{family}',
    domain: 'acme.example',
    explained: 4,
    of: 4,
  });
  const mixed = [
    ...people((given, family) => `${given[0]}${family}`),
    { givenName: 'Anna Maria', familyName: 'Silva', address: 'amsilva@acme.example' },
    { givenName: 'Art', familyName: 'Silva', address: 'asilva2@acme.example' },
    { givenName: 'Office', familyName: 'Dog', address: 'wuff@acme.example' },
    { givenName: 'Far', familyName: 'Away', address: 'far@other.example' },
    { givenName: 'Bao', familyName: 'Åkesson', address: 'bakesson@acme.example' },
  ];
  assert.deepEqual(proposePattern(mixed), { pattern: '{g}{family}', domain: 'acme.example', explained: 7, of: 9 });
  assert.deepEqual(proposePattern([]), { pattern: '{given}.{family}', domain: null, explained: 0, of: 0 });
});
