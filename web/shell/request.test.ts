import assert from 'node:assert/strict';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { ApiProblem, fieldProblems, problemProps } from './api-problem.ts';
import { chooseOrganization } from './chosen-organization.ts';
import { addressOf, request } from './request.ts';

const seen: IncomingMessage[] = [];
const server = createServer((incoming, answer) => {
  seen.push(incoming);
  if (incoming.url === '/api/v1/refused') {
    answer.writeHead(422, { 'content-type': 'application/problem+json' });
    const problems = [
      { field: 'start', message: 'November has 30 days.' },
      { field: 'start', message: 'It is before the last rehire.' },
      { message: 'The list is from another company.' },
    ];
    answer.end(
      JSON.stringify({
        type: 'x',
        title: 'Wrong',
        status: 422,
        code: 'invalid_input',
        detail: 'Not as it should be.',
        reference: 'ab12',
        problems,
      }),
    );
  } else if (incoming.url === '/api/v1/proxy') {
    answer.writeHead(502, { 'content-type': 'text/html' });
    answer.end('<h1>Bad gateway</h1>');
  } else if (incoming.url === '/api/v1/file') {
    answer.writeHead(200, { 'content-disposition': `attachment; filename="x.pdf"; filename*=UTF-8''${encodeURIComponent('Wójcik.pdf')}` });
    answer.end('bytes');
  } else if (incoming.url === '/api/v1/nothing') {
    answer.writeHead(204).end();
  } else if (incoming.url === '/api/v1/page') {
    answer.writeHead(200, { 'content-type': 'text/html' });
    answer.end('<html>');
  } else {
    answer.writeHead(200, { 'content-type': 'application/json' });
    answer.end('{"ok":true}');
  }
});
const browserFetch = globalThis.fetch;
let base = '';

before(async () => {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  // A browser completes addresses by that of the page, and has one.
  globalThis.fetch = (address, init) => browserFetch(`${base}${address}`, init);
  Object.assign(globalThis, { location: new URL(`${base}/`) });
});
after(() => {
  globalThis.fetch = browserFetch;
  server.close();
});

test('parameters are encoded into the path, empty queries left out, and a missing parameter is no request', () => {
  assert.equal(
    addressOf('/people/{id}/dates', { params: { id: 'a/b' }, query: { find: 'Jo & Co', empty: undefined } }),
    '/api/v1/people/a%2Fb/dates?find=Jo+%26+Co',
  );
  assert.throws(() => addressOf('/people/{id}', {}), /needs id/);
});

test('every request says that it comes from the page, and for which organization', async () => {
  chooseOrganization('organization-1');
  assert.deepEqual(await request('post', '/things', { body: { name: 'x' } }), { ok: true });
  const { headers, method } = seen.at(-1)!;
  assert.equal(method, 'POST');
  assert.equal(headers['x-groundcrew'], 'page');
  assert.equal(headers['x-organization'], 'organization-1');
  assert.equal(headers['content-type'], 'application/json');
  await request('post', '/upload', { file: new Blob(['a,b']) });
  assert.equal(seen.at(-1)!.headers['content-type'], 'application/octet-stream');
});

test('a refusal is thrown with its code, its reference and its problems by field', async () => {
  const error = await request('get', '/refused').catch((thrown: unknown) => thrown);
  assert.ok(error instanceof ApiProblem);
  assert.equal(error.code, 'invalid_input');
  assert.deepEqual(fieldProblems(error), { start: 'November has 30 days. It is before the last rehire.' });
  assert.deepEqual(problemProps(error), { what: 'Not as it should be.', todo: 'The list is from another company.', reference: 'ab12' });
});

test('something on the way that answers in its own form is an error in words, never an answer', async () => {
  await assert.rejects(request('get', '/proxy'), (error: ApiProblem) => error.status === 502 && /does not answer/.test(error.detail));
  await assert.rejects(request('get', '/page'), (error: ApiProblem) => error.code === 'strange_answer');
});

test('a file comes with its own name, nothing comes as undefined', async () => {
  const file = await request<{ name: string; blob: Blob }>('get', '/file');
  assert.equal(file.name, 'Wójcik.pdf');
  assert.equal(await file.blob.text(), 'bytes');
  assert.equal(await request('delete', '/nothing'), undefined);
});

test('a server that is gone is said so, and a change may have been made', async () => {
  const before = base;
  base = 'http://127.0.0.1:9';
  await assert.rejects(
    request('get', '/x'),
    (error: ApiProblem) => error.code === 'unreachable' && /Nothing was changed/.test(error.detail),
  );
  await assert.rejects(request('post', '/x'), (error: ApiProblem) => /is not known/.test(error.detail));
  base = before;
});
