import type { SuiteContext, TestContext } from 'node:test';
import { createOrganization } from '../../server/identity/index.ts';
import { rowsByParam } from '../setup/rows-by-param.ts';
import { openWorld, type World } from '../world.ts';

/** A world for all tests of a file, with a second organization in it: `own` and `foreign` are the ids of one row of every kind in each. */
export async function openTwoCompanies(t: TestContext | SuiteContext): Promise<{
  world: World;
  own: Record<string, string>;
  foreign: Record<string, string>;
  foreignOrganization: string;
}> {
  const world = await openWorld(t as unknown as Parameters<typeof openWorld>[0]);
  const foreignOrganization = await createOrganization(world.platform, { name: 'Other company', timeZone: 'UTC' });
  const own = await world.run(rowsByParam);
  const foreign = await world.run(rowsByParam, foreignOrganization);
  return { world, own, foreign, foreignOrganization };
}
