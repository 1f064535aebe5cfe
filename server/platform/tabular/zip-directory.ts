import { createInflateRaw, inflateRawSync } from 'node:zlib';

/** One entry of a zip file's central directory (APPNOTE 4.3.12). `size` is what the directory claims, unpacked, in bytes. */
export type ZipEntry = { name: string; method: number; packed: number; size: number; offset: number; encrypted: boolean };

/** The central directory, or null when the file is damaged. Zip64 is read too. */
export function readZipDirectory(bytes: Uint8Array): ZipEntry[] | null {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = buffer.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  if (end < 0 || end + 22 > buffer.length) return null;
  let count = buffer.readUInt16LE(end + 10);
  let at = buffer.readUInt32LE(end + 16);
  try {
    if (count === 0xffff || at === 0xffffffff) {
      const far = Number(buffer.readBigUInt64LE(end - 20 + 8));
      count = Number(buffer.readBigUInt64LE(far + 32));
      at = Number(buffer.readBigUInt64LE(far + 48));
    }
    const entries: ZipEntry[] = [];
    for (let i = 0; i < count && i < 20_000; i++) {
      if (buffer.readUInt32LE(at) !== 0x02014b50) return null;
      const [nameLength, extraLength, remarkLength] = [
        buffer.readUInt16LE(at + 28),
        buffer.readUInt16LE(at + 30),
        buffer.readUInt16LE(at + 32),
      ];
      const extra = buffer.subarray(at + 46 + nameLength, at + 46 + nameLength + extraLength);
      const sizes = { size: buffer.readUInt32LE(at + 24), packed: buffer.readUInt32LE(at + 20), offset: buffer.readUInt32LE(at + 42) };
      entries.push({
        name: buffer.toString('utf8', at + 46, at + 46 + nameLength).replace(/\\/g, '/'),
        method: buffer.readUInt16LE(at + 10),
        encrypted: (buffer.readUInt16LE(at + 8) & 1) === 1,
        ...largeSizes(sizes, extra),
      });
      at += 46 + nameLength + extraLength + remarkLength;
    }
    return entries;
  } catch {
    return null;
  }
}

function largeSizes(sizes: { size: number; packed: number; offset: number }, extra: Buffer) {
  const large = { ...sizes };
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue;
    let next = at + 4;
    for (const key of ['size', 'packed', 'offset'] as const) {
      if (sizes[key] !== 0xffffffff) continue;
      large[key] = Number(extra.readBigUInt64LE(next));
      next += 8;
    }
  }
  return large;
}

const packedBytes = (bytes: Uint8Array, entry: ZipEntry): Buffer => {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = entry.offset + 30 + buffer.readUInt16LE(entry.offset + 26) + buffer.readUInt16LE(entry.offset + 28);
  if (start + entry.packed > buffer.length) throw new Error('The entry lies outside the file.');
  return buffer.subarray(start, start + entry.packed);
};

/** Counts what is unpacked, in bytes. Throws once it is too much, whatever the directory claims. */
export type Spend = (bytes: number) => void;

/** A small entry unpacked whole. Throws when it is more than `limit` bytes, whatever the directory claims. */
export function unpackEntry(bytes: Uint8Array, entry: ZipEntry, limit: number, spend: Spend): Buffer {
  const packed = packedBytes(bytes, entry);
  const whole = entry.method === 0 ? packed : inflateRawSync(packed, { maxOutputLength: limit });
  spend(whole.length);
  return whole;
}

/** An entry as text in pieces. */
export async function* unpackText(bytes: Uint8Array, entry: ZipEntry, spend: Spend): AsyncGenerator<string> {
  const packed = packedBytes(bytes, entry);
  const decoder = new TextDecoder('utf-8');
  for await (const piece of entry.method === 0 ? slices(packed) : inflate(packed)) {
    spend(piece.length);
    yield decoder.decode(piece, { stream: true });
  }
  yield decoder.decode();
}

const pieceBytes = 256 * 1024;

function* slices(packed: Buffer): Generator<Buffer> {
  for (let at = 0; at < packed.length; at += pieceBytes) yield packed.subarray(at, at + pieceBytes);
}

async function* inflate(packed: Buffer): AsyncGenerator<Buffer> {
  const stream = createInflateRaw({ chunkSize: pieceBytes });
  stream.end(packed);
  for await (const piece of stream) yield piece as Buffer;
}
