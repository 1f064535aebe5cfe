import { findFont, type ProofFont, type Weight } from './proof-fonts.ts';

/** Sizes in points; `leading` is the height of one line. */
export type TextStyle = { size: number; weight?: Weight; colour: string; leading: number };
type Run = { font: ProofFont; text: string };

/** Characters that take no room or turn the direction of what follows; in a proof they are shown, not obeyed. */
const hidden = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}]/u;

const rightToLeft = /[\p{sc=Arabic}\p{sc=Hebrew}\p{sc=Syriac}\p{sc=Thaana}]/u;

/** pdfkit sets the letters of a word from right to left, but one word after the other from the left: here the last word comes first. */
function inReadingOrder({ font, text }: Run): Run[] {
  const body = text.replace(/[\p{P}\p{Z}]+$/u, '');
  const words = body.split(/( )/).reverse();
  const parts = body.length < text.length ? [...words, text.slice(body.length)] : words;
  return parts.filter((part) => part !== '').map((part) => ({ font, text: part }));
}

/**
 * Sets text of any script with pdfkit: each character in a font that has it; without one, the character's code in the form `\u{6F22}`.
 * Positions are in points from the top left of the page.
 */
export function createTypesetter(page: PDFKit.PDFDocument, options: { systemFonts: boolean }) {
  const registered = new Set<ProofFont>();
  const widths = new Map<string, number>();
  let codesWritten = false;

  function fontOf(character: string, weight: Weight, before: Run | undefined): ProofFont | null {
    const codePoint = character.codePointAt(0)!;
    const isNeutral = /[\p{P}\p{Z}\p{M}]/u.test(character);
    if (before && isNeutral && before.font.has(codePoint)) return before.font;
    return findFont(codePoint, weight, options);
  }

  function runsOf(text: string, weight: Weight): Run[] {
    const runs: Run[] = [];
    const add = (font: ProofFont, part: string) => {
      const last = runs.at(-1);
      if (last?.font === font) last.text += part;
      else runs.push({ font, text: part });
    };
    for (const character of text) {
      const font = hidden.test(character) ? null : fontOf(character, weight, runs.at(-1));
      if (font) {
        add(font, character);
        continue;
      }
      codesWritten = true;
      const latin = findFont(0x41, weight, options)!;
      add(latin, `\\u{${character.codePointAt(0)!.toString(16).toUpperCase()}}`);
    }
    return runs.flatMap((run) => (rightToLeft.test(run.text) ? inReadingOrder(run) : [run]));
  }

  function use(font: ProofFont, size: number): void {
    if (!registered.has(font)) page.registerFont(font.name, font.bytes, font.face);
    registered.add(font);
    page.font(font.name).fontSize(size);
  }

  function widthOf(text: string, style: TextStyle): number {
    const key = `${style.size} ${style.weight} ${text}`;
    const known = widths.get(key);
    if (known !== undefined) return known;
    let width = 0;
    for (const run of runsOf(text, style.weight ?? 'regular')) {
      use(run.font, style.size);
      width += page.widthOfString(run.text);
    }
    widths.set(key, width);
    return width;
  }

  /** The lines of a text within a width; a word that is too long for a line is broken where the line ends. */
  function wrap(text: string, width: number, style: TextStyle): string[] {
    return text
      .normalize('NFC')
      .split(/\r\n|[\n\r\u2028\u2029]/)
      .flatMap((paragraph) => wrapParagraph(paragraph.replaceAll('\t', ' '), width, style));
  }

  function wrapParagraph(paragraph: string, width: number, style: TextStyle): string[] {
    const lines: string[] = [];
    let current = '';
    let used = 0;
    const place = (piece: string) => {
      if (used + widthOf(piece.trimEnd(), style) > width) return false;
      current += piece;
      used += widthOf(piece, style);
      return true;
    };
    const breakLine = () => {
      lines.push(current.trimEnd());
      current = '';
      used = 0;
    };
    for (const piece of paragraph.match(
      /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]|[^\s\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]+\s*|\s+/gu,
    ) ?? []) {
      if (place(piece)) continue;
      if (current.trim() !== '') breakLine();
      if (place(piece)) continue;
      for (const character of piece) {
        if (place(character)) continue;
        breakLine();
        current = character;
        used = widthOf(character, style);
      }
    }
    return [...lines, current.trimEnd()];
  }

  function drawLine(text: string, x: number, top: number, style: TextStyle): void {
    let left = x;
    const baseline = top + (style.leading + style.size * 0.72) / 2;
    for (const run of runsOf(text, style.weight ?? 'regular')) {
      use(run.font, style.size);
      page.fillColor(style.colour).text(run.text, left, baseline, { lineBreak: false, baseline: 'alphabetic' });
      left += page.widthOfString(run.text);
    }
  }

  return {
    widthOf,
    wrap,
    /** Height in points of the text within the width. */
    heightOf: (text: string, width: number, style: TextStyle) => wrap(text, width, style).length * style.leading,
    /** Draws the text and returns its height. */
    draw(text: string, x: number, top: number, width: number, style: TextStyle): number {
      const lines = wrap(text, width, style);
      for (const [index, line] of lines.entries()) drawLine(line, x, top + index * style.leading, style);
      return lines.length * style.leading;
    },
    /** Draws one line that ends at `right`. */
    drawRight(text: string, right: number, top: number, style: TextStyle): void {
      drawLine(text, right - widthOf(text, style), top, style);
    },
    /** Whether a character had to be written as its code so far. */
    wroteCodes: () => codesWritten,
  };
}

export type Typesetter = ReturnType<typeof createTypesetter>;
