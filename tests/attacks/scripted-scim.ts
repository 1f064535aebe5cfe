import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import { addApp } from '../../server/apps/index.ts';
import { addConnection, startSync } from '../../server/connections/index.ts';
import type { LeavingCompany } from '../leaving-company.ts';

export type Reply = { status?: number; body: string };
type Script = (method: string, url: URL, body: string) => Reply | Promise<Reply>;

/** A SCIM server that answers every request as a test says, and what it was asked. */
export async function scriptedScim(t: TestContext, script: Script): Promise<{ baseUrl: string; seen: string[] }> {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', async () => {
      const url = new URL(request.url ?? '/', 'http://scripted');
      seen.push(`${request.method} ${url.pathname.replace('/scim/v2', '')}${url.search}`);
      const reply = await script(request.method ?? 'GET', url, Buffer.concat(chunks).toString());
      response.writeHead(reply.status ?? 200, { 'content-type': 'application/scim+json' }).end(reply.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/scim/v2`, seen };
}

/** An app connected to such a server, whose reading has been asked for. */
export const connectScim = (company: LeavingCompany, name: string, baseUrl: string, organizationId?: string): Promise<string> =>
  company.run(async (ctx) => {
    const appId = await addApp(ctx, { name });
    const secrets = { token: 'test-token' };
    await addConnection(ctx, { appId, connector: 'scim', settings: { baseUrl }, secrets, syncEveryMinutes: null, writes: true });
    await startSync(ctx, appId);
    return appId;
  }, organizationId);

export const scimList = (rows: string[], total = rows.length): Reply => ({
  body: `{"totalResults":${total},"Resources":[${rows.join(',')}]}`,
});

/** A user as JSON text; `more` begins with a comma. */
export const scimUser = (id: string, more = '', active = true): string =>
  `{"id":"${id}","userName":"${id}","active":${active},"emails":[{"value":"${id}@acme.example"}]${more}}`;

export const nothing: Reply = { status: 404, body: '{}' };

/** The answers to reads of one user and no groups. */
export const oneUser = (url: URL, user: string): Reply => {
  if (url.pathname.endsWith('/Users')) return scimList([user]);
  if (url.pathname.endsWith('/Groups')) return scimList([]);
  return url.pathname.includes('/Users/') ? { body: user } : nothing;
};
