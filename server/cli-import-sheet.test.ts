import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import exceljs from 'exceljs';
import { openWorld } from '../tests/world.ts';

const people = [
  ['Name', 'Email', 'Start date'],
  ['Ann Roe', 'ann@fernhill.example', '2020-01-31'],
];
const former = [
  ['Name', 'Email', 'Start date'],
  ['Bob Old', 'bob@fernhill.example', '2019-01-31'],
];

async function workbookOf(cover: string[][], ...sheets: [string, string[][]][]): Promise<Uint8Array> {
  const workbook = new exceljs.Workbook();
  workbook.addWorksheet('Read me').addRows(cover);
  for (const [name, rows] of sheets) workbook.addWorksheet(name).addRows(rows);
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

test('import people reads the sheet that looks most like a staff list, and another one with --sheet', async (t) => {
  const world = await openWorld(t);
  const folder = mkdtempSync(path.join(os.tmpdir(), 'groundcrew-sheet-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, 'staff.xlsx');
  writeFileSync(file, await workbookOf([['Staff of Fernhill'], ['As of today']], ['Staff', people], ['Former', former]));
  const run = async (...words: string[]): Promise<{ sheet: string; notes: string[] }> => {
    const env = {
      PATH: process.env.PATH,
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
      DATABASE_URL: world.database.adminUrl,
      GROUNDCREW_SECRET_KEY: world.database.secretKey.toString('hex'),
      GROUNDCREW_DATA: folder,
    };
    const command = [path.join(import.meta.dirname, 'cli.ts'), 'import', 'people', file, ...words, '--json'];
    const done = promisify(execFile)(process.execPath, command, { env });
    return JSON.parse((await done.catch((failed: { stdout: string }) => failed)).stdout);
  };
  const chosen = await run();
  assert.equal(chosen.sheet, 'Staff');
  assert.match(chosen.notes.join(' '), /3 sheets; "Staff" was read.*"Former" looks like a list too/);
  assert.equal((await run('--sheet', 'former')).sheet, 'Former');
});
