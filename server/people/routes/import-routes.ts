import { z } from 'zod';
import { type Edge, route } from '../../platform/http/route.ts';
import { changeImport } from '../imports/change-import.ts';
import { confirmImport } from '../imports/confirm-import.ts';
import { decideMissing } from '../imports/decide-missing.ts';
import { discardImport } from '../imports/discard-import.ts';
import { mappableFields } from '../imports/import-options.ts';
import { describeImport, importChanges, listImportRows, listImports, refusedRowsFile } from '../imports/import-queries.ts';
import { readPeopleList, uploadImport } from '../imports/upload-import.ts';
import { page, paged, rowsOf } from './shapes.ts';

const importParams = z.object({ importId: z.uuid() });
const truth = z.enum(['true', 'false']).transform((text) => text === 'true');
const nullable = z.string().nullable();

const importView = z.object({
  id: z.string(),
  fileName: z.string(),
  status: z.enum(['preview', 'running', 'held', 'done', 'discarded', 'failed']),
  createdAt: z.string(),
  finishedAt: nullable,
  by: nullable,
  headings: z.array(z.string()),
  columns: z.array(
    z.object({ heading: z.string(), field: nullable, confidence: z.number().nullable(), why: nullable, samples: z.array(z.string()) }),
  ),
  mapping: z.record(z.string(), z.number()),
  dateOrder: z.enum(['day-first', 'month-first', 'iso']).nullable(),
  asksDateOrder: z.boolean(),
  declaredComplete: z.boolean(),
  defaultTimeZone: z.string(),
  sheet: nullable,
  sheets: z.array(z.string()),
  notes: z.array(z.string()),
  heldReasons: z.array(z.string()),
  problem: nullable,
  counts: z.object({
    rows: z.number(),
    new: z.number(),
    changed: z.number(),
    unchanged: z.number(),
    refused: z.number(),
    missing: z.number(),
    questions: z.number(),
    undecided: z.number(),
  }),
  progress: z.object({ done: z.number(), total: z.number() }),
});

async function viewOf(ctx: Parameters<typeof describeImport>[0], importId: string): Promise<z.input<typeof importView>> {
  const { row, counts } = await describeImport(ctx, importId);
  const { options } = row;
  return {
    id: row.id,
    fileName: row.file_name,
    status: row.status as z.input<typeof importView>['status'],
    createdAt: row.created_at,
    finishedAt: row.finished_at,
    by: row.member_name,
    headings: row.headings,
    // Values of the file are for who gave it: a date among them may be somebody's own end.
    columns: (options.columns ?? []).map((column) =>
      row.member_id !== null && row.member_id === ctx.actor.memberId ? column : { ...column, samples: [] },
    ),
    mapping: row.mapping as Record<string, number>,
    dateOrder: options.dateOrder ?? null,
    asksDateOrder: options.dateOrderAsked ?? false,
    declaredComplete: options.declaredComplete ?? false,
    defaultTimeZone: options.defaultTimeZone ?? 'UTC',
    sheet: options.sheet ?? null,
    sheets: options.sheets ?? [],
    notes: row.notes,
    heldReasons: row.held_reasons,
    problem: row.problem,
    counts,
    progress:
      row.status === 'running' || row.status === 'done'
        ? { done: row.counts.done ?? 0, total: row.counts.total ?? 0 }
        : { done: 0, total: 0 },
  };
}

const uploadPeopleImport = route({
  id: 'uploadPeopleImport',
  method: 'post',
  path: '/people/imports',
  access: 'people:import',
  summary: 'Reads a people list (CSV or XLSX) and previews what it would change',
  query: z.object({
    fileName: z.string().trim().min(1).max(300),
    declaredComplete: truth.optional(),
    sheet: z.string().trim().min(1).max(200).optional(),
  }),
  upload: 30 * 1024 * 1024,
  output: importView,
  handleOutside: async (edge, { query, file }) => {
    const table = await readPeopleList({ fileName: query.fileName, sheet: query.sheet, bytes: file, turn: edge.organizationId });
    const list = { ...query, declaredComplete: query.declaredComplete ?? false, bytes: file, table };
    return edge.run(async (ctx) => viewOf(ctx, await uploadImport(ctx, list)));
  },
});

const listPeopleImports = route({
  id: 'listPeopleImports',
  method: 'get',
  path: '/people/imports',
  access: 'people:import',
  summary: 'The people lists that were given, newest first',
  query: z.object(page),
  output: rowsOf(
    z.object({ id: z.string(), fileName: z.string(), status: z.string(), by: nullable, createdAt: z.string(), finishedAt: nullable }),
  ),
  handle: async (ctx, { query }) => {
    const { rows, total } = await listImports(ctx, query);
    const lines = rows.map((row) => ({
      id: row.id,
      fileName: row.file_name,
      status: row.status,
      by: row.member_name,
      createdAt: row.created_at,
      finishedAt: row.finished_at,
    }));
    return paged({ rows: lines, total }, query);
  },
});

