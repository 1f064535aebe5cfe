import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cleanCell } from './clean-cell.ts';
import { decodeText } from './decode-text.ts';
import { headingKey } from './fold-letters.ts';

test('Mac Roman is told from Windows-1252 by letters that stand in no word, and is said', () => {
  const mac = decodeText(
    Buffer.from([0x4d, 0x9f, 0x6c, 0x6c, 0x65, 0x72, 0x20, 0x4a, 0x9f, 0x72, 0x67, 0x65, 0x6e, 0x20, 0x47, 0x8a, 0x72, 0x74]),
  );
  assert.deepEqual([mac.text, mac.encoding], ['Müller Jürgen Gärt', 'macintosh']);
  assert.match(mac.notes[0] ?? '', /Mac Roman/);
  assert.equal(decodeText(Buffer.from('Müller, Škoda', 'latin1')).encoding, 'windows-1252');
  const czech = Buffer.from([0x4d, 0x69, 0x6c, 0x6f, 0x9a, 0x20, 0x8a, 0x6b, 0x6f, 0x64, 0x61]);
  assert.equal(decodeText(czech).text, 'Miloš Škoda');
});

test('remarks in brackets are cut from a heading, and what makes it another heading is not', () => {
  for (const [heading, key] of [
    ['E-Mail-Adresse [Required]', 'emailadresse'],
    ['Last login (UTC)', 'lastlogin'],
    ['Status [READ ONLY]', 'status'],
    ['Email (2)', 'email'],
    ['E-Mail (privat)', 'emailprivat'],
    ['End date (probation)', 'enddateprobation'],
    ['Email (Manager)', 'emailmanager'],
  ] as const)
    assert.equal(headingKey(heading), key, heading);
});

test('an apostrophe that keeps a number a text is taken off', () => {
  assert.deepEqual(["'00124", "'2026-11-27", "'t Hooft", "'=1+1"].map(cleanCell), ['00124', '2026-11-27', "'t Hooft", '=1+1']);
});
