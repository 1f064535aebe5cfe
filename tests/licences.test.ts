import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

const root = path.join(import.meta.dirname, '..');
const permitted = [
  'MIT',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  '0BSD',
  'MIT-0',
  'Unlicense',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'OFL-1.1',
];

test('every package that the product installs to run has a licence that permits it, or is named with its reason', () => {
  const { packages } = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { license?: string; dev?: boolean }>;
  };
  const named = [...readFileSync(path.join(root, 'docs/decisions/licences.md'), 'utf8').matchAll(/^\| `([^`]+)`/gm)].map(
    (match) => match[1]!,
  );
  const name = (place: string) => place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
  const isNamed = (place: string) => named.some((each) => name(place) === each || name(place).startsWith(`${each}-`));
  const others = Object.entries(packages)
    .filter(([place, { dev, license }]) => place !== '' && !dev && !permitted.includes(license ?? ''))
    .map(([place]) => place);
  assert.deepEqual(
    others.filter((place) => !isNamed(place)).map((place) => `${place}: ${packages[place]!.license ?? 'none stated'}`),
    [],
  );
  assert.deepEqual(
    named.filter((each) => !others.some((place) => name(place) === each || name(place).startsWith(`${each}-`))),
    [],
    'named in docs/decisions/licences.md and not installed any more',
  );
});

test('every package that package.json names has a line that says why it is there', () => {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as Record<
    string,
    Record<string, string>
  >;
  const reasons = readFileSync(path.join(root, 'docs/decisions/README.md'), 'utf8');
  const names = Object.keys({ ...dependencies, ...devDependencies }).filter((name) => !name.startsWith('@types/'));
  assert.deepEqual(
    names.filter((name) => !reasons.includes(`\`${name}\``)),
    [],
    'add a line to docs/decisions/README.md',
  );
});
