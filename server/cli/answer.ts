import type { Command } from 'commander';
import { Refusal } from '../platform/errors.ts';

/**
 * What a command says: `data` with --json, else `words`. `failed` gives exit status 1 though nothing went wrong (a check found something);
 * `status` another one, where the command's description names it.
 */
export type Said = { data: unknown; words: string | string[]; failed?: boolean; status?: number };

export type Options = { json?: boolean; organization?: string } & Record<string, unknown>;

/** Exit status of a refusal: 2 what was asked is wrong, 3 not reachable or not ready, 4 not allowed, 1 anything else. */
export function statusOf(error: unknown): number {
  if (!(error instanceof Refusal)) return 1;
  if (error.status === 503) return 3;
  if (error.status === 401 || error.status === 403) return 4;
  return [400, 404, 413, 422].includes(error.status) ? 2 : 1;
}

/** Wraps a command's work: prints its answer, or its refusal on standard error, and sets the exit status. */
export function answering<Arguments extends unknown[]>(work: (options: Options, ...given: Arguments) => Promise<Said>) {
  return async function run(this: Command, ...all: unknown[]): Promise<void> {
    const options = this.optsWithGlobals() as Options;
    const given = all.slice(0, -2) as Arguments;
    try {
      const said = await work(options, ...given);
      const words = Array.isArray(said.words) ? said.words.join('\n') : said.words;
      process.stdout.write(options.json ? `${JSON.stringify(said.data, null, 2)}\n` : words === '' ? '' : `${words}\n`);
      process.exitCode = said.status ?? (said.failed ? 1 : 0);
    } catch (error) {
      tell(error, options.json ?? false);
      process.exitCode = statusOf(error);
    }
  };
}

/** Tells a failure on standard error: one line, and one more for each field or row that is wrong. */
export function tell(error: unknown, asJson: boolean): void {
  const refusal = error instanceof Refusal ? error : new Refusal(500, 'internal', `That did not work: ${(error as Error).message}`);
  if (asJson) {
    process.stderr.write(`${JSON.stringify({ error: { code: refusal.code, message: refusal.message, problems: refusal.problems } })}\n`);
    return;
  }
  process.stderr.write(`${refusal.message.replaceAll(/\s*\n\s*/g, ' ')}\n`);
  // Of a text the reader counts lines, of a table rows.
  const counted = /^(configuration|playbook)_invalid$/.test(refusal.code) ? 'Line' : 'Row';
  for (const { row, field, message } of refusal.problems) {
    process.stderr.write(`  ${[row === undefined ? null : `${counted} ${row}`, field].filter(Boolean).join(', ')}: ${message}\n`);
  }
}

/** Rows as columns of text, aligned. */
export function columns(rows: string[][]): string[] {
  const widths = rows[0]?.map((_, index) => Math.max(...rows.map((row) => [...(row[index] ?? '')].length))) ?? [];
  return rows.map((row) =>
    row
      .map((cell, index) => (index === row.length - 1 ? cell : cell.padEnd(widths[index] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}
