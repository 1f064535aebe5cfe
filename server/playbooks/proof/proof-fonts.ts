import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { create } from 'fontkit';

export type Weight = 'regular' | 'bold';

/** A font file that can show certain characters. `face` names the font within a collection. */
export type ProofFont = { name: string; bytes: Buffer; face: string | undefined; has(codePoint: number): boolean };

const subsets = ['latin', 'latin-ext', 'cyrillic', 'cyrillic-ext', 'greek', 'greek-ext', 'vietnamese'];
const weightNumbers: Record<Weight, number> = { regular: 400, bold: 600 };

/** Fonts of operating systems for scripts beyond Inter, with the face where the file is a collection. The first that has a character shows it. */
const systemFonts: readonly (readonly [path: string, face?: string])[] = [
  ['/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf'],
  ['/usr/share/fonts/TTF/DejaVuSans.ttf'],
  ['/usr/share/fonts/dejavu-sans-fonts/DejaVuSans.ttf'],
  ...['Arabic', 'Hebrew', 'Devanagari', 'Thai', 'Tamil', 'Bengali'].map(
    (script) => [`/usr/share/fonts/truetype/noto/NotoSans${script}-Regular.ttf`] as const,
  ),
  ['/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc', 'NotoSansCJKjp-Regular'],
  ['/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc', 'NotoSansCJKjp-Regular'],
  ['/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc', 'NotoSansCJKjp-Regular'],
  ['/System/Library/Fonts/Supplemental/Arial Unicode.ttf'],
  ['/Library/Fonts/Arial Unicode.ttf'],
  ['C:\\Windows\\Fonts\\tahoma.ttf'],
  ['C:\\Windows\\Fonts\\msyh.ttc', 'MicrosoftYaHei'],
  ['C:\\Windows\\Fonts\\malgun.ttf'],
  ['C:\\Windows\\Fonts\\Nirmala.ttf'],
];

const opened = new Map<string, ProofFont | null>();

/** The font that shows a character: Inter where it can, then one of this machine's, else null. Files are read once and only when needed. */
export function findFont(codePoint: number, weight: Weight, options: { systemFonts: boolean }): ProofFont | null {
  for (const subset of subsets) {
    const font = open(
      fileURLToPath(import.meta.resolve(`@fontsource/inter/files/inter-${subset}-${weightNumbers[weight]}-normal.woff`)),
      undefined,
    );
    if (font?.has(codePoint)) return font;
  }
  if (!options.systemFonts) return null;
  for (const [path, face] of systemFonts) {
    const font = open(path, face);
    if (font?.has(codePoint)) return font;
  }
  return null;
}

function open(path: string, face: string | undefined): ProofFont | null {
  const known = opened.get(path);
  if (known !== undefined) return known;
  const font = existsSync(path) ? read(path, face) : null;
  opened.set(path, font);
  return font;
}

/** A font of the machine that cannot be read is passed over: the proof is written without it. */
function read(path: string, face: string | undefined): ProofFont | null {
  try {
    const bytes = readFileSync(path);
    const font = create(bytes, face);
    return { name: path, bytes, face, has: (codePoint) => font.hasGlyphForCodePoint(codePoint) };
  } catch {
    return null;
  }
}
