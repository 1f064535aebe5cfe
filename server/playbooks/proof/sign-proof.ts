import { createHash, type KeyObject, sign } from 'node:crypto';
import { canonicalJson } from './canonical-json.ts';
import { type ProofDocument, proofDocument } from './proof-document.ts';
import { wrapProof } from './proof-envelope.ts';
import { keyFingerprint, readSigningKey } from './proof-key.ts';

/**
 * The proof as a signed JSON file: Ed25519 (RFC 8032) over the exact bytes of the document in canonical form (RFC 8785).
 *
 * @param privateKeyPem PKCS#8
 * @throws ZodError when the document has not the shape of a proof
 */
export function signJsonProof(document: ProofDocument, privateKeyPem: string): Buffer {
  return seal('json', documentBytes(document), readSigningKey(privateKeyPem));
}

/**
 * The rendered PDF as a signed file: Ed25519 over all its bytes and one line that names the run and the document it was rendered from. PDF
 * readers ignore the added lines, which are comments after the end mark.
 *
 * @param pdf as renderProofPdf made it from the same document
 */
export function signPdfProof(pdf: Uint8Array, document: ProofDocument, privateKeyPem: string): Buffer {
  const rendered = Buffer.from(pdf);
  if (!rendered.subarray(-6).toString('latin1').startsWith('%%EOF')) throw new TypeError('The PDF does not end in its end mark.');
  const endsInLineFeed = rendered.at(-1) === 0x0a;
  const summary = [document.status, document.asReadAt, documentSha256(document), Buffer.from(document.runId).toString('base64url')];
  const line = Buffer.from(`${endsInLineFeed ? '' : '\n'}%GroundcrewProof 1 ${summary.join(' ')}\n`);
  return seal('pdf', Buffer.concat([rendered, line]), readSigningKey(privateKeyPem));
}

/** SHA-256 of the document's canonical bytes, in hexadecimal: the same for the JSON and the PDF of one proof. */
export const documentSha256 = (document: ProofDocument): string => createHash('sha256').update(documentBytes(document)).digest('hex');

const documentBytes = (document: ProofDocument) => Buffer.from(canonicalJson(proofDocument.parse(document)));

function seal(kind: 'json' | 'pdf', signed: Buffer, key: KeyObject): Buffer {
  return wrapProof({ kind, signed, keyFingerprint: keyFingerprint(key), signature: sign(null, signed, key) });
}
