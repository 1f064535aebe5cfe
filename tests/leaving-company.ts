import type { AccountRecord } from '../connectors/kit/index.ts';
import { addApp, recordReading } from '../server/apps/index.ts';
import { addConnection, startSync } from '../server/connections/index.ts';
import { addPerson, type NewPerson } from '../server/people/index.ts';
import { createRunner } from '../server/runner.ts';
import type { RunningScimServer, ScimServerOptions } from './fakes/scim-servers/start-scim-server.ts';
import { startScimServer } from './fakes/scim-servers/start-scim-server.ts';
import { openWorld, type World } from './world.ts';

export type LeavingCompany = World & {
  /** Does everything that is due: steps, actions, mail, jobs and reactions, until nothing is left. */
  settle(): Promise<void>;
  /** Sets the clock and does what is due then. */
  at(instant: string): Promise<void>;
  person(input: Partial<NewPerson> & { givenName: string }): Promise<string>;
  /** An app on a SCIM server of its own that behaves as told. */
  scimApp(
    name: string,
    options: ScimServerOptions & { signIn?: boolean; ownerPersonId?: string; deputyPersonId?: string },
  ): Promise<{ appId: string; server: RunningScimServer }>;
  /** An app worked by hand, with accounts from a list. */
  manualApp(
    name: string,
    options: { ownerPersonId?: string; deputyPersonId?: string; accounts?: Partial<AccountRecord>[] },
  ): Promise<string>;
  read(appId: string): Promise<void>;
};

type Teardown = { after(work: () => Promise<void> | void): void };

export const account = (record: Partial<AccountRecord>): AccountRecord => ({
  externalId: record.addresses?.[0] ?? record.userName ?? 'x',
  userName: null,
  addresses: [],
  displayName: null,
  givenName: null,
  familyName: null,
  employeeNumber: null,
  status: 'active',
  isAdmin: null,
  isService: null,
  secondFactor: null,
  isExternal: null,
  lastActivityAt: null,
  entitlements: null,
  etag: null,
  ...record,
});

/** A company whose people and apps a test makes one by one, with real SCIM servers and the clock in the hand. */
export async function openCompany(
  t: Teardown,
  options: { at?: string; env?: Record<string, string>; timeZone?: string } = {},
): Promise<LeavingCompany> {
  const world = await openWorld(t as never, { ...options, env: { GROUNDCREW_ALLOW_PRIVATE: '127.0.0.0/8', ...options.env } });
  const runner = createRunner(world.platform);
  const settle = async () => {
    for (let turn = 0; turn < 50; turn += 1) {
      const done = (await runner.settle()) + (await world.drain());
      if (done === 0) return;
    }
    throw new Error('Work never came to an end.');
  };
  const read = async (appId: string) => {
    const syncId = await world.run((ctx) => startSync(ctx, appId));
    if (!syncId) throw new Error('No sync was started.');
    await settle();
  };
  return Object.assign(world, {
    settle,
    read,
    at: async (instant: string) => {
      world.clock.set(instant);
      await settle();
    },
    person: (input: Partial<NewPerson> & { givenName: string }) =>
      world.run((ctx) =>
        addPerson(ctx, {
          familyName: 'Test',
          startDate: '2024-01-01',
          workAddress: `${input.givenName.toLowerCase()}@acme.example`,
          ...input,
        }),
      ),
    scimApp: async (
      name: string,
      {
        signIn,
        ownerPersonId,
        deputyPersonId,
        ...server
      }: ScimServerOptions & { signIn?: boolean; ownerPersonId?: string; deputyPersonId?: string },
    ) => {
      const running = await startScimServer({ clock: world.clock, ...server });
      t.after(() => running.stop());
      const appId = await world.run(async (ctx) => {
        const id = await addApp(ctx, {
          name,
          ownerPersonId: ownerPersonId ?? null,
          deputyPersonId: deputyPersonId ?? null,
          signIn: signIn ?? false,
        });
        await addConnection(ctx, {
          appId: id,
          connector: 'scim',
          settings: { baseUrl: running.baseUrl },
          secrets: { token: server.token ?? 'test-token' },
          syncEveryMinutes: null,
          writes: true,
        });
        return id;
      });
      await read(appId);
      return { appId, server: running };
    },
    manualApp: async (
      name: string,
      { accounts, ...fields }: { ownerPersonId?: string; deputyPersonId?: string; accounts?: Partial<AccountRecord>[] },
    ) =>
      world.run(async (ctx) => {
        const id = await addApp(ctx, {
          name,
          writer: 'manual',
          ownerPersonId: fields.ownerPersonId ?? null,
          deputyPersonId: fields.deputyPersonId ?? null,
        });
        if (accounts) {
          await recordReading(ctx, {
            appId: id,
            source: 'list',
            label: `List of ${name}`,
            asOf: ctx.now.toString(),
            complete: true,
            records: accounts.map(account),
            confirmed: true,
          } as never);
        }
        return id;
      }),
  });
}
