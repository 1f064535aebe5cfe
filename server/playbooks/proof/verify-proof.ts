import { createHash, verify } from 'node:crypto';
import { canonicalJson } from './canonical-json.ts';
import { type LineStatus, type ProofDocument, proofDocument } from './proof-document.ts';
import { unwrapProof } from './proof-envelope.ts';
import { fingerprintWords, keyFingerprint, readVerifyingKey } from './proof-key.ts';

/** What a genuine proof says, from its signed bytes alone. A PDF carries only the first four. */
export type ProofSummary = {
  runId: string;
  status: 'open' | 'closed';
  asReadAt: string;
  documentSha256: string;
  organization?: string;
  person?: { name: string; employeeNumber: string | null };
  counts?: Partial<Record<LineStatus, number>>;
};

export type ProofVerdict =
  | { ok: true; kind: 'json' | 'pdf'; keyFingerprint: string; summary: ProofSummary }
  | { ok: false; reason: string };

/**
 * Checks a proof of exit against a public key that the reader was given before. Needs no server and no data: only the file's bytes and the
 * key in PEM. A file in which any byte was changed, added or left out is refused.
 */
export function verifyProof(file: Uint8Array, publicKeyPem: string): ProofVerdict {
  const key = readVerifyingKey(publicKeyPem);
  if (typeof key === 'string') return { ok: false, reason: key };
  const envelope = unwrapProof(file);
  if (typeof envelope === 'string') return { ok: false, reason: envelope };
  const fingerprint = keyFingerprint(key);
  if (envelope.keyFingerprint !== fingerprint) {
    const [named, given] = [fingerprintWords(envelope.keyFingerprint, 4), fingerprintWords(fingerprint, 4)];
    return {
      ok: false,
      reason: `The proof names another key (${named} …) than the one you gave (${given} …). It is not proven by your key.`,
    };
  }
  if (!verify(null, envelope.signed, key, envelope.signature)) {
    return { ok: false, reason: 'The signature does not match. The file was changed after it was signed.' };
  }
  const summary = envelope.kind === 'json' ? summaryOfJson(envelope.signed) : summaryOfPdf(envelope.signed);
  if (summary === null)
    return { ok: false, reason: 'The signature matches, but what was signed is no proof of exit of a form that is known here.' };
  return { ok: true, kind: envelope.kind, keyFingerprint: fingerprint, summary };
}

/** Reads the document of a JSON proof that verifyProof accepted. */
export function readProofDocument(file: Uint8Array): ProofDocument {
  const envelope = unwrapProof(file);
  if (typeof envelope === 'string') throw new TypeError(envelope);
  return proofDocument.parse(JSON.parse(envelope.signed.toString('utf8')));
}

function summaryOfJson(signed: Buffer): ProofSummary | null {
  const text = signed.toString('utf8');
  const value = parsed(text);
  const shaped = proofDocument.safeParse(value);
  if (!shaped.success || canonicalJson(value) !== text) return null;
  const { runId, status, asReadAt, organization, person, sections } = shaped.data;
  const counts: Partial<Record<LineStatus, number>> = {};
  for (const line of sections.flatMap((section) => section.lines)) counts[line.status] = (counts[line.status] ?? 0) + 1;
  return { runId, status, asReadAt, documentSha256: createHash('sha256').update(signed).digest('hex'), organization, person, counts };
}

function summaryOfPdf(signed: Buffer): ProofSummary | null {
  const end = signed.subarray(-600).toString('latin1');
  const match = /%%EOF\n%GroundcrewProof 1 (open|closed) (\S+Z) ([0-9a-f]{64}) ([A-Za-z0-9_-]+)\n$/.exec(end);
  if (!match) return null;
  const [, status, asReadAt, documentSha256, runId] = match as unknown as [string, 'open' | 'closed', string, string, string];
  return { runId: Buffer.from(runId, 'base64url').toString('utf8'), status, asReadAt, documentSha256 };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
