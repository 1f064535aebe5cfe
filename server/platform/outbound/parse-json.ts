import { OutboundError } from './outbound-error.ts';

/** Bounds of a JSON answer. `maxDepth`: brackets inside brackets. `maxValues`: members and elements in all. */
export type JsonLimits = { maxDepth?: number; maxValues?: number };

const quote = 0x22;
const backslash = 0x5c;

/**
 * Parses an answer's bytes as JSON after looking through them once, so that neither depth nor sheer number can exhaust the parser.
 * Throws OutboundError `too-deep`, `too-large` or `not-json`.
 */
export function parseJson(body: Uint8Array, host: string, limits: JsonLimits = {}): unknown {
  const { maxDepth = 64, maxValues = 2_000_000 } = limits;
  let depth = 0;
  let values = 0;
  let inString = false;
  for (let index = 0; index < body.length; index++) {
    const byte = body[index];
    if (inString) {
      if (byte === backslash) index++;
      else if (byte === quote) inString = false;
    } else if (byte === quote) inString = true;
    else if (byte === 0x7b || byte === 0x5b) {
      if (++depth > maxDepth)
        throw new OutboundError(
          'too-deep',
          host,
          `${host} sent an answer nested more than ${maxDepth} levels deep. It was not read.`,
          true,
        );
    } else if (byte === 0x7d || byte === 0x5d) depth--;
    else if (byte === 0x2c && ++values > maxValues) {
      throw new OutboundError(
        'too-large',
        host,
        `${host} sent an answer with more than ${maxValues.toLocaleString('en')} values. It was not read.`,
        true,
      );
    }
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw new OutboundError(
      'not-json',
      host,
      `${host} sent something that is not JSON${looksLikePage(body) ? ', but a web page: the address may be that of the page for people' : ''}.`,
      true,
    );
  }
}

function looksLikePage(body: Uint8Array): boolean {
  return /^\s*<(!doctype|html|\?xml)/i.test(new TextDecoder().decode(body.subarray(0, 200)));
}
