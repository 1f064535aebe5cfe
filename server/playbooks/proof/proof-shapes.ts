import type { LineStatus } from './proof-document.ts';

/** The ink of each status on white. */
export const statusInks: Record<LineStatus, string> = {
  verified: '#066D3D',
  evidenced: '#066D3D',
  overridden: '#6D45AD',
  unknown: '#4F5A61',
  waiting: '#8B5504',
  open: '#8B5504',
  'did-not-obey': '#B72121',
};

/**
 * Draws the shape that says how we know: round, a machine read it; square, a person vouched; diamond, a person decided otherwise; octagon,
 * it is wrong; half disc, it waits; dashed, nobody knows.
 *
 * @param x left edge in points; the shape fills a square of `size`
 */
export function drawStatusShape(page: PDFKit.PDFDocument, status: LineStatus, x: number, y: number, size: number): void {
  const ink = statusInks[status];
  const [cx, cy, r] = [x + size / 2, y + size / 2, size / 2 - 0.6];
  page.save().lineWidth(1.1).strokeColor(ink).fillColor(ink).lineCap('round').lineJoin('round');
  const tick = (colour: string) =>
    page
      .moveTo(cx - r * 0.48, cy + r * 0.04)
      .lineTo(cx - r * 0.12, cy + r * 0.4)
      .lineTo(cx + r * 0.5, cy - r * 0.36)
      .stroke(colour);
  switch (status) {
    case 'verified':
      page.circle(cx, cy, r).fill();
      tick('#FFFFFF');
      break;
    case 'evidenced':
      page.roundedRect(cx - r * 0.92, cy - r * 0.92, r * 1.84, r * 1.84, 1.5).stroke();
      tick(ink);
      break;
    case 'overridden':
      page.polygon([cx, cy - r * 1.1], [cx + r * 1.1, cy], [cx, cy + r * 1.1], [cx - r * 1.1, cy]).fill();
      page
        .moveTo(cx - r * 0.42, cy)
        .lineTo(cx + r * 0.42, cy)
        .stroke('#FFFFFF');
      break;
    case 'did-not-obey': {
      const corner = r * 0.42;
      const corners = [
        [-corner, -r],
        [corner, -r],
        [r, -corner],
        [r, corner],
        [corner, r],
        [-corner, r],
        [-r, corner],
        [-r, -corner],
      ];
      page.polygon(...corners.map(([dx, dy]) => [cx + dx!, cy + dy!] as [number, number])).fill();
      page
        .moveTo(cx, cy - r * 0.5)
        .lineTo(cx, cy + r * 0.12)
        .stroke('#FFFFFF');
      page.circle(cx, cy + r * 0.5, 0.7).fill('#FFFFFF');
      break;
    }
    case 'unknown':
      page.dash(1.6, { space: 1.6 }).circle(cx, cy, r).stroke().undash();
      page.circle(cx, cy, 1).fill(ink);
      break;
    default:
      page.circle(cx, cy, r).stroke();
      page.path(`M ${cx} ${cy - r * 0.62} A ${r * 0.62} ${r * 0.62} 0 0 1 ${cx} ${cy + r * 0.62} Z`).fill(ink);
  }
  page.restore();
}
