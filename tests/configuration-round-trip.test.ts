import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { createOrganization } from '../server/identity/index.ts';
import { openWorld } from './world.ts';

// Names that YAML could take for something else, or that need quotes.
const strange = [
  '123',
  'true',
  'null',
  '~',
  '1e3',
  '0x1F',
  'yes',
  '2026-11-22',
  '- dash',
  '# hash',
  'a: b',
  '"quoted"',
  "it's",
  '{x}',
  '[y]',
  '*star',
  '&and',
  '!bang',
  '%',
  '@at',
  '韓国',
  'Größe',
  '🎈 party',
  'a, b',
  'a\\b',
  'x #y',
  '|',
  '>',
];
const name = fc.oneof(
  fc.constantFrom(...strange),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }).map((text) => text.replaceAll(/[\p{C}]/gu, '')),
);
const someName = name.map((text) => text.trim()).filter((text) => text !== '');
const unique = <T extends { name: string }>(entry: fc.Arbitrary<T>, maxLength: number) =>
  fc.uniqueArray(entry, { selector: (each) => each.name.toLowerCase(), maxLength });
const longText = fc.oneof(
  someName,
  fc.tuple(someName, someName).map(([one, other]) => `${one}\n\n  ${other}\n# no comment`),
);
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

const app = fc.record({
  name: someName,
  capability: optional(someName),
  writer: fc.constantFrom('manual', 'outside', 'connection'),
  signIn: fc.boolean(),
  instructions: optional(fc.record({ grant: optional(longText), revoke: optional(longText) })),
  connection: optional(
    fc.record({
      connector: fc.constant('scim'),
      settings: fc.record({
        baseUrl: fc.constant('https://app.example/scim'),
        pageSize: optional(fc.integer({ min: 1, max: 1000 })),
        adminRoles: optional(fc.array(someName, { maxLength: 2 })),
      }),
      secrets: fc.constant({ token: { env: 'T' } }),
      syncEveryMinutes: fc.constantFrom(undefined, null, 5, 60),
    }),
  ),
});

const configuration = fc
  .record({
    organization: someName,
    timezone: fc.constantFrom('UTC', 'Europe/Berlin'),
    locations: unique(fc.record({ name: someName, timezone: optional(fc.constant('Asia/Tokyo')), country: optional(someName) }), 4),
    departments: fc.uniqueArray(someName, { selector: (each) => each.toLowerCase(), maxLength: 4 }),
    apps: unique(app, 5),
    milestones: unique(fc.record({ name: someName, targetDays: fc.integer({ min: 0, max: 365 }) }), 3),
  })
  .chain((value) =>
    fc.record({
      value: fc.constant(value),
      rules:
        value.apps.length === 0
          ? fc.constant([])
          : unique(
              fc.record({
                name: someName,
                when: someName.map((text) => `person.title == ${JSON.stringify(text.replaceAll(/[\\"]/g, ''))}`),
                grants: fc.uniqueArray(
                  fc.record({ app: fc.constantFrom(...value.apps.map((each) => each.name)), entitlement: optional(someName) }),
                  { minLength: 1, maxLength: 3, selector: (each) => `${each.app}\n${(each.entitlement ?? '').toLowerCase()}` },
                ),
                mend: fc.constantFrom(undefined, 'by-itself'),
              }),
              4,
            ),
    }),
  )
  .map(({ value, rules }) => ({ ...value, access: rules }));

test('whatever a configuration is called: pushed, pulled and pushed into an empty organization it is the same, and a second push changes nothing', async (t) => {
  const world = await openWorld(t);
  await fc.assert(
    fc.asyncProperty(configuration, async (value) => {
      const [one, other] = await Promise.all(
        ['One', 'Other'].map(async (label) =>
          world.as(['owner'], { organizationId: await createOrganization(world.platform, { name: label, timeZone: 'UTC' }) }),
        ),
      );
      const secrets = Object.fromEntries(value.apps.map((each) => [each.name, { token: 'x' }]));
      const yaml = stringify(value);
      const first = await one!('PUT', '/configuration', { yaml, secrets });
      assert.equal(first.status, 200, `${JSON.stringify(first.body)}\n${yaml}`);
      assert.equal((await one!('PUT', '/configuration', { yaml, secrets })).body.changed, 0, yaml);
      const pulled = (await one!('GET', '/configuration')).body.yaml;
      assert.equal((await one!('PUT', '/configuration', { yaml: pulled, secrets })).body.changed, 0, pulled);
      const pushed = await other!('PUT', '/configuration', { yaml: pulled, secrets });
      assert.equal(pushed.status, 200, JSON.stringify(pushed.body));
      assert.equal((await other!('GET', '/configuration')).body.yaml, pulled);
    }),
    { numRuns: 25 },
  );
});
