import { damaged } from './sealed-stream.ts';

/**
 * What a backup consists of, in this order: one manifest; for each table its heading, its rows (COPY text format, one row each) and their
 * count; the sequences; the end with the totals. A backup without its end is none.
 */
export type Frame =
  | { kind: 'manifest'; value: Manifest }
  | { kind: 'table'; value: { schema: string; name: string; columns: string[] } }
  | { kind: 'row'; bytes: Buffer }
  | { kind: 'table-end'; value: { rows: number } }
  | { kind: 'sequences'; value: { schema: string; name: string; value: string; called: boolean }[] }
  | { kind: 'end'; value: { tables: number; rows: number } };

export type SignedHead = { organizationId: string; sequence: number; hash: string };

export type Manifest = {
  createdAt: string;
  migrations: { name: string; hash: string }[];
  organizations: { id: string; name: string }[];
  /** The newest signed head of each audit chain when the backup was made. */
  heads: SignedHead[];
  /** The installation's secret key in hex, when the backup contains it. */
  secretKey: string | null;
};

const kinds = ['manifest', 'table', 'row', 'table-end', 'sequences', 'end'] as const;
const mostBytes = 1024 * 1024 * 1024;

/** A frame's bytes: kind (1 byte), length (4 bytes, big endian), then JSON, or for a row its own bytes. */
export function frameBytes(frame: Frame): Buffer {
  const body = frame.kind === 'row' ? frame.bytes : Buffer.from(JSON.stringify(frame.value));
  const head = Buffer.alloc(5);
  head[0] = kinds.indexOf(frame.kind);
  head.writeUInt32BE(body.length, 1);
  return Buffer.concat([head, body]);
}

/** Reads frames from bytes that were authenticated before. */
export async function* readFrames(source: AsyncIterable<Uint8Array>): AsyncGenerator<Frame> {
  let parts: Buffer[] = [];
  let held = 0;
  let needed = 5;
  for await (const part of source) {
    parts.push(Buffer.from(part));
    held += part.length;
    if (held < needed) continue;
    let bytes: Buffer = parts.length === 1 ? parts[0]! : Buffer.concat(parts);
    for (;;) {
      needed = 5;
      if (bytes.length < 5) break;
      const length = bytes.readUInt32BE(1);
      if (length > mostBytes) throw damaged();
      needed = 5 + length;
      if (bytes.length < needed) break;
      yield frameOf(bytes[0]!, bytes.subarray(5, needed));
      bytes = bytes.subarray(needed);
    }
    parts = [bytes];
    held = bytes.length;
  }
  if (held > 0) throw damaged();
}

function frameOf(index: number, body: Buffer): Frame {
  const kind = kinds[index];
  if (!kind) throw damaged();
  return (kind === 'row' ? { kind, bytes: Buffer.from(body) } : { kind, value: JSON.parse(body.toString('utf8')) }) as Frame;
}
