import { isDeepStrictEqual } from 'node:util';
import { appendAudit } from '../../platform/audit.ts';
import type { Context } from '../../platform/context.ts';
import { conflict, notFound } from '../../platform/errors.ts';
import { currentPlaybook } from '../current-playbook.ts';
import { parsePlaybook } from '../schedule/parse-playbook.ts';
import type { PlaybookMoment } from '../schedule/playbook-definition.ts';
import { comparePlaybooks } from './compare-playbooks.ts';
import { changeYaml } from './playbook-yaml.ts';
import { type Draft, readDraft } from './read-draft.ts';

/** The version in force afterwards; `changed` is false when it was in force before. */
export type SavedPlaybook = { playbookId: string; version: number; changed: boolean };

/**
 * Puts a new version of the organization's playbook for a moment in force, from its text. A version never changes, and runs keep theirs.
 * A text that means the same makes no version.
 *
 * @throws Refusal `playbook_invalid` (422), `playbook_name_taken` (409)
 */
export async function savePlaybookVersion(
  ctx: Context,
  input: { moment: PlaybookMoment; yaml: string; note?: string | null },
): Promise<SavedPlaybook> {
  const { playbookId } = await currentPlaybook(ctx, input.moment);
  return save(ctx, playbookId, { draft: { yaml: input.yaml }, note: input.note ?? null, alsoLayout: false });
}

/**
 * Saves what was edited as the next version. A definition changes only its own places of the text; a text is kept as it was written.
 *
 * @param input.basedOn the version that the edit began with
 * @throws Refusal `playbook_invalid` (422), `playbook_changed` (409) when somebody else saved meanwhile, `playbook_name_taken` (409)
 */
export async function saveEditedPlaybook(
  ctx: Context,
  playbookId: string,
  input: Draft & { basedOn: number; note?: string | null },
): Promise<SavedPlaybook> {
  const { basedOn, note, ...draft } = input;
  return save(ctx, playbookId, { draft, note: note ?? null, alsoLayout: true, basedOn });
}

async function save(
  ctx: Context,
  playbookId: string,
  input: { draft: Draft; note: string | null; alsoLayout: boolean; basedOn?: number },
): Promise<SavedPlaybook> {
  // Who saves second waits here, and then sees what the first one saved.
  const playbook = await ctx.db
    .selectFrom('playbooks_playbooks')
    .select(['id', 'name', 'moment'])
    .where('id', '=', playbookId)
    .forUpdate()
    .executeTakeFirst();
  if (!playbook) throw notFound('playbook');
  const current = await ctx.db
    .selectFrom('playbooks_versions')
    .select(['version', 'yaml', 'made_by'])
    .where('playbook_id', '=', playbookId)
    .orderBy('version', 'desc')
    .executeTakeFirstOrThrow();
  if (input.basedOn !== undefined && input.basedOn !== current.version)
    throw conflict(
      'playbook_changed',
      `${current.made_by ?? 'Somebody'} saved version ${current.version} meanwhile; yours began with version ${input.basedOn}. Nothing was changed. Look at what they changed, and make your change again on top of it.`,
    );
  const definition = readDraft(input.draft, playbook.moment as PlaybookMoment);
  const before = parsePlaybook(current.yaml);
  const isSame = isDeepStrictEqual(before, definition);
  const base = input.draft.yaml ?? current.yaml;
  const yaml = input.draft.definition === undefined ? base : changeYaml(base, definition);
  if (isSame && (!input.alsoLayout || yaml === current.yaml)) return { playbookId, version: current.version, changed: false };
  if (definition.name !== playbook.name) await rename(ctx, playbookId, definition.name);
  const version = current.version + 1;
  await ctx.db
    .insertInto('playbooks_versions')
    .values({
      organization_id: ctx.organizationId,
      playbook_id: playbookId,
      version,
      yaml,
      made_by: ctx.actor.name,
      note: input.note?.trim() || null,
      created_at: ctx.now.toString(),
    })
    .execute();
  const changes = comparePlaybooks(before, definition);
  await appendAudit(ctx, {
    action: 'playbook.changed',
    subject: { kind: 'playbook', id: playbookId, name: definition.name },
    before: { version: current.version },
    after: {
      version,
      what: changes.words || 'Only comments or the layout of the text.',
      steps: changes.steps.map(({ title, change }) => `${title} (${change})`),
    },
    reason: input.note?.trim() || null,
  });
  return { playbookId, version, changed: true };
}

async function rename(ctx: Context, playbookId: string, name: string): Promise<void> {
  const taken = await ctx.db
    .selectFrom('playbooks_playbooks')
    .select('id')
    .where('name', '=', name)
    .where('id', '!=', playbookId)
    .executeTakeFirst();
  if (taken) throw conflict('playbook_name_taken', `Another playbook is called “${name}”. Choose another name. Nothing was changed.`);
  await ctx.db.updateTable('playbooks_playbooks').set({ name }).where('id', '=', playbookId).execute();
}
