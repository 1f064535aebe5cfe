import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { route } from '../../server/platform/http/route.ts';
import type { CallArguments, CallInput, CallOutput, FileAnswer } from './call-types.ts';

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const holds = <T extends true>(value?: T) => assert.equal(value, undefined);

const getThing = route({
  id: 'getThing',
  method: 'get',
  path: '/things/{id}',
  access: 'things:read',
  summary: 'One thing.',
  params: z.object({ id: z.string() }),
  output: z.object({ name: z.string(), count: z.number().nullable() }),
  handle: async () => ({ name: 'a', count: null }),
});
const listThings = route({
  id: 'listThings',
  method: 'get',
  path: '/things',
  access: 'things:read',
  summary: 'Things.',
  query: z.object({ find: z.string().optional() }),
  output: z.object({ rows: z.array(z.string()) }),
  handle: async () => ({ rows: [] }),
});
const uploadThing = route({
  id: 'uploadThing',
  method: 'post',
  path: '/things',
  access: 'things:write',
  summary: 'A file.',
  upload: 1_000_000,
  handle: async () => undefined,
});
const getPaper = route({
  id: 'getPaper',
  method: 'get',
  path: '/paper',
  access: 'things:read',
  summary: 'A paper.',
  output: 'file',
  handle: async () => ({ file: { name: 'a.pdf', contentType: 'application/pdf', bytes: new Uint8Array() } }),
});

test('the client takes and answers what the routes declare; the type check fails where not', () => {
  holds<Same<CallInput<typeof getThing>['params'], { id: string }>>();
  holds<Same<CallOutput<typeof getThing>, { name: string; count: number | null }>>();
  holds<Same<CallOutput<typeof uploadThing>, undefined>>();
  holds<Same<CallOutput<typeof getPaper>, FileAnswer>>();
  holds<Same<CallInput<typeof uploadThing>['file'], Blob | FormData>>();
  const without: CallArguments<typeof listThings, object> = [];
  const withFind: CallArguments<typeof listThings, object> = [{ query: { find: 'a' } }];
  // @ts-expect-error the parameter is needed
  const missing: CallArguments<typeof getThing, object> = [];
  // @ts-expect-error a number is no text
  const wrong: CallArguments<typeof listThings, object> = [{ query: { find: 3 } }];
  assert.equal([without, withFind, missing, wrong].length, 4);
});
