import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exampleProof } from './proof-example.ts';
import { renderProofPdf } from './render-proof-pdf.ts';

const fingerprint = 'c0535e4be2b79ffd93291305436bf889314e4a3faec05ecffcbb7df31ad9e51a';
const pages = (pdf: Buffer) => pdf.toString('latin1').match(/\/Type \/Page\b(?!s)/g)?.length ?? 0;

test('the same document gives the same bytes, and the bytes are a PDF', async () => {
  const [first, second] = [await renderProofPdf(exampleProof(), fingerprint), await renderProofPdf(exampleProof(), fingerprint)];
  assert.ok(first.equals(second));
  assert.match(first.subarray(0, 8).toString('latin1'), /^%PDF-1\.\d$/);
  assert.match(first.subarray(-7).toString('latin1'), /%%EOF\n$/);
  const later = await renderProofPdf({ ...exampleProof(), generatedAt: '2026-11-26T08:12:32Z' }, fingerprint);
  assert.ok(!first.equals(later));
});

test('a proof of one page of text stays short, one of 400 lines and long notes goes on over pages', async () => {
  const document = exampleProof();
  assert.equal(pages(await renderProofPdf(document, fingerprint)), 2);
  const [access] = document.sections;
  const note = {
    by: 'Bram',
    at: '2026-11-25T14:26:12Z',
    note: 'word '.repeat(790),
    files: [],
    links: [`https://example.com/${'a'.repeat(1500)}`],
  };
  access!.lines = Array.from({ length: 400 }, (_, index) => ({ ...access!.lines[0]!, id: `l${index}`, subject: `App ${index}` }));
  const plain = pages(await renderProofPdf(document, fingerprint));
  assert.ok(plain >= 20, `${plain} pages`);
  access!.lines.push({ ...access!.lines[0]!, id: 'long', status: 'evidenced', how: { evidence: note } });
  assert.ok(pages(await renderProofPdf(document, fingerprint)) >= plain + 1);
});

test('names in any script, with hidden and broken characters, are written, with and without the fonts of the machine', async () => {
  const names = [
    '田中 太郎',
    'محمد علي',
    'देवराज',
    'Łukasz Žižka',
    'Nguyễn Thị',
    'Юлия',
    'שרה',
    '👩‍🚀',
    'evil\u202Egnp.exe',
    'zero\u200Bwidth',
    'e\u0301',
    'tab\there\nline',
  ];
  const document = { ...exampleProof(), person: { name: names.join(', '), employeeNumber: null } };
  for (const systemFonts of [true, false]) assert.ok(pages(await renderProofPdf(document, fingerprint, { systemFonts })) >= 2);
});
