import assert from 'node:assert/strict';
import { test } from 'node:test';
import { matchParts, paletteGroups } from './palette-rows.ts';

const world = {
  kinds: [
    { kind: 'person', heading: 'People', to: (id: string) => `/people/${id}` },
    { kind: 'app', heading: 'Apps', to: (id: string) => `/apps/${id}` },
  ],
  verbs: [
    {
      of: 'person',
      label: (name: string) => `Change when ${name}’s access closes…`,
      detail: 'shows what happens first',
      to: (id: string) => `/people/${id}?do=leave`,
      permission: 'leaving:plan',
    },
    { of: null, label: () => 'Import a people list', to: () => '/people/import', permission: 'people:import' },
  ],
  entries: [
    { label: 'People', to: '/people', permission: 'people:read' },
    { label: 'Audit', to: '/audit', permission: 'audit:read' },
  ],
  permissions: ['people:read', 'leaving:plan'],
};
const hits = [
  { kind: 'app', id: '9', title: 'Campaign planner', detail: '9 accounts' },
  { kind: 'person', id: '7', title: 'Camille Desrosiers', detail: 'Sales, Montréal' },
];

test('what was found comes first, people before apps, then what can be done with it: Enter never begins a deed', () => {
  const groups = paletteGroups('cam', hits, world);
  assert.deepEqual(
    groups.map(({ heading, rows }) => [heading, ...rows.map(({ title, to }) => `${title} ${to}`)]),
    [
      ['People', 'Camille Desrosiers /people/7'],
      ['Apps', 'Campaign planner /apps/9'],
      ['Do', 'Change when Camille Desrosiers’s access closes… /people/7?do=leave'],
    ],
  );
});

test('what the reader may not do or see is not offered, typed or not', () => {
  const all = [...paletteGroups('', [], world), ...paletteGroups('audit', [], world), ...paletteGroups('import', [], world)];
  const titles = all.flatMap(({ rows }) => rows.map(({ title }) => title));
  assert.deepEqual(titles, ['People']);
});

test('matches are marked at the beginning of words, whatever the letters', () => {
  assert.deepEqual(matchParts('Camille Desrosiers', 'cam des'), [
    { text: 'Cam', match: true },
    { text: 'ille ', match: false },
    { text: 'Des', match: true },
    { text: 'rosiers', match: false },
  ]);
  assert.deepEqual(matchParts('Change when', 'an'), [{ text: 'Change when', match: false }]);
  assert.deepEqual(matchParts('a(b', '('), [{ text: 'a(b', match: false }]);
  assert.deepEqual(matchParts('Rüdiger Hartwig', 'rudi'), [
    { text: 'Rüdi', match: true },
    { text: 'ger Hartwig', match: false },
  ]);
  assert.deepEqual(matchParts('Straße', 'strasse'), [{ text: 'Straße', match: true }]);
});
