import PdfDocument from 'pdfkit';
import type { ProofDocument, ProofLine, ProofSection } from './proof-document.ts';
import { fingerprintWords } from './proof-key.ts';
import { isOpenLine, orderLines } from './proof-lines.ts';
import { drawStatusShape, statusInks } from './proof-shapes.ts';
import { createTypesetter, type TextStyle, type Typesetter } from './proof-typesetter.ts';
import { headline, howWords, proofTime, sectionWords, signatureWords, statusWords } from './proof-words.ts';

const INK = '#131B1E';
const QUIET = '#5A6467';
const LINE = '#CBC8C0';
const PAGE = { width: 595.28, height: 841.89, left: 56, right: 539.28, top: 56, bottom: 772 };
/** Above this height, in points, something may be divided between two pages. */
const MOST_KEPT_TOGETHER = 320;
const WIDTH = PAGE.right - PAGE.left;

const title: TextStyle = { size: 22, weight: 'bold', colour: INK, leading: 28 };
const heading: TextStyle = { size: 13, weight: 'bold', colour: INK, leading: 19 };
const strong: TextStyle = { size: 9.5, weight: 'bold', colour: INK, leading: 14 };
const body: TextStyle = { size: 9.5, colour: INK, leading: 14 };
const lede: TextStyle = { size: 11, colour: INK, leading: 17 };
const small: TextStyle = { size: 8, colour: QUIET, leading: 11.5 };

/**
 * The proof as a PDF of A4 pages, not yet signed (see signPdfProof). The same document gives the same bytes on the same machine; scripts
 * beyond Latin, Greek and Cyrillic use the machine's own fonts, and without one are written as character codes with a sentence that says so.
 *
 * @param signingKeyFingerprint the key that will sign the file
 * @param options.systemFonts false leaves the machine's fonts aside
 */
export async function renderProofPdf(
  document: ProofDocument,
  signingKeyFingerprint: string,
  options: { systemFonts?: boolean } = {},
): Promise<Buffer> {
  const systemFonts = options.systemFonts ?? true;
  try {
    return await render(document, signingKeyFingerprint, systemFonts);
  } catch (error) {
    if (!systemFonts) throw error;
    return render(document, signingKeyFingerprint, false);
  }
}

type Sheet = { page: PDFKit.PDFDocument; type: Typesetter; y: number; pages: number };

async function render(document: ProofDocument, fingerprint: string, systemFonts: boolean): Promise<Buffer> {
  const date = new Date(Temporal.Instant.from(document.generatedAt).epochMilliseconds);
  const page = new PdfDocument({
    size: 'A4',
    margin: 0,
    bufferPages: true,
    lang: 'en',
    displayTitle: true,
    info: {
      Title: `Proof of exit: ${document.person.name}`,
      Author: document.organization,
      Creator: 'Groundcrew',
      Producer: 'Groundcrew',
      CreationDate: date,
      ModDate: date,
    },
  });
  const chunks: Buffer[] = [];
  const finished = new Promise<void>((resolve, reject) =>
    page
      .on('data', (chunk: Buffer) => chunks.push(chunk))
      .on('end', resolve)
      .on('error', reject),
  );
  const sheet: Sheet = { page, type: createTypesetter(page, { systemFonts }), y: PAGE.top, pages: 1 };
  drawHeader(sheet, document);
  for (const section of document.sections) drawSection(sheet, document, section);
  for (const addendum of document.later ?? []) drawLater(sheet, document, addendum);
  drawCannotBeKnown(sheet, document);
  drawCheck(sheet, document, fingerprint);
  drawFooters(sheet, document);
  page.end();
  await finished;
  return Buffer.concat(chunks);
}

function drawHeader(sheet: Sheet, document: ProofDocument): void {
  const { person, playbook, cutOff } = document;
  write(sheet, document.organization, { ...body, colour: QUIET });
  write(sheet, 'Proof of exit', title);
  write(sheet, person.employeeNumber === null ? person.name : `${person.name}, number ${person.employeeNumber}`, lede);
  sheet.y += 10;
  const { state, numbers } = headline(document);
  write(sheet, state, { ...lede, weight: 'bold', colour: document.status === 'closed' ? statusInks.verified : statusInks.waiting });
  write(sheet, numbers, body);
  sheet.y += 10;
  const facts = [
    ['Access was cut off', cutOffWords(document)],
    ['As read on', proofTime(document, document.asReadAt)],
    ['Written on', proofTime(document, document.generatedAt)],
    ['Run', `${document.runId}, ${playbook.name} playbook, version ${playbook.version}`],
  ] as const;
  for (const [name, value] of facts) {
    sheet.type.draw(name, PAGE.left, sheet.y, 100, { ...body, colour: QUIET });
    sheet.y += sheet.type.draw(value, PAGE.left + 108, sheet.y, WIDTH - 108, body);
  }
  write(sheet, `Times are those in ${cutOff.place} (${cutOff.zone}), then UTC.`, { ...small, leading: 17 });
}

