import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Context } from '../platform/context.ts';
import { parsePlaybook } from './schedule/parse-playbook.ts';
import type { PlaybookDefinition, PlaybookMoment } from './schedule/playbook-definition.ts';

const blueprintOf = (moment: PlaybookMoment) => path.join(import.meta.dirname, '..', '..', 'blueprints', `${moment}.yaml`);
const parsed = new Map<string, PlaybookDefinition>();

/** The playbook of a stored version. Versions never change, so they are parsed once. */
export function definitionOf(version: { id: string; yaml: string }): PlaybookDefinition {
  let definition = parsed.get(version.id);
  if (!definition) {
    definition = parsePlaybook(version.yaml);
    parsed.set(version.id, definition);
  }
  return definition;
}

export type CurrentPlaybook = {
  playbookId: string;
  versionId: string;
  version: number;
  name: string;
  yaml: string;
  definition: PlaybookDefinition;
};

/** The newest version of the organization's playbook for a moment. Who asks first takes over the blueprint as version 1. */
export async function currentPlaybook(ctx: Context, moment: PlaybookMoment): Promise<CurrentPlaybook> {
  const find = () =>
    ctx.db
      .selectFrom('playbooks_versions as v')
      .innerJoin('playbooks_playbooks as p', 'p.id', 'v.playbook_id')
      .select(['v.id', 'v.version', 'v.yaml', 'p.name', 'p.id as playbook_id'])
      .where('p.moment', '=', moment)
      .orderBy('v.version', 'desc')
      .executeTakeFirst();
  let found = await find();
  if (!found) {
    const yaml = await readFile(blueprintOf(moment), 'utf8');
    const { name } = parsePlaybook(yaml);
    const now = ctx.now.toString();
    const playbook = await ctx.db
      .insertInto('playbooks_playbooks')
      .values({ organization_id: ctx.organizationId, name, moment, created_at: now })
      .onConflict((c) => c.doNothing())
      .returning('id')
      .executeTakeFirst();
    if (playbook) {
      await ctx.db
        .insertInto('playbooks_versions')
        .values({ organization_id: ctx.organizationId, playbook_id: playbook.id, version: 1, yaml, made_by: 'Groundcrew', created_at: now })
        .execute();
    }
    found = await find();
  }
  const { id, playbook_id, version, name, yaml } = found!;
  return { playbookId: playbook_id, versionId: id, version, name, yaml, definition: definitionOf(found!) };
}
