import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Context } from '../platform/context.ts';
import { parsePlaybook } from './schedule/parse-playbook.ts';
import type { PlaybookDefinition } from './schedule/playbook-definition.ts';

const blueprint = path.join(import.meta.dirname, '..', '..', 'blueprints', 'leaver.yaml');
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

/** The newest version of the organization's leaver playbook. The first exit takes over the blueprint as version 1. */
export async function leaverPlaybook(
  ctx: Context,
): Promise<{ versionId: string; version: number; name: string; definition: PlaybookDefinition }> {
  const find = () =>
    ctx.db
      .selectFrom('playbooks_versions as v')
      .innerJoin('playbooks_playbooks as p', 'p.id', 'v.playbook_id')
      .select(['v.id', 'v.version', 'v.yaml', 'p.name'])
      .where('p.moment', '=', 'leaver')
      .orderBy('v.version', 'desc')
      .executeTakeFirst();
  let found = await find();
  if (!found) {
    const yaml = await readFile(blueprint, 'utf8');
    const { name } = parsePlaybook(yaml);
    const now = ctx.now.toString();
    const playbook = await ctx.db
      .insertInto('playbooks_playbooks')
      .values({ organization_id: ctx.organizationId, name, moment: 'leaver', created_at: now })
      .onConflict((c) => c.doNothing())
      .returning('id')
      .executeTakeFirst();
    if (playbook) {
      await ctx.db
        .insertInto('playbooks_versions')
        .values({ organization_id: ctx.organizationId, playbook_id: playbook.id, version: 1, yaml, created_at: now })
        .execute();
    }
    found = await find();
  }
  return { versionId: found!.id, version: found!.version, name: found!.name, definition: definitionOf(found!) };
}
