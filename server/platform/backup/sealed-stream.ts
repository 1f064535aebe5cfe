import { createCipheriv, createDecipheriv } from 'node:crypto';
import { Refusal } from '../errors.ts';

const chunkBytes = 64 * 1024;
const tagBytes = 16;

export const damaged = () =>
  new Refusal(
    422,
    'backup_damaged',
    'The backup does not open: it was made with another key or passphrase, or was changed or cut short. Nothing was restored.',
  );

// The STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár: Online Authenticated-Encryption and its Nonce-Reuse Misuse-Resistance, 2015):
// the nonce is the chunk's number (11 bytes) and whether it is the last (1 byte), so no chunk can be changed, moved, dropped or added.
function nonceOf(number: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUIntBE(number, 5, 6);
  nonce[11] = last ? 1 : 0;
  return nonce;
}

async function* inChunks(source: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<{ chunk: Buffer; last: boolean }> {
  let held: Buffer = Buffer.alloc(0);
  for await (const part of source) {
    held = held.length === 0 ? Buffer.from(part) : Buffer.concat([held, part]);
    // One chunk stays back until it is known whether more follows.
    let at = 0;
    for (; held.length - at > size; at += size) yield { chunk: held.subarray(at, at + size), last: false };
    held = Buffer.from(held.subarray(at));
  }
  yield { chunk: held, last: true };
}

/** Encrypts with AES-256-GCM in chunks of 64 KiB. `key` must be used for this one stream only; `header` is authenticated with every chunk. */
export async function* encryptStream(key: Buffer, header: Buffer, source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let number = 0;
  for await (const { chunk, last } of inChunks(source, chunkBytes)) {
    const cipher = createCipheriv('aes-256-gcm', key, nonceOf(number, last));
    cipher.setAAD(header);
    yield Buffer.concat([cipher.update(chunk), cipher.final(), cipher.getAuthTag()]);
    number += 1;
  }
}

/** Opens what `encryptStream` made, chunk by chunk; each is authenticated before it is passed on. Throws a Refusal when anything differs. */
export async function* decryptStream(key: Buffer, header: Buffer, source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let number = 0;
  for await (const { chunk, last } of inChunks(source, chunkBytes + tagBytes)) {
    if (chunk.length < tagBytes) throw damaged();
    const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(number, last), { authTagLength: tagBytes });
    decipher.setAAD(header);
    decipher.setAuthTag(chunk.subarray(chunk.length - tagBytes));
    let plain: Buffer;
    try {
      plain = Buffer.concat([decipher.update(chunk.subarray(0, chunk.length - tagBytes)), decipher.final()]);
    } catch {
      throw damaged();
    }
    yield plain;
    number += 1;
  }
}
