import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import { canonicalJson } from './canonical-json.ts';
import type { ProofDocument } from './proof-document.ts';
import { exampleProof } from './proof-example.ts';
import { createProofKeyPair } from './proof-key.ts';
import { renderProofPdf } from './render-proof-pdf.ts';
import { signJsonProof, signPdfProof } from './sign-proof.ts';
import { readProofDocument, verifyProof } from './verify-proof.ts';

const key = createProofKeyPair();
const other = createProofKeyPair();
const full = exampleProof();
const tiny: ProofDocument = {
  ...full,
  sections: [{ ...full.sections[1]!, lines: full.sections[1]!.lines.slice(0, 1) }],
  cannotBeKnown: ['Copies.'],
};

function refused(file: Uint8Array, publicKeyPem = key.publicKeyPem): string {
  const verdict = verifyProof(file, publicKeyPem);
  assert.equal(verdict.ok, false, 'was accepted');
  return verdict.ok ? '' : verdict.reason;
}

const json = signJsonProof(tiny, key.privateKeyPem);
const pdf = signPdfProof(await renderProofPdf(full, key.fingerprint), full, key.privateKeyPem);

test('a signed JSON proof is valid JSON, verifies with its key alone, and says what it proves', () => {
  const verdict = verifyProof(signJsonProof(full, key.privateKeyPem), key.publicKeyPem);
  assert.ok(verdict.ok);
  assert.equal(verdict.kind, 'json');
  assert.equal(verdict.keyFingerprint, key.fingerprint);
  assert.deepEqual(verdict.summary.person, full.person);
  assert.equal(verdict.summary.status, 'open');
  assert.equal(verdict.summary.counts?.['did-not-obey'], 1);
  assert.deepEqual(JSON.parse(json.toString()).document, tiny);
  assert.deepEqual(readProofDocument(json), tiny);
});

test('a signed PDF verifies with its key alone and names the run and the document it was rendered from', () => {
  const verdict = verifyProof(pdf, key.publicKeyPem);
  assert.ok(verdict.ok);
  assert.equal(verdict.kind, 'pdf');
  const asJson = verifyProof(signJsonProof(full, key.privateKeyPem), key.publicKeyPem);
  assert.equal(verdict.summary.documentSha256, asJson.ok && asJson.summary.documentSha256);
  assert.equal(verdict.summary.runId, full.runId);
});

test('a JSON proof with any one byte changed is refused, whatever the change', () => {
  for (let at = 0; at < json.length; at += 1) {
    for (const change of [0x01, 0x20, 0x80, 0xff]) {
      const changed = Buffer.from(json);
      changed[at]! ^= change;
      refused(changed);
    }
  }
});

test('a JSON proof with any one byte taken away or added is refused', () => {
  for (let at = 0; at <= json.length; at += 1) {
    if (at < json.length) refused(Buffer.concat([json.subarray(0, at), json.subarray(at + 1)]));
    for (const added of [' ', '\n', '\0', '"']) refused(Buffer.concat([json.subarray(0, at), Buffer.from(added), json.subarray(at)]));
  }
});

test('a PDF with one byte changed is refused: its beginning, its end with the signature, and a sample between', () => {
  const step = Math.ceil(pdf.length / 800);
  for (let at = 0; at < pdf.length; at += at < 100 || at > pdf.length - 500 ? 1 : step) {
    const changed = Buffer.from(pdf);
    changed[at]! ^= 0x20;
    refused(changed);
  }
});

test('a PDF that was added to or cut is refused', () => {
  for (const added of ['\n', ' ', '%', '%%EOF\n', pdf.subarray(-174).toString()]) refused(Buffer.concat([pdf, Buffer.from(added)]));
  for (const cut of [1, 2, 173, 174, 400, pdf.length - 4]) refused(pdf.subarray(0, -cut));
});

test('the signature has one spelling: another case, another tail or padding of the same bytes is refused', () => {
  for (const file of [json, pdf]) {
    const text = file.toString('latin1');
    const [whole, fingerprint, value] = /([0-9a-f]{64})(?:","value":"| )([A-Za-z0-9_-]{86})(?="|\n)/.exec(text)!;
    const tails = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'].filter((last) => last !== value!.at(-1));
    const sameBytes = tails.filter((last) => Buffer.from(value!.slice(0, -1) + last, 'base64url').equals(Buffer.from(value!, 'base64url')));
    assert.ok(sameBytes.length >= 3);
    const spellings = [
      whole.replace(fingerprint!, fingerprint!.toUpperCase()),
      whole.replace(value!, `${value}==`),
      ...tails.map((last) => whole.replace(value!, value!.slice(0, -1) + last)),
    ];
    for (const spelling of spellings) if (spelling !== whole) refused(Buffer.from(text.replace(whole, spelling), 'latin1'));
  }
});

test('nothing unsigned can stand beside the document', () => {
  const text = json.toString();
  refused(Buffer.from(text.replace('{"document":', '{"document":{"status":"closed"},"document":')));
  refused(Buffer.from(text.replace(/\}\}$/, '},"note":"closed"}')));
  refused(Buffer.from(text.replace('{"document":', '{"note":1,"document":')));
  refused(Buffer.from(`\ufeff${text}`));
  refused(Buffer.from(JSON.stringify(JSON.parse(text), null, 2)));
});

test('another key is refused in words that name both', () => {
  assert.match(refused(json, other.publicKeyPem), /names another key .* than the one you gave/);
  const forged = json.toString().replace(key.fingerprint, other.fingerprint);
  assert.match(refused(Buffer.from(forged), other.publicKeyPem), /signature does not match/);
  assert.match(refused(signJsonProof(tiny, other.privateKeyPem)), /names another key/);
});

test('what is no Ed25519 public key is refused in words', () => {
  assert.match(refused(json, key.privateKeyPem), /private key/);
  assert.match(refused(json, 'hello'), /no public key/);
  assert.match(refused(json, key.publicKeyPem.replace('MCow', 'MCoa')), /cannot be read|another kind/);
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ type: 'spki', format: 'pem' }).toString();
  assert.match(refused(json, rsa), /another kind/);
});

test('what was signed by the key but is no proof, or not in canonical form, is refused', async () => {
  const { sign } = await import('node:crypto');
  const { wrapProof } = await import('./proof-envelope.ts');
  const sealed = (kind: 'json' | 'pdf', text: string) => {
    const signed = Buffer.from(text);
    return wrapProof({ kind, signed, keyFingerprint: key.fingerprint, signature: sign(null, signed, key.privateKeyPem) });
  };
  assert.ok(verifyProof(sealed('json', canonicalJson(tiny)), key.publicKeyPem).ok);
  for (const text of ['{}', 'x', JSON.stringify(tiny, null, 1), canonicalJson(tiny).replace('{', '{"status":"open",')])
    refused(sealed('json', text));
  refused(sealed('pdf', '%PDF-1.7\n%%EOF\n'));
});

test('empty, foreign and unsigned files are refused in words', () => {
  for (const file of ['', '{', '%PDF-', '{"document":{}}', 'PK\u0003\u0004', canonicalJson(tiny)])
    assert.ok(refused(Buffer.from(file)).length > 20);
});

test('a document that is no proof is not signed', () => {
  assert.throws(() => signJsonProof({ ...tiny, cannotBeKnown: [] }, key.privateKeyPem), /never empty/);
  assert.throws(() => signJsonProof({ ...tiny, extra: 1 } as ProofDocument, key.privateKeyPem));
});
