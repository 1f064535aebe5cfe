import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { parsePlaybook } from '../schedule/parse-playbook.ts';
import { moments, type PlaybookStep } from '../schedule/playbook-definition.ts';
import { comparePlaybooks } from './compare-playbooks.ts';
import { outlinePlaybook } from './outline-playbook.ts';

const read = async (moment: string) =>
  parsePlaybook(await readFile(path.join(import.meta.dirname, '..', '..', '..', 'blueprints', `${moment}.yaml`), 'utf8'));

test('every step of every blueprint has its place and its words, and stands behind what it waits for', async () => {
  for (const moment of moments) {
    const definition = await read(moment);
    const outline = outlinePlaybook(definition);
    assert.equal(outline.length, definition.steps.length);
    for (const [index, step] of outline.entries()) {
      assert.ok(step.when !== '' && step.details.length > 0 && step.details.every((words) => words !== ''), step.key);
      for (const key of step.waitsFor) {
        const before = outline.findIndex((each) => each.key === key);
        if (outline[before]?.moment === step.moment) assert.ok(before < index, `${key} before ${step.key}`);
      }
    }
  }
});

test('what waits for nobody, and what is quiet until told, say so', async () => {
  const outline = outlinePlaybook(await read('leaver'));
  const rulesOf = (key: string) => outline.find((step) => step.key === key)!.rules.join(' ');
  assert.match(rulesOf('close_access'), /waits for nobody/);
  assert.match(rulesOf('ownerships_fall'), /waits for nobody/);
  assert.match(rulesOf('tell_leaver'), /before they have been told/);
  assert.match(rulesOf('tell_outside'), /held until they have been told/);
  assert.match(rulesOf('free_licences'), /approval/);
  assert.equal(rulesOf('final_pay'), '');
});

test('steps that wait for each other are still listed, so that the circle can be mended', () => {
  const step = (key: string, waitsFor: string[]): PlaybookStep => ({
    key,
    title: key,
    kind: 'task',
    at: { anchor: 'confirmed' },
    who: 'ops',
    waitsFor,
  });
  const outline = outlinePlaybook({ for: 'leaver', steps: [step('a', ['b']), step('b', ['a']), step('c', ['b'])] });
  assert.deepEqual(outline.map(({ key }) => key).sort(), ['a', 'b', 'c']);
});

test('a comparison names each step that changed, was added or removed, and nothing where nothing did', async () => {
  const before = await read('leaver');
  assert.deepEqual(comparePlaybooks(before, structuredClone(before)), { words: '', whole: [], steps: [] });
  const after = structuredClone(before);
  const pay = after.steps.find(({ key }) => key === 'final_pay')!;
  pay.at = { anchor: 'last-working-day', workingDays: -8, time: '09:00' };
  pay.title = 'Settle pay';
  after.steps = after.steps.filter(({ key }) => key !== 'company_cards');
  after.steps.push({ key: 'new_one', title: 'Wave', kind: 'wait', at: { anchor: 'told' } });
  const changes = comparePlaybooks(before, after);
  assert.equal(changes.words, '1 step changed, 1 added, 1 removed.');
  const changed = changes.steps.find(({ key }) => key === 'final_pay')!;
  assert.match(changed.words.join(' '), /called “Settle pay”/);
  assert.match(changed.words.join(' '), /8 working days before the last working day, at 09:00; it was 10 working days/);
});
