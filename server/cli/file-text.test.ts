import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, statSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { folderFor, runCommand } from '../../tests/configuration-command-line.ts';
import { writeText } from './file-text.ts';

test('a pipe or device is not replaced by a file, neither by name nor by a link, and is not waited for', async (t) => {
  const folder = folderFor(t);
  const pipe = path.join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const link = path.join(folder, 'link');
  symlinkSync(pipe, link);
  for (const file of [pipe, link]) {
    assert.throws(() => writeText(file, 'organization: Acme'), /it is no usual file\. Nothing was written\./);
    assert.ok(statSync(file).isFIFO());
    const pulled = await runCommand(['pull', file], { GROUNDCREW_URL: 'http://127.0.0.1:9', GROUNDCREW_TOKEN: 'none' });
    assert.notEqual(pulled.status, 0);
    assert.match(pulled.problem, /it is no usual file/);
  }
  assert.deepEqual(readdirSync(folder).sort(), ['link', 'pipe']);
});
