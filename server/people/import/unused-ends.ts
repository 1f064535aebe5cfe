import { foldLetters, parseLocalDate, type Table } from '../../platform/tabular/index.ts';
import { saysNoEnd } from './no-end-words.ts';
import type { ColumnMapping } from './recognise-columns.ts';

/** A column that nothing is read from although its heading speaks of an end. `notice`: it says when notice was given, not when somebody leaves. */
export type UnusedEnd = { column: number; heading: string; notice: boolean };

const end =
  /\b(?:end|ends|ended|enddate|ende)\b|(?:vertrags|dienst|arbeits|anstellungs|beschaeftigungs)ende|austritt|\bexit|\bleav|terminat|kuend|separat|dismiss|ausgeschied|ausscheid|departure|last (?:working )?day|letzter/;
const other =
  /birth|geburt|prob[ea]|visa|permit|aufenthalt|erlaubnis|passport|ausweis|leave (?:from|until|start|end|of|type)|elternzeit|parental|maternity|mutterschutz|urlaub|vacation|holiday|absen|abwesen|review|training|zertifi|certif|insurance|versicherung|warranty|garantie|trial|manager|privat|personal|notfall|contract (?:signed|sent)/;
const notice = /kuendigungs?(?:datum|tag| am|$)|gekuendigt am|resignation|notice/;

const spelled = (heading: string): string =>
  foldLetters(
    heading
      .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
      .replace(/[äÄ]/g, 'ae')
      .replace(/[öÖ]/g, 'oe')
      .replace(/[üÜ]/g, 'ue'),
  ).replace(/[^\p{L}\p{N}]+/gu, ' ');

/** Columns of dates that a mapping leaves out and whose headings speak of the end of an employment. They have to be asked about. */
export function unusedEnds(table: Pick<Table, 'headings' | 'rows'>, mapping: ColumnMapping): UnusedEnd[] {
  const used = new Set(Object.values(mapping));
  return table.headings.flatMap((heading, column) => {
    const words = spelled(heading);
    if (used.has(column) || !end.test(`${words}`) || other.test(words)) return [];
    const values = table.rows.slice(0, 5000).flatMap(({ cells }) => {
      const text = cells[column] ?? '';
      return text === '' || text === '-' || saysNoEnd(text) ? [] : [text];
    });
    const dates = values.filter(isDate).length;
    return dates > 0 && dates * 2 >= values.length ? [{ column, heading, notice: notice.test(words.trim()) }] : [];
  });
}

/** Whether a text can be a day, in whichever order. */
export function isDate(text: string): boolean {
  const day = parseLocalDate(text, undefined);
  return day instanceof Temporal.PlainDate || day.ambiguous !== undefined || /is no day/.test(day.problem);
}