const cutOffWords = (document: ProofDocument) => {
  const words = proofTime(document, document.cutOff.instant);
  return words.startsWith(document.cutOff.text) ? words : `${document.cutOff.text}: ${words}`;
};

function drawSection(sheet: Sheet, document: ProofDocument, section: ProofSection): void {
  const lines = orderLines(section.lines);
  const state = sectionWords(section);
  const mark = section.lines.some(isOpenLine) ? 'waiting' : section.signature === null ? 'open' : 'evidenced';
  const first = lines[0];
  keepTogether(sheet, 26 + heading.leading + 8 + (first ? Math.min(lineHeight(sheet, document, first), MOST_KEPT_TOGETHER) : 14));
  sheet.y += 26;
  sheet.type.draw(section.title, PAGE.left, sheet.y, WIDTH / 2, heading);
  const stateStyle = { ...strong, colour: statusInks[mark] };
  sheet.type.drawRight(state, PAGE.right, sheet.y + 3, stateStyle);
  drawStatusShape(sheet.page, mark, PAGE.right - sheet.type.widthOf(state, stateStyle) - 16, sheet.y + 4.5, 11);
  sheet.y += heading.leading + 4;
  rule(sheet, INK, 0.8);
  if (lines.length === 0) {
    sheet.y += 5;
    write(sheet, 'Nothing belongs to this section.', { ...body, colour: QUIET });
  }
  for (const line of lines) drawLineOfProof(sheet, document, line);
  const signed = signatureWords(document, section);
  if (signed === null) return;
  keepTogether(sheet, sheet.type.heightOf(signed, WIDTH, small) + 6);
  sheet.y += 6;
  write(sheet, signed, small);
}

/** An addendum: lines that nobody signs. */
function drawLater(sheet: Sheet, document: ProofDocument, { title: name, lines }: NonNullable<ProofDocument['later']>[number]): void {
  keepTogether(sheet, 26 + heading.leading + 40);
  sheet.y += 26;
  write(sheet, `Later: ${name.toLowerCase()}`, heading);
  sheet.y += 4;
  rule(sheet, INK, 0.8);
  for (const line of orderLines(lines)) drawLineOfProof(sheet, document, line);
}

const COLUMNS = {
  subject: { x: PAGE.left, width: 138 },
  status: { x: PAGE.left + 146, width: 82 },
  how: { x: PAGE.left + 238, width: WIDTH - 238 },
};

/** Verified lines stand close, with the read that proves them; all others carry every sentence, and the open ones their history. */
function wordsOf(document: ProofDocument, line: ProofLine): { fact: string; rest: string[] } {
  const [fact, ...rest] = howWords(document, line);
  const history = isOpenLine(line) ? line.history.map((event) => `${proofTime(document, event.at)}: ${event.text}`) : [];
  return { fact: fact ?? '', rest: [...rest, ...history] };
}

function lineHeight({ type }: Sheet, document: ProofDocument, line: ProofLine): number {
  const { fact, rest } = wordsOf(document, line);
  const { subject, how } = COLUMNS;
  const left = type.heightOf(line.subject, subject.width, strong) + (line.detail ? type.heightOf(line.detail, subject.width, small) : 0);
  const right = type.heightOf(fact, how.width, body) + rest.reduce((sum, text) => sum + type.heightOf(text, how.width, small), 0);
  return Math.max(left, right) + 10;
}

/** Draws one line; what is said about it goes on over the page's end, so that nothing is lost however long it is. */
function drawLineOfProof(sheet: Sheet, document: ProofDocument, line: ProofLine): void {
  const { page, type } = sheet;
  keepTogether(sheet, Math.min(lineHeight(sheet, document, line), MOST_KEPT_TOGETHER));
  const firstPage = sheet.pages;
  const top = sheet.y + 5;
  const { fact, rest } = wordsOf(document, line);
  const { subject, status, how } = COLUMNS;
  let below = top + type.draw(line.subject, subject.x, top, subject.width, strong);
  if (line.detail) below += type.draw(line.detail, subject.x, below, subject.width, small);
  drawStatusShape(page, line.status, status.x, top + 1.5, 11);
  type.draw(statusWords[line.status], status.x + 16, top, status.width, { ...strong, colour: statusInks[line.status] });
  sheet.y = top;
  for (const [text, style] of [[fact, body] as const, ...rest.map((one) => [one, small] as const)]) {
    for (const words of type.wrap(text, how.width, style)) {
      keepTogether(sheet, style.leading);
      sheet.y += type.draw(words, how.x, sheet.y, how.width + 1, style);
    }
  }
  if (sheet.pages === firstPage) sheet.y = Math.max(sheet.y, below);
  sheet.y += 5;
  rule(sheet, LINE, 0.5);
}

