import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parse } from 'yaml';
import { onNetwork } from '../fakes/vendors/fixtures.ts';
import { discoveryOperations } from './judge/discovery-operations.ts';
import { judgeExchanges } from './judge/judge-exchanges.ts';
import { openapiOperations } from './judge/openapi-operations.ts';
import type { Operation } from './judge/operation.ts';
import { stoneOperations } from './judge/stone-operations.ts';
import { tryEverything } from './judge/try-everything.ts';

const data = new URL('../../../shared/data/apis/', import.meta.url);
assert.ok(existsSync(data), 'The vendors’ descriptions are missing: ../shared/data/apis is needed for this test.');

const makers = { openapi: openapiOperations, discovery: discoveryOperations };

function operationsOf(kind: keyof typeof makers | 'stone', files: string[]): Operation[] {
  if (kind === 'stone') return stoneOperations(files.map((file) => readFileSync(new URL(file, data), 'utf8')));
  return files.flatMap((file) => {
    const text = readFileSync(new URL(file, data), 'utf8');
    return makers[kind](file.endsWith('.json') ? JSON.parse(text) : parse(text, { maxAliasCount: -1 }));
  });
}

for (const { connector, fixture } of onNetwork) {
  const { description } = fixture;
  if (description.kind === 'none') continue;
  test(`${connector.id}: what is sent and what its fake answers is what the vendor describes`, async (t) => {
    const vendor = await fixture.start({ accounts: 30 });
    t.after(() => vendor.server.stop());
    await tryEverything(connector, vendor);
    const faults = judgeExchanges(operationsOf(description.kind, description.files), vendor.server.exchanges, {
      below: description.below ?? '',
      undescribed: (description.undescribed ?? []).map(({ path }) => path),
    });
    const forgiven = description.forgiven ?? [];
    assert.deepEqual(
      faults.filter((fault) => !forgiven.some(({ fault: part }) => fault.includes(part))),
      [],
    );
    assert.deepEqual(
      forgiven.filter(({ fault: part }) => !faults.some((fault) => fault.includes(part))),
      [],
      'forgiven, and not to be found any more',
    );
    assert.ok(vendor.server.exchanges.length > (connector.listAccounts ? 5 : 1));
  });
}
