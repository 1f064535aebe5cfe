import { z } from 'zod';
import { route } from '../../platform/http/route.ts';
import { writeCsv } from '../../platform/tabular/index.ts';
import { findingGroups, findLeftovers } from '../finding.ts';
import { accountLine, page, paged } from './shapes.ts';

const group = z.enum(findingGroups).optional();

const getFinding = route({
  id: 'getFinding',
  method: 'get',
  path: '/finding',
  access: 'finding:read',
  summary: 'Who has left and still has accounts, each with the reason and the mend',
  query: z.object({ group, ...page }),
  output: z.object({
    groups: z.array(z.object({ group: z.enum(findingGroups), accounts: z.number(), people: z.number() })),
    rows: z.array(accountLine.extend({ group: z.enum(findingGroups), mend: z.string(), importId: z.string().nullable() })),
    total: z.number(),
    nextOffset: z.number().nullable(),
    known: z.object({
      people: z.number(),
      apps: z.number(),
      appsRead: z.number(),
      completeList: z.object({ importId: z.string(), fileName: z.string(), at: z.string() }).nullable(),
    }),
  }),
  handle: async (ctx, { query }) => {
    const found = await findLeftovers(ctx, query);
    return { ...found, ...paged(query, found) };
  },
});

const mostRows = 20_000;

const getFindingFile = route({
  id: 'getFindingFile',
  method: 'get',
  path: '/finding/file',
  access: 'finding:read',
  summary: 'The finding as CSV',
  query: z.object({ group }),
  output: 'file',
  handle: async (ctx, { query }) => {
    const { rows } = await findLeftovers(ctx, { group: query.group, limit: mostRows, offset: 0 });
    const headings = ['Finding', 'Person', 'App', 'Account', 'Left at', 'Why', 'What to do', 'Last used', 'As of', 'Read from'];
    const cells = rows.map((row) => [
      row.group,
      row.person ?? row.suggestedPerson,
      row.app,
      row.address ?? row.userName ?? row.externalId,
      row.leftAt,
      row.reason,
      row.mend,
      row.lastActivityAt,
      row.asOf,
      row.label,
    ]);
    return { file: { name: 'left-and-still-has-accounts.csv', contentType: 'text/csv; charset=utf-8', bytes: writeCsv(headings, cells) } };
  },
});

export const findingRoutes = { getFinding, getFindingFile };
