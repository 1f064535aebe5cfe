import { z } from '@hono/zod-openapi';
import { route } from '../../platform/http/route.ts';
import { comparePlaybooks } from '../edit/compare-playbooks.ts';
import { outlinePlaybook } from '../edit/outline-playbook.ts';
import { playbookChoices } from '../edit/playbook-choices.ts';
import * as queries from '../edit/playbook-queries.ts';
import { changeYaml, playbookYaml } from '../edit/playbook-yaml.ts';
import { inspectDraft, readDraft } from '../edit/read-draft.ts';
import { saveEditedPlaybook } from '../edit/save-playbook-version.ts';
import { tryDates } from '../edit/try-dates.ts';
import { tryPlaybook } from '../edit/try-playbook.ts';
import { playbookDefinition } from '../schedule/playbook-definition.ts';
import { changesBody, draftBody, outlinedStep, pictureStep, playbookBody, playbookRow, problemBody, triedBody } from './playbook-shapes.ts';

const playbookParams = z.object({ playbookId: z.uuid() });

export const listPlaybooksRoute = route({
  id: 'listPlaybooks',
  method: 'get',
  path: '/playbooks',
  access: 'playbooks:read',
  summary: 'The playbooks in force: what happens when somebody leaves, joins, or joins for a time.',
  output: z.object({ rows: z.array(playbookRow), total: z.number() }),
  handle: async (ctx) => {
    const rows = await queries.listPlaybooks(ctx);
    return { rows, total: rows.length };
  },
});

export const getPlaybookRoute = route({
  id: 'getPlaybook',
  method: 'get',
  path: '/playbooks/{playbookId}',
  access: 'playbooks:read',
  summary: 'One playbook: its text, its steps in plain words, and its versions with what each changed.',
  params: playbookParams,
  output: playbookBody,
  handle: async (ctx, { params }) => {
    const playbook = await queries.getPlaybook(ctx, params.playbookId);
    return { ...playbook, outline: outlinePlaybook(playbook.definition), choices: await playbookChoices(ctx, playbook.moment) };
  },
});

export const getPlaybookVersionRoute = route({
  id: 'getPlaybookVersion',
  method: 'get',
  path: '/playbooks/{playbookId}/versions/{versionId}',
  access: 'playbooks:read',
  summary: 'One version as it was written, and what taking it back would change.',
  params: playbookParams.extend({ versionId: z.uuid() }),
  output: z.object({ version: z.number(), yaml: z.string(), againstCurrent: changesBody.nullable() }),
  handle: (ctx, { params }) => queries.getPlaybookVersion(ctx, params.playbookId, params.versionId),
});

export const checkPlaybookRoute = route({
  id: 'checkPlaybook',
  method: 'post',
  path: '/playbooks/check',
  access: 'playbooks:read',
  summary:
    'What is wrong in a playbook that is being edited; if nothing is, its steps in plain words, its text, and what it changes. Saves nothing.',
  harmless: true,
  body: draftBody.extend({ playbookId: z.uuid().optional() }),
  output: z.object({
    problems: z.array(problemBody),
    definition: playbookDefinition.nullable(),
    outline: z.array(outlinedStep),
    yaml: z.string().nullable(),
    changes: changesBody.nullable(),
    /** The version in force that it was compared with. */
    version: z.number().nullable(),
  }),
  handle: async (ctx, { body: { playbookId, ...draft } }) => {
    const current = playbookId === undefined ? null : await queries.getPlaybook(ctx, playbookId);
    const { definition, shaped, problems } = inspectDraft(draft, current?.moment);
    const shared = { problems, definition, outline: shaped ? outlinePlaybook(shaped) : [], version: current?.version ?? null };
    if (definition === null) return { ...shared, yaml: null, changes: null };
    const base = draft.yaml ?? current?.yaml;
    return {
      ...shared,
      yaml: draft.definition === undefined ? draft.yaml! : base === undefined ? playbookYaml(definition) : changeYaml(base, definition),
      changes: current === null ? null : comparePlaybooks(current.definition, definition),
    };
  },
});

export const tryPlaybookRoute = route({
  id: 'tryPlaybook',
  method: 'post',
  path: '/playbooks/try',
  access: 'playbooks:read',
  summary:
    'What a playbook would mean for a real person: each moment on their clock, each condition, who would be asked. Changes nothing, writes to nobody.',
  harmless: true,
  body: draftBody.extend({ personId: z.uuid(), dates: tryDates.default({}) }),
  output: triedBody,
  handle: (ctx, { body: { personId, dates, ...draft } }) => tryPlaybook(ctx, readDraft(draft), { personId, dates }),
});

export const savePlaybookRoute = route({
  id: 'savePlaybook',
  method: 'post',
  path: '/playbooks/{playbookId}/versions',
  access: 'playbooks:manage',
  summary: 'Saves an edited playbook as its next version. Runs keep the version they began with; saving without a change makes no version.',
  params: playbookParams,
  body: draftBody.extend({
    /** The version that the edit began with: when somebody else saved meanwhile, nothing is changed. */
    basedOn: z.number().int().min(1),
    note: z.string().max(500).nullish(),
  }),
  output: z.object({ version: z.number(), changed: z.boolean() }),
  handle: async (ctx, { params, body }) => {
    const { version, changed } = await saveEditedPlaybook(ctx, params.playbookId, body);
    return { version, changed };
  },
});

export const getRunPictureRoute = route({
  id: 'getRunPicture',
  method: 'get',
  path: '/runs/{runId}/picture',
  access: 'leaving:read',
  summary: 'What waits for what in a run.',
  params: z.object({ runId: z.uuid() }),
  output: z.object({ steps: z.array(pictureStep) }),
  handle: async (ctx, { params }) => ({ steps: await queries.getRunPicture(ctx, params.runId) }),
});
