import type { Show } from './xlsx-parts.ts';

const day = 86_400;

/** A number of a workbook as text: dates as ISO 8601 (local, without a zone), numbers without exponent, 42 shown as 00042 as "00042". */
export function cellText(raw: string, show: Show | undefined, from1904: boolean): string {
  const value = Number(raw);
  if (raw.trim() === '' || !Number.isFinite(value)) return raw.trim();
  if (show === undefined || show.kind === 'number') return numberText(value, show?.zeros ?? 0);
  const seconds = Math.round((value + (from1904 ? 1462 : 0)) * day);
  const inDay = ((seconds % day) + day) % day;
  const clock = (at: number) =>
    [Math.floor(at / 3600), Math.floor(at / 60) % 60, at % 60].map((part) => String(part).padStart(2, '0')).join(':');
  if (show.kind === 'time') return value >= 0 && value < 1 ? clock(inDay) : numberText(value, 0);
  if (seconds < 0 || seconds > 2_958_466 * day) return numberText(value, 0);
  const date = Temporal.PlainDate.from('1899-12-30')
    .add({ days: Math.floor(seconds / day) })
    .toString();
  return show.kind === 'date-time' && inDay !== 0 ? `${date}T${clock(inDay)}` : date;
}

/** As a spreadsheet shows it: at most 15 digits, no exponent, no trailing zeros. */
function numberText(value: number, zeros: number): string {
  if (Number.isSafeInteger(value)) {
    const text = String(Math.abs(value)).padStart(zeros, '0');
    return value < 0 ? `-${text}` : text;
  }
  const rounded = Number(value.toPrecision(15));
  if (Number.isInteger(rounded)) return BigInt(rounded).toString();
  const text = String(rounded);
  return text.includes('e') ? rounded.toFixed(20).replace(/0+$/, '').replace(/\.$/, '') : text;
}
