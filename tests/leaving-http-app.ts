import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { addApp } from '../server/apps/index.ts';
import { addConnection } from '../server/connections/index.ts';
import type { LeavingCompany } from './leaving-company.ts';

const playbook = `
name: Leaver with calls
for: leaver
steps:
  - { key: end_sessions, title: End sessions, kind: http-call, at: { anchor: cut-off }, connection: Gateway, method: PUT, path: /sessions, body: { end: true }, effect: convergent }
  - { key: order_courier, title: Order the courier, kind: http-call, at: { anchor: cut-off }, connection: Gateway, method: POST, path: /courier, body: { kind: laptop } }
`;

/** An app whose connection takes calls: `/sessions` answers, `/courier` takes the call and cuts the line without an answer. */
export async function connectorHttpApp(
  t: { after(work: () => Promise<void> | void): void },
  world: LeavingCompany,
): Promise<{ calls(path: string): number }> {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    const path = (request.url ?? '').replace('/scim/v2', '');
    seen.push(path);
    if (path.startsWith('/courier')) return void request.socket.destroy();
    response.setHeader('content-type', 'application/json');
    response.end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => void server.close());
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/scim/v2`;
  await world.run(async (ctx) => {
    const appId = await addApp(ctx, { name: 'Gateway' });
    await addConnection(ctx, { appId, connector: 'scim', settings: { baseUrl }, secrets: { token: 'x' }, syncEveryMinutes: null });
    const made = await ctx.db
      .insertInto('playbooks_playbooks')
      .values({ organization_id: ctx.organizationId, name: 'Leaver with calls', moment: 'leaver', created_at: ctx.now.toString() })
      .returning('id')
      .executeTakeFirstOrThrow();
    await ctx.db
      .insertInto('playbooks_versions')
      .values({ organization_id: ctx.organizationId, playbook_id: made.id, version: 1, yaml: playbook, created_at: ctx.now.toString() })
      .execute();
  });
  return { calls: (path) => seen.filter((each) => each.startsWith(path)).length };
}
