import { isDeepStrictEqual } from 'node:util';
import type { Context } from '../platform/context.ts';
import { definitionOf } from '../playbooks/current-playbook.ts';
import { moments, type PlaybookDefinition, type PlaybookMoment } from '../playbooks/schedule/playbook-definition.ts';
import { blueprintOf } from './blueprint-of.ts';

/** The playbook of one moment as it stands. `own`: somebody changed it, so that it is no longer the blueprint. */
export type CurrentPlaybook = { moment: PlaybookMoment; definition: PlaybookDefinition; own: boolean };

/** The playbooks of all moments: the newest version, or the blueprint where nothing was taken over yet. */
export async function readPlaybooks(ctx: Context): Promise<CurrentPlaybook[]> {
  const rows = await ctx.db
    .selectFrom('playbooks_versions as v')
    .innerJoin('playbooks_playbooks as p', 'p.id', 'v.playbook_id')
    .select(['v.id', 'v.yaml', 'p.moment'])
    .distinctOn('p.moment')
    .orderBy('p.moment')
    .orderBy('v.version', 'desc')
    .execute();
  const read: CurrentPlaybook[] = [];
  for (const moment of moments) {
    const blueprint = await blueprintOf(moment);
    const row = rows.find((each) => each.moment === moment);
    const definition = row ? definitionOf(row) : blueprint;
    if (definition && blueprint) read.push({ moment, definition, own: !isDeepStrictEqual(definition, blueprint) });
  }
  return read;
}
