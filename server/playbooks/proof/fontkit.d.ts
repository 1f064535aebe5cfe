declare module 'fontkit' {
  /** Only what the proof needs: which characters a font can show. */
  export function create(bytes: Uint8Array, postscriptName?: string): { hasGlyphForCodePoint(codePoint: number): boolean };
}
