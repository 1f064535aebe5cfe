import assert from 'node:assert/strict';
import { addApp } from '../server/apps/index.ts';
import { addConnection } from '../server/connections/index.ts';
import { addPerson, type NewPerson } from '../server/people/index.ts';
import { sql } from '../server/platform/database.ts';
import { type RunningScimmyServer, startScimmyServer } from './fakes/scim-servers/scimmy-server.ts';
import { type LeavingCompany, openCompany } from './leaving-company.ts';
import type { Answer } from './world.ts';

export const ok = (answer: Answer) => {
  assert.ok(answer.status < 300, `${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
};

export type RuleBody = {
  name: string;
  when: string;
  grants: { appId: string; entitlement?: string | null; kind?: string | null }[];
  mend?: string;
  graceDays?: number;
};

export type AccessCompany = LeavingCompany & {
  /** Adds somebody of a department. */
  member(name: string, department: string | null, more?: Partial<NewPerson>): Promise<string>;
  /** An app on a SCIM server of other authors, read once. */
  scimmyApp(
    name: string,
    users: Parameters<typeof startScimmyServer>[0],
    more?: { signIn?: boolean },
  ): Promise<{ appId: string; server: RunningScimmyServer }>;
  /** So many seconds pass, one by one, and what is due is done. */
  later(seconds: number): Promise<void>;
  rule(body: RuleBody): Promise<string>;
  gap(query?: string): Promise<any>;
  /** Applies the gap as it is, and does what is due until nothing is left. */
  apply(scope?: { personId?: string; appId?: string }): Promise<{ planId: string | null; status: string }>;
};

type Teardown = Parameters<typeof openCompany>[0];

export const address = (name: string) => `${name.toLowerCase()}@acme.example`;

/** A company with departments, for rules. */
export async function openAccessCompany(t: Teardown, options: { at?: string } = {}): Promise<AccessCompany> {
  const world = await openCompany(t, { at: '2026-11-26T08:00:00Z', ...options });
  const departments = new Map<string, string>();
  const departmentId = async (name: string) => {
    const known = departments.get(name);
    if (known) return known;
    const id = await world.run(async (ctx) => {
      const { rows } = await sql<{ id: string }>`
        insert into people_departments (organization_id, name) values (${ctx.organizationId}, ${name}) returning id`.execute(ctx.db);
      return rows[0]!.id;
    });
    departments.set(name, id);
    return id;
  };
  const company: AccessCompany = Object.assign(world, {
    member: async (name: string, department: string | null, more: Partial<NewPerson> = {}) => {
      const id = department === null ? null : await departmentId(department);
      return world.run((ctx) =>
        addPerson(ctx, {
          givenName: name,
          familyName: 'Test',
          startDate: '2024-01-01',
          workAddress: address(name),
          departmentId: id,
          ...more,
        }),
      );
    },
    scimmyApp: async (name: string, options: Parameters<typeof startScimmyServer>[0], more: { signIn?: boolean } = {}) => {
      const server = await startScimmyServer(options);
      t.after(() => server.stop());
      const appId = await world.run(async (ctx) => {
        const id = await addApp(ctx, { name, signIn: more.signIn ?? false });
        await addConnection(ctx, {
          appId: id,
          connector: 'scim',
          settings: { baseUrl: server.baseUrl },
          secrets: { token: 'test-token' },
          syncEveryMinutes: null,
          writes: true,
        });
        return id;
      });
      await world.read(appId);
      return { appId, server };
    },
    later: async (seconds: number) => {
      for (let passed = 0; passed < seconds; passed += 1) await world.at(world.clock.now().add({ seconds: 1 }).toString());
    },
    rule: async (body: RuleBody) => ok(await world.owner('post', '/access-rules', body)).id,
    gap: async (query = '') => ok(await world.owner('get', `/access-gap?limit=200${query}`)),
    apply: async (scope: { personId?: string; appId?: string } = {}) => {
      const query = Object.entries(scope)
        .map(([name, value]) => `&${name}=${value}`)
        .join('');
      const { hash } = await company.gap(query);
      const done = ok(await world.owner('post', '/plans', { hash, ...scope }));
      await company.settle();
      await company.later(2);
      return done;
    },
  }) as AccessCompany;
  return company;
}
