/**
 * How a signed proof lies on disk. Both forms end in a block of fixed length that holds nothing but the signature (RFC 8032, base64url without
 * padding) and the fingerprint of its key; every byte before is signed, save the fixed beginning of the JSON form.
 *
 * JSON: `{"document":` + the signed bytes + `,"signature":{"algorithm":"Ed25519","keyFingerprint":"…","value":"…"}}` and nothing more.
 * PDF: the signed bytes, which end in `%%EOF` and one line `%GroundcrewProof …`, + `%GroundcrewSignature Ed25519 … …` and one line feed.
 */
export type Envelope = { kind: 'json' | 'pdf'; signed: Buffer; keyFingerprint: string; signature: Buffer };

const JSON_HEAD = '{"document":';
const tails = {
  json: (fingerprint: string, value: string) =>
    `,"signature":{"algorithm":"Ed25519","keyFingerprint":"${fingerprint}","value":"${value}"}}`,
  pdf: (fingerprint: string, value: string) => `%GroundcrewSignature Ed25519 ${fingerprint} ${value}\n`,
};
const patterns = {
  json: /^,"signature":\{"algorithm":"Ed25519","keyFingerprint":"([0-9a-f]{64})","value":"([A-Za-z0-9_-]{86})"\}\}$/,
  pdf: /^%GroundcrewSignature Ed25519 ([0-9a-f]{64}) ([A-Za-z0-9_-]{86})\n$/,
};
const tailLength = (kind: 'json' | 'pdf') => tails[kind]('0'.repeat(64), 'A'.repeat(86)).length;

/** The file's bytes from the signed bytes, the key's fingerprint (64 hexadecimal digits) and the signature (64 bytes). */
export function wrapProof({ kind, signed, keyFingerprint, signature }: Envelope): Buffer {
  const tail = Buffer.from(tails[kind](keyFingerprint, signature.toString('base64url')));
  return Buffer.concat(kind === 'json' ? [Buffer.from(JSON_HEAD), signed, tail] : [signed, tail]);
}

/** @returns the parts by their offsets, or in plain words why the file is no signed proof; it says nothing about the signature's truth */
export function unwrapProof(file: Uint8Array): Envelope | string {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const kind = bytes.subarray(0, 5).toString('latin1') === '%PDF-' ? 'pdf' : 'json';
  const length = tailLength(kind);
  const head = kind === 'json' ? JSON_HEAD : '';
  if (bytes.subarray(0, head.length).toString('latin1') !== head)
    return 'This is no proof of exit: it begins neither as a PDF nor as a JSON proof.';
  if (bytes.length <= head.length + length) return 'The file is too short to be a signed proof. It was cut off, or never signed.';
  const match = patterns[kind].exec(bytes.subarray(-length).toString('latin1'));
  if (!match) return 'The file does not end in a signature. It was changed, cut off or added to, or never signed.';
  const [, keyFingerprint, value] = match as unknown as [string, string, string];
  const signature = Buffer.from(value, 'base64url');
  if (signature.length !== 64 || signature.toString('base64url') !== value)
    return 'The signature was changed: it is not written as Groundcrew writes it.';
  return { kind, signed: bytes.subarray(head.length, -length), keyFingerprint, signature };
}