const getPeopleImport = route({
  id: 'getPeopleImport',
  method: 'get',
  path: '/people/imports/{importId}',
  access: 'people:import',
  summary: 'A people list: how it is read, what it changes, how far it is',
  params: importParams,
  output: importView,
  handle: (ctx, { params }) => viewOf(ctx, params.importId),
});

const listPeopleImportRows = route({
  id: 'listPeopleImportRows',
  method: 'get',
  path: '/people/imports/{importId}/rows',
  access: 'people:import',
  summary: 'The rows of a people list with what each changes, or why it is refused',
  params: importParams,
  query: z.object({ change: z.enum(importChanges).optional(), question: truth.optional(), ...page }),
  output: rowsOf(
    z.object({
      number: z.number(),
      row: z.number().nullable(),
      change: z.enum(importChanges),
      personId: nullable,
      name: nullable,
      changes: z.array(z.object({ field: z.string(), label: z.string(), from: nullable, to: nullable })),
      notes: z.array(z.string()),
      problems: z.array(z.object({ field: z.string().optional(), value: z.string().optional(), message: z.string() })),
      question: nullable,
      questionWords: nullable,
      decision: nullable,
      suggestedDay: nullable,
    }),
  ),
  handle: async (ctx, { params, query }) => paged(await listImportRows(ctx, params.importId, query), query),
});

const changePeopleImport = route({
  id: 'changePeopleImport',
  method: 'put',
  path: '/people/imports/{importId}',
  access: 'people:import',
  summary: 'Says how the list is to be read, and previews it anew',
  params: importParams,
  body: z.object({
    mapping: z.partialRecord(z.enum(mappableFields), z.number().int().min(0).max(10_000)).optional(),
    dateOrder: z.enum(['day-first', 'month-first', 'iso']).optional(),
    declaredComplete: z.boolean().optional(),
    defaultTimeZone: z.string().max(100).optional(),
    sheet: z.string().max(200).optional(),
  }),
  output: importView,
  handle: async (ctx, { params, body }) => {
    await changeImport(ctx, params.importId, body);
    return viewOf(ctx, params.importId);
  },
});

const confirmPeopleImport = route({
  id: 'confirmPeopleImport',
  method: 'post',
  path: '/people/imports/{importId}/confirm',
  access: 'people:import',
  summary: 'Takes the list in as it was previewed, all of it or nothing',
  params: importParams,
  body: z.object({ evenThough: z.boolean().default(false) }),
  output: importView,
  handleOutside: async (edge: Edge, { params, body }) => {
    // The reasons of a refusal are kept before it is told, so the transaction ends well either way.
    const { refusal } = await edge.run((ctx) => confirmImport(ctx, params.importId, body));
    if (refusal) throw refusal;
    return edge.run((ctx) => viewOf(ctx, params.importId));
  },
});

const discardPeopleImport = route({
  id: 'discardPeopleImport',
  method: 'post',
  path: '/people/imports/{importId}/discard',
  access: 'people:import',
  summary: 'Gives a list up that was not taken in',
  params: importParams,
  handle: (ctx, { params }) => discardImport(ctx, params.importId),
});

const decidePeopleMissing = route({
  id: 'decidePeopleMissing',
  method: 'post',
  path: '/people/imports/{importId}/missing',
  access: 'people:import',
  summary: 'Says of people who are on the list no more whether they left',
  params: importParams,
  body: z.object({
    decisions: z
      .array(z.object({ personId: z.uuid(), decision: z.enum(['left', 'stays']), on: z.iso.date().optional() }))
      .max(10_000)
      .default([]),
    all: z.enum(['left', 'stays']).optional(),
    on: z.iso.date().optional(),
  }),
  output: z.object({ left: z.number(), stay: z.number() }),
  handle: (ctx, { params, body }) => decideMissing(ctx, params.importId, body),
});

const getRefusedPeopleRows = route({
  id: 'getRefusedPeopleRows',
  method: 'get',
  path: '/people/imports/{importId}/refused.csv',
  access: 'people:import',
  summary: 'The refused rows as CSV, each with why',
  params: importParams,
  output: 'file',
  handle: async (ctx, { params }) => {
    const { name, bytes } = await refusedRowsFile(ctx, params.importId);
    return { file: { name, contentType: 'text/csv; charset=utf-8', bytes } };
  },
});

export const importRoutes = {
  uploadPeopleImport,
  listPeopleImports,
  getPeopleImport,
  listPeopleImportRows,
  changePeopleImport,
  confirmPeopleImport,
  discardPeopleImport,
  decidePeopleMissing,
  getRefusedPeopleRows,
};
