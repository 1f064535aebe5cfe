import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import https from 'node:https';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { createOutbound } from './index.ts';
import { fails, listen } from './outbound-test-support.ts';

const pem = (name: string) => readFileSync(new URL(`../../../tests/fakes/certificates/${name}.pem`, import.meta.url), 'utf8');

test('certificates: expired, self-signed, another name, an unknown authority are refused by name; a known authority is accepted', async (t) => {
  const serve = (certificate: string) =>
    listen(
      t,
      https.createServer({ cert: pem(certificate), key: pem('server.key') }, (_req, res) => res.end('secret')),
    );
  const outbound = createOutbound({ allowPrivate: ['127.0.0.0/8', 'localhost'] });
  const call = (port: number, ca: string[]) => {
    const pinned = outbound.forHosts([`127.0.0.1:${port}`], { caCertificates: ca });
    t.after(() => pinned.close());
    return pinned.fetch(`https://127.0.0.1:${port}/`, { method: 'POST', body: '{}' });
  };
  const authority = [pem('authority')];
  const expired = await fails(call(await serve('expired'), authority), 'certificate', /expired on 3 March 2020/);
  assert.equal(expired.mayHaveArrived, false);
  await fails(call(await serve('self-signed'), authority), 'certificate', /signed only by itself/);
  await fails(call(await serve('wrong-name'), authority), 'certificate', /made for other\.example, not for 127\.0\.0\.1/);
  await fails(call(await serve('valid'), []), 'certificate', /Groundcrew test authority/);
  await fails(call(await serve('valid'), ['no certificate']), 'certificate', /./);
  assert.equal((await call(await serve('valid'), authority)).text(), 'secret');
});

test('TLS stays verified when the environment says otherwise', async (t) => {
  const port = await listen(
    t,
    https.createServer({ cert: pem('self-signed'), key: pem('server.key') }, (_req, res) => res.end()),
  );
  const script = `import { createOutbound } from ${JSON.stringify(import.meta.resolve('./index.ts'))};
    const pinned = createOutbound({ allowPrivate: ['127.0.0.1'] }).forHosts(['127.0.0.1:${port}']);
    await pinned.fetch('https://127.0.0.1:${port}/').then(() => console.log('reached'), (error) => console.log(error.kind));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
    env: { NODE_TLS_REJECT_UNAUTHORIZED: '0' },
  });
  assert.equal(stdout.trim(), 'certificate');
});
