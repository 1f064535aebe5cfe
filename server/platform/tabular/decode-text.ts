import { invalid } from '../errors.ts';
import type { Table } from './table.ts';

/**
 * Bytes to text: a byte order mark decides, else UTF-16 is known by its zero bytes, else valid UTF-8 is UTF-8, else Windows-1252,
 * or Mac Roman where Windows-1252 would put letters into words in which they do not stand.
 * Refuses what holds zero bytes otherwise: such a file is not text.
 */
export function decodeText(bytes: Uint8Array): { text: string; encoding: NonNullable<Table['encoding']>; notes: string[] } {
  const [a, b, c] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) {
    const text = decodeStrictly('utf-8', bytes.subarray(3));
    if (text !== null) return withoutZeros(text, 'utf-8', []);
    return windows(bytes.subarray(3));
  }
  if (a === 0xff && b === 0xfe) return utf16('utf-16le', bytes.subarray(2));
  if (a === 0xfe && b === 0xff) return utf16('utf-16be', bytes.subarray(2));
  const guessed = guessUtf16(bytes);
  if (guessed !== null) return utf16(guessed, bytes);
  const text = decodeStrictly('utf-8', bytes);
  return text === null ? windows(bytes) : withoutZeros(text, 'utf-8', []);
}

/** Umlauts of Mac Roman read as Windows-1252: "MŸller", "GŠrtner". A Š or Ÿ within a word is a letter of no language there. */
const macRoman = /\p{L}[ŸŠ]\p{Ll}|\p{Ll}[ŸŠ]/u;

function windows(bytes: Uint8Array) {
  const text = new TextDecoder('windows-1252').decode(bytes);
  if (macRoman.test(text) && !/[äöüÄÖÜ]/.test(text)) {
    return withoutZeros(new TextDecoder('macintosh').decode(bytes), 'macintosh', [
      'The file is not UTF-8. It was read as Mac Roman, as older programs on a Mac write it: look at the umlauts.',
    ]);
  }
  return withoutZeros(text, 'windows-1252', [
    'The file is not UTF-8. It was read as Windows-1252, as Excel on Windows writes it: look at the umlauts.',
  ]);
}

function utf16(encoding: 'utf-16le' | 'utf-16be', bytes: Uint8Array) {
  const text = decodeStrictly(encoding, bytes);
  if (text === null) {
    throw invalid(
      'file_encoding',
      'The file begins like UTF-16 text and is damaged: it was perhaps cut short. Nothing was read. Export it once more, as CSV UTF-8.',
    );
  }
  return withoutZeros(text, encoding, []);
}

function withoutZeros(text: string, encoding: NonNullable<Table['encoding']>, notes: string[]) {
  if (text.includes('\0')) {
    throw invalid(
      'file_not_text',
      'This file is not text and not a workbook. Nothing was read. Choose the list itself, saved as CSV or XLSX.',
    );
  }
  return { text, encoding, notes };
}

function decodeStrictly(encoding: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

function guessUtf16(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const length = Math.min(bytes.length, 2000) & ~1;
  if (length < 4) return null;
  let even = 0;
  let odd = 0;
  for (let i = 0; i < length; i += 2) {
    if (bytes[i] === 0) even++;
    if (bytes[i + 1] === 0) odd++;
  }
  const pairs = length / 2;
  if (odd > pairs * 0.6 && even < pairs * 0.1) return 'utf-16le';
  if (even > pairs * 0.6 && odd < pairs * 0.1) return 'utf-16be';
  return null;
}
