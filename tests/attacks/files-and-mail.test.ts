import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { openCompany } from '../leaving-company.ts';
import { openMailSink } from '../setup/mail-sink.ts';
import type { World } from '../world.ts';
import { bytes, ok } from './request-and-answer.ts';
import { openTwoCompanies } from './two-companies.ts';

let world: World;
let own: Record<string, string>;

before(async (t) => {
  ({ world, own } = await openTwoCompanies(t));
});

test('evidence of any kind leaves as an attachment that no browser runs, and a link is http or https', async () => {
  for (const [fileName, contentType] of [
    ['x.html', 'text/html'],
    ['x.svg', 'image/svg+xml'],
    ['x.xhtml', 'application/xhtml+xml'],
    ['x.pdf"; filename="y.html', 'application/pdf'],
    ['a\r\nSet-Cookie: x=1.html', 'text/plain\r\nX-Evil: 1'],
    ['../../x.js', 'text/javascript'],
  ] as const) {
    const query = new URLSearchParams({ fileName, contentType });
    const { id } = ok(await world.owner('post', `/tasks/${own.taskId}/evidence/file?${query}`, bytes('<script>alert(1)</script>')));
    const served = await world.owner('get', `/tasks/${own.taskId}/evidence/${id}`);
    assert.equal(served.status, 200);
    assert.match(
      served.headers.get('content-disposition') ?? '',
      /^attachment; filename="[\w.-]+"; filename\*=UTF-8''[^\s"';\\/]+$/,
      fileName,
    );
    assert.doesNotMatch(served.headers.get('content-type') ?? '', /html|svg|xml|javascript/);
    assert.equal(served.headers.get('x-content-type-options'), 'nosniff');
    assert.match(served.headers.get('content-security-policy') ?? '', /default-src 'none'; sandbox/);
    assert.equal(served.headers.get('x-evil') ?? served.headers.get('set-cookie'), null);
  }
  for (const url of [
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,<script>',
    ' javascript:alert(1)',
    'java\nscript:alert(1)',
    'vbscript:x',
    'file:///etc/passwd',
    'http:javascript:alert(1)',
    '//evil.example',
    'https://',
    'blob:https://x',
  ]) {
    assert.equal((await world.owner('post', `/tasks/${own.taskId}/evidence`, { url })).status, 422, url);
    assert.ok(
      (await world.owner('PATCH', `/apps/${own.appId}`, { deepLink: url })).status === 422 || url === 'http:javascript:alert(1)',
      url,
    );
  }
  const app = ok(await world.owner('get', `/apps/${own.appId}`));
  assert.ok(app.deepLink === null || /^https?:\/\//.test(app.deepLink), app.deepLink);
});

test('no file that we write holds a formula', async (t) => {
  const company = await openCompany(t);
  const evil = ['=cmd|calc!A0', '+1+1', '-2+3', '@SUM(A1)', '\t=1', '\r=1', '＝1'];
  const rows = evil.map((text, at) => `"${text}",not-a-date,"x${at}@acme.example"`);
  const people = ok(await company.owner('post', '/people/imports?fileName=evil.csv', bytes(`Name,Start,Work email\n${rows.join('\n')}\n`)));
  const appId = await company.manualApp('=HYPERLINK("https://evil.example")', {
    accounts: evil.map((text, at) => ({ addresses: [`z${at}@acme.example`], userName: text, displayName: text, externalId: text })),
  });
  const list = ok(
    await company.owner(
      'post',
      `/apps/${appId}/lists?fileName=${encodeURIComponent('=x.csv')}`,
      bytes(`Email,Name\n${evil.map((text) => `,"${text}"`).join('\n')}\n`),
    ),
  );
  const files = ['/finding/file', `/people/imports/${people.id}/refused.csv`, `/syncs/${list.id}/refused`];
  for (const file of files) {
    const { bytes: written, status } = await company.owner('get', file);
    assert.equal(status, 200, file);
    const text = new TextDecoder().decode(written);
    const cells = text
      .replace(/^\ufeff/, '')
      .split(/\r\n|,(?=(?:[^"]*"[^"]*")*[^"]*$)/)
      .map((cell) => cell.replace(/^"|"$/g, ''));
    assert.ok(cells.length > 5, file);
    assert.deepEqual(
      cells.filter((cell) => /^[=+@\t\r＝]|^-[^\d]|^-\d.*[^\d.,%]/.test(cell)),
      [],
      file,
    );
  }
});

test('a name with line breaks adds no header, no recipient and no second message to a mail', async (t) => {
  const sink = await openMailSink(t);
  const company = await openCompany(t, { env: { SMTP_URL: sink.url } });
  const evil = 'Ada\r\nBcc: victim@evil.example\r\nSubject: Hacked\r\n\r\nBody';
  const named = await company.owner('post', '/people', { givenName: evil, workAddress: 'ada@acme.example' });
  assert.ok(named.status === 200 || named.status === 422, String(named.status));
  const invited = await company.owner('post', '/members', { name: evil, address: 'ada@acme.example', roles: ['employee'] });
  assert.ok(invited.status < 500);
  for (const address of [
    'a@acme.example\r\nBcc: victim@evil.example',
    'a@acme.example, victim@evil.example',
    '<a@acme.example> victim@evil.example',
    'a@acme.example;victim@evil.example',
  ])
    assert.equal((await company.owner('post', '/members', { name: 'B', address, roles: ['employee'] })).status, 422, address);
  const leaver = await company.person({
    givenName: 'Leaver',
    familyName: 'X\r\nBcc: victim@evil.example\r\n',
    managerId: await company.person({ givenName: 'Boss' }),
  });
  ok(await company.owner('post', '/leaving', { personIds: [leaver], terms: { at: '2026-12-10T17:00' } }));
  await company.settle();
  company.clock.advance({ minutes: 1 });
  await company.settle();
  assert.ok(sink.letters.length > 0);
  for (const { to, text } of sink.letters) {
    assert.deepEqual(
      to.filter((address) => address.includes('victim')),
      [],
    );
    assert.doesNotMatch(text.split('\r\n\r\n')[0]!, /^Bcc:/im);
    assert.equal(text.split('\r\n\r\n')[0]!.match(/^Subject:/gm)?.length, 1);
  }
});
