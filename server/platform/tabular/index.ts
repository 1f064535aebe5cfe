/**
 * Tables that people export from anywhere (CSV, XLSX) in, and tables for people out. Knows no domain: headings and cells are text.
 * Everything that had to be assumed is said in `Table.notes`; everything that cannot be read is a Refusal with row, field, value and mend.
 */
export { cutText } from './cut-text.ts';
export { foldLetters, headingKey, letterVariants } from './fold-letters.ts';
export { guessDateOrder } from './guess-date-order.ts';
export type { DateOrder, DateProblem } from './parse-local-date.ts';
export { parseLocalDate } from './parse-local-date.ts';
export { parseLocalDateTime } from './parse-local-date-time.ts';
export { readTable } from './read-table.ts';
export type { ReadLimits, RefusedRow, Table, TableRow } from './table.ts';
export { writeCsv } from './write-csv.ts';