function drawCannotBeKnown(sheet: Sheet, { cannotBeKnown }: ProofDocument): void {
  const { page, type } = sheet;
  const inner = WIDTH - 32;
  const rows = cannotBeKnown.map((text) => ({ text, height: type.heightOf(text, inner - 16, body) + 2 }));
  const height = 14 + heading.leading + 4 + rows.reduce((sum, row) => sum + row.height, 0) + 12;
  const frame = Math.min(height, PAGE.bottom - PAGE.top);
  keepTogether(sheet, 28 + frame);
  sheet.y += 28;
  let top = sheet.y;
  const close = () =>
    page
      .save()
      .lineWidth(0.8)
      .dash(3, { space: 2.5 })
      .strokeColor('#8A8C87')
      .roundedRect(PAGE.left, top, WIDTH, sheet.y + 10 - top, 8)
      .stroke()
      .undash()
      .restore();
  sheet.y += 12;
  type.draw('What nobody can know', PAGE.left + 16, sheet.y, inner, heading);
  sheet.y += heading.leading + 4;
  for (const row of rows) {
    if (sheet.y + row.height + 10 > PAGE.bottom) {
      close();
      nextPage(sheet);
      top = sheet.y;
      sheet.y += 10;
    }
    type.draw('?', PAGE.left + 16, sheet.y, 12, { ...strong, colour: statusInks.unknown });
    type.draw(row.text, PAGE.left + 32, sheet.y, inner - 16, body);
    sheet.y += row.height;
  }
  close();
  sheet.y += 10;
}

function drawCheck(sheet: Sheet, document: ProofDocument, fingerprint: string): void {
  const texts = [
    'The signature (Ed25519) stands in the last line of this file and covers every byte before it. Check it with the public key that you were given before, without a server and without data:',
    './groundcrew proof verify FILE --key PUBLIC-KEY-FILE',
    `The key’s fingerprint (SHA-256): ${fingerprintWords(fingerprint)}`,
    ...(document.auditHead ? [`The head of the audit chain was ${document.auditHead.hash}.`] : []),
    'Shapes say how we know. Disc: a machine read it. Square: a person vouched for it. Diamond: a person decided otherwise. Octagon: it is wrong. Half disc: it waits. Dashed ring: nobody knows.',
    'Printing or saving this document anew loses the signature. Keep the file as it is.',
  ];
  const codes =
    'Characters that no font of the machine could show are written as their Unicode numbers, as \\u{6F22}. The JSON form of this proof holds them as they are.';
  if (sheet.type.wroteCodes()) texts.push(codes);
  const heights = texts.map((text) => sheet.type.heightOf(text, WIDTH, small) + 3);
  keepTogether(sheet, 26 + heading.leading + heights.reduce((sum, height) => sum + height, 0));
  sheet.y += 26;
  write(sheet, 'How to check this proof', heading);
  for (const text of texts) {
    write(sheet, text, text.startsWith('./') ? { ...small, colour: INK, weight: 'bold' } : small);
    sheet.y += 3;
  }
}

function drawFooters({ page, type }: Sheet, document: ProofDocument): void {
  const { start, count } = page.bufferedPageRange();
  for (let index = start; index < start + count; index += 1) {
    page.switchToPage(index);
    const number = `Page ${index + 1} of ${count}`;
    const room = WIDTH - type.widthOf(number, small) - 20;
    const words = `Proof of exit · ${document.person.name} · as read on ${proofTime(document, document.asReadAt)}`;
    type.draw(words, PAGE.left, 796, room, small);
    type.drawRight(number, PAGE.right, 796, small);
  }
}

function write(sheet: Sheet, text: string, style: TextStyle): void {
  keepTogether(sheet, style.leading);
  sheet.y += sheet.type.draw(text, PAGE.left, sheet.y, WIDTH, style);
}

function keepTogether(sheet: Sheet, height: number): void {
  if (sheet.y + height > PAGE.bottom && sheet.y > PAGE.top) nextPage(sheet);
}

function nextPage(sheet: Sheet): void {
  sheet.page.addPage();
  sheet.pages += 1;
  sheet.y = PAGE.top;
}

function rule({ page, y }: Sheet, colour: string, width: number): void {
  page.save().lineWidth(width).strokeColor(colour).moveTo(PAGE.left, y).lineTo(PAGE.right, y).stroke().restore();
}
