import { addMember, createOrganization, createToken, findVisitor } from '../server/identity/index.ts';
import { jobs, reactions } from '../server/jobs.ts';
import { type Clock, handClock } from '../server/platform/clock.ts';
import { readConfig } from '../server/platform/config.ts';
import { type Context, runAsSystem } from '../server/platform/context.ts';
import { registerReactions } from '../server/platform/events.ts';
import { createApp } from '../server/platform/http/create-app.ts';
import type { AnyRoute } from '../server/platform/http/route.ts';
import { openPlatform, type Platform } from '../server/platform/platform.ts';
import { mounts, permissions, routes } from '../server/routes.ts';
import { type TestDatabase, testDatabase } from './database.ts';

export type Answer = { status: number; body: any; headers: Headers; bytes: Uint8Array };
export type Caller = (method: string, path: string, body?: unknown) => Promise<Answer>;

/** One installation for a test: real PostgreSQL, the whole HTTP application, a clock in the hand, and one organization with its owner. */
export type World = {
  database: TestDatabase;
  platform: Platform;
  clock: ReturnType<typeof handClock>;
  organizationId: string;
  /** Sends a request as the owner. */
  owner: Caller;
  ownerMemberId: string;
  /** Makes a member with these roles (in this or another organization) and returns their caller. `personId` links their record. */
  as(
    roles: string[],
    more?: { organizationId?: string; personId?: string; scopes?: string[]; name?: string },
  ): Promise<Caller & { memberId: string }>;
  /** Sends a request as it stands, to any address of the server. */
  request(path: string, init?: RequestInit): Promise<Response>;
  /** Without any session. */
  anybody: Caller;
  /** Runs something in the organization as the system. */
  run<T>(work: (ctx: Context) => Promise<T>, organizationId?: string): Promise<T>;
  /** Works all jobs that are due. */
  drain(): Promise<number>;
};

type Teardown = { after(work: () => Promise<void>): void };

/** Opens a world on a fresh clone of the migrated template. `env` overrides configuration (GROUNDCREW_ALLOW_PRIVATE, SMTP_URL …). */
export async function openWorld(
  t: Teardown,
  options: { at?: string; env?: Record<string, string>; name?: string; timeZone?: string } = {},
): Promise<World> {
  const database = await testDatabase();
  const clock = handClock(options.at ?? '2026-11-26T08:12:00Z');
  const config = { ...readConfig({ GROUNDCREW_LOG: process.env.GROUNDCREW_TEST_LOG ?? 'silent', ...options.env }), clock: clock as Clock };
  const platform = openPlatform({ config, adminUrl: database.adminUrl, secretKey: database.secretKey });
  registerReactions(reactions);
  t.after(async () => {
    await platform.close();
    await database.drop();
  });
  const app = createApp(platform, { routes: Object.values(routes) as AnyRoute[], permissions, findVisitor, mounts });
  const organizationId = await createOrganization(platform, {
    name: options.name ?? 'Fernhill Instruments',
    timeZone: options.timeZone ?? 'Europe/Berlin',
  });

  const caller =
    (token: string | null): Caller =>
    async (method, path, body) => {
      const raw = body instanceof Uint8Array;
      const response = await app.request(`/api/v1${path}`, {
        method,
        headers: {
          ...(token ? { authorization: `Bearer ${token}` } : {}),
          ...(body === undefined ? {} : { 'content-type': raw ? 'application/octet-stream' : 'application/json' }),
        },
        body: body === undefined ? undefined : raw ? (body as Uint8Array<ArrayBuffer>) : JSON.stringify(body),
      });
      const bytes = new Uint8Array(await response.arrayBuffer());
      const json = response.headers.get('content-type')?.includes('json');
      return { status: response.status, headers: response.headers, bytes, body: json ? JSON.parse(new TextDecoder().decode(bytes)) : null };
    };
  const run: World['run'] = (work, other = organizationId) => runAsSystem(platform, other, work);
  const as: World['as'] = async (roles, more = {}) => {
    const made = await run(async (ctx) => {
      const name = more.name ?? `${roles.join(' ')} ${crypto.randomUUID().slice(0, 6)}`;
      const memberId = await addMember(ctx, { name, address: `${crypto.randomUUID()}@example.com`, roles });
      if (more.personId) await ctx.db.updateTable('people_people').set({ member_id: memberId }).where('id', '=', more.personId).execute();
      const { token } = await createToken(ctx, {
        memberId,
        name: 'test',
        scopes: more.scopes ?? ['*'],
        expiresAt: clock
          .now()
          .add({ hours: 24 * 300 })
          .toString(),
      });
      return { memberId, token };
    }, more.organizationId ?? organizationId);
    return Object.assign(caller(made.token), { memberId: made.memberId });
  };
  const owner = await as(['owner'], { name: 'Ines Halvorsen' });
  return {
    database,
    platform,
    clock,
    organizationId,
    owner,
    ownerMemberId: owner.memberId,
    as,
    request: async (path, init) => app.request(path, init),
    anybody: caller(null),
    run,
    drain: () => platform.jobs.drain(platform, jobs),
  };
}
