import type { IncomingMessage } from 'node:http';
import type { Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { OutboundError } from './outbound-error.ts';

/**
 * Reads an answer's body while it comes, decompressed (gzip, deflate, br). Stops and throws OutboundError `too-large` as soon as more than
 * `maxBytes` came, on the wire or after decompression, so that an endless answer or a compressed bomb costs no more than that.
 */
export async function readBody(response: IncomingMessage, host: string, maxBytes: number): Promise<Uint8Array> {
  const tooLarge = () =>
    new OutboundError(
      'too-large',
      host,
      `${host} sent more than ${sizeInWords(maxBytes)} in one answer. The rest was not read and nothing of it was used.`,
      true,
    );
  if (Number(response.headers['content-length']) > maxBytes) throw tooLarge();
  const decoder = decoderFor(response.headers['content-encoding']);
  if (decoder === undefined) {
    throw new OutboundError(
      'protocol',
      host,
      `${host} sent its answer in a compression that Groundcrew did not ask for and cannot read.`,
      true,
    );
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  let wire = 0;
  const stream: AsyncIterable<Uint8Array> = decoder === null ? response : response.pipe(decoder);
  const broken = (error: Error) => decoder?.destroy(error);
  response.on('error', broken);
  if (decoder !== null) {
    response.on('data', (chunk: Uint8Array) => {
      wire += chunk.length;
      if (wire > maxBytes) decoder.destroy(tooLarge());
    });
  }
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > maxBytes) throw tooLarge();
    chunks.push(chunk);
  }
  if (!response.complete) throw new OutboundError('protocol', host, `${host} broke off in the middle of its answer.`, true);
  return Buffer.concat(chunks, size);
}

/** null: not compressed; undefined: an encoding that is not known. */
function decoderFor(encoding: string | undefined): Transform | null | undefined {
  switch ((encoding ?? '').trim().toLowerCase()) {
    case '':
    case 'identity':
      return null;
    case 'gzip':
    case 'x-gzip':
      return createGunzip();
    case 'deflate':
      return createInflate();
    case 'br':
      return createBrotliDecompress();
    default:
      return undefined;
  }
}

function sizeInWords(bytes: number): string {
  return bytes >= 1_000_000 ? `${Math.floor(bytes / 1_000_000)} MB` : `${Math.ceil(bytes / 1_000)} kB`;
}
