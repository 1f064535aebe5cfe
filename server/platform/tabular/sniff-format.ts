/** What the first bytes say a file is. `words` completes "This is …". */
export type Sniffed = { kind: 'zip' } | { kind: 'text' } | { kind: 'other'; words: string; mend: string };

const spreadsheet = 'Open it in the program it comes from and save it as XLSX or CSV.';
const wrongFile = 'Choose the list itself, saved as CSV or XLSX.';

const signatures: { at: number; bytes: string; words: string; mend: string }[] = [
  { at: 0, bytes: '\x89PNG', words: 'a picture (PNG)', mend: wrongFile },
  { at: 0, bytes: '\xff\xd8\xff', words: 'a picture (JPEG)', mend: wrongFile },
  { at: 0, bytes: 'GIF8', words: 'a picture (GIF)', mend: wrongFile },
  { at: 8, bytes: 'WEBP', words: 'a picture (WebP)', mend: wrongFile },
  { at: 0, bytes: 'II*\0', words: 'a picture (TIFF)', mend: wrongFile },
  { at: 0, bytes: 'MM\0*', words: 'a picture (TIFF)', mend: wrongFile },
  { at: 4, bytes: 'ftyphei', words: 'a picture (HEIC)', mend: wrongFile },
  { at: 4, bytes: 'ftypavif', words: 'a picture (AVIF)', mend: wrongFile },
  { at: 4, bytes: 'ftyp', words: 'a video', mend: wrongFile },
  { at: 0, bytes: '%PDF', words: 'a PDF', mend: `A PDF is made for printing. ${wrongFile}` },
  { at: 0, bytes: '\x1f\x8b', words: 'a packed file (gzip)', mend: `Unpack it first. ${wrongFile}` },
  { at: 0, bytes: '7z\xbc\xaf', words: 'a packed file (7z)', mend: `Unpack it first. ${wrongFile}` },
  { at: 0, bytes: 'Rar!', words: 'a packed file (RAR)', mend: `Unpack it first. ${wrongFile}` },
  { at: 0, bytes: '{\\rtf', words: 'a text document (RTF)', mend: wrongFile },
  { at: 0, bytes: '\x7fELF', words: 'a program', mend: wrongFile },
  { at: 0, bytes: 'SQLite format 3', words: 'a database (SQLite)', mend: wrongFile },
  { at: 0, bytes: 'PAR1', words: 'a Parquet file', mend: spreadsheet },
  { at: 0, bytes: 'BEGIN:VC', words: 'an address book or calendar (vCard, iCalendar)', mend: wrongFile },
];

/** Tells text and zip from everything that only looks like a list. */
export function sniffFormat(bytes: Uint8Array): Sniffed {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 4096));
  const start = head.toString('latin1');
  for (const { at, bytes: mark, words, mend } of signatures) if (start.startsWith(mark, at)) return { kind: 'other', words, mend };
  if (start.startsWith('PK\x03\x04') || start.startsWith('PK\x05\x06')) return { kind: 'zip' };
  if (start.startsWith('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')) return oldOffice(bytes);
  if (start.startsWith('BM') && head.length > 14 && head.readUInt32LE(6) === 0)
    return { kind: 'other', words: 'a picture (BMP)', mend: wrongFile };
  if (start.startsWith('\xff\xfe') || start.startsWith('\xfe\xff')) return { kind: 'text' };
  const text = start.replace(/^\xef\xbb\xbf/, '').trimStart();
  if (/^<\?xml|^<workbook/i.test(text)) {
    const words = text.includes('schemas-microsoft-com:office:spreadsheet') ? 'a workbook in the XML format of Excel 2003' : 'an XML file';
    return { kind: 'other', words, mend: spreadsheet };
  }
  if (/^<!doctype html|^<html|^<head|^<body|^<table|^<meta/i.test(text)) {
    return { kind: 'other', words: 'a web page (HTML)', mend: `Some pages name such a file .xls. ${spreadsheet}` };
  }
  if (/^<svg/i.test(text)) return { kind: 'other', words: 'a picture (SVG)', mend: wrongFile };
  if (/^[[{]\s*["{[]/.test(text)) return { kind: 'other', words: 'a JSON file', mend: 'Export the list as CSV or XLSX.' };
  return { kind: 'text' };
}

function oldOffice(bytes: Uint8Array): Sniffed {
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const has = (name: string) => whole.includes(Buffer.from(name, 'utf16le'));
  if (has('EncryptedPackage')) {
    return { kind: 'other', words: 'a workbook locked with a password', mend: 'Open it in Excel and save it without a password.' };
  }
  if (has('Workbook') || has('Book')) {
    return { kind: 'other', words: 'a workbook in the old format of Excel (.xls)', mend: 'Open it in Excel and save it as XLSX or CSV.' };
  }
  return { kind: 'other', words: 'a document in an old format of Office', mend: spreadsheet };
}
