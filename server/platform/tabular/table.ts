import type { Problem } from '../errors.ts';
import { cutText } from './cut-text.ts';

/** One row of data. `number` is the row that a spreadsheet shows beside it: the heading row of a file without title lines is 1. */
export type TableRow = { number: number; cells: string[] };

/** A row that cannot be told apart into columns. `cells` is what was found, so that a caller can still see whom it may be about. */
export type RefusedRow = { number: number; cells: string[]; problems: Problem[] };

/** What a file holds. Each row has exactly as many cells as there are headings; rows of data in the file = rows + refused. */
export type Table = {
  headings: string[];
  /** The row in which the headings stand. */
  headingRow: number;
  rows: TableRow[];
  refused: RefusedRow[];
  format: 'csv' | 'xlsx';
  encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252' | 'macintosh' | null;
  separator: ',' | ';' | '\t' | '|' | null;
  /** The visible sheets of a workbook; empty for text files. */
  sheets: string[];
  sheet: string | null;
  /** Plain sentences on what was assumed. */
  notes: string[];
};

/**
 * `bytes` of the file, `unpackedBytes` of all that is unpacked of a workbook, `rows` of data, `columns`, `cells` of the whole table (blank
 * ones count), `cellCharacters` of one cell, `characters` of all cells, `sheets` of a workbook.
 */
export type ReadLimits = {
  bytes: number;
  unpackedBytes: number;
  rows: number;
  columns: number;
  cells: number;
  cellCharacters: number;
  characters: number;
  sheets: number;
};

export const defaultLimits: ReadLimits = {
  bytes: 100 * 1024 * 1024,
  unpackedBytes: 400 * 1024 * 1024,
  rows: 100_000,
  columns: 500,
  cells: 10_000_000,
  cellCharacters: 32_767,
  characters: 200_000_000,
  sheets: 250,
};

/** Rows as found in the file, before headings are known. `cells` may be of any length. */
export type RawRow = { number: number; cells: string[] };

/** 3 → "C", 27 → "AA": the name that a spreadsheet gives to a column, counted from 1. */
export function columnName(column: number): string {
  let name = '';
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) name = String.fromCharCode(65 + ((rest - 1) % 26)) + name;
  return name;
}

/** 100000 → "100,000". */
export const thousands = (count: number): string => count.toLocaleString('en-US');

/** A value as an error quotes it: on one line, at most 60 characters. */
export function quoted(value: string): string {
  const line = value.replace(/\s+/g, ' ').trim().toWellFormed();
  return `"${line.length > 60 ? `${cutText(line, 57)}…` : line}"`;
}
