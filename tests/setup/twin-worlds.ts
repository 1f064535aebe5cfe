import { Client } from 'pg';
import { createToken, findVisitor } from '../../server/identity/index.ts';
import { jobs } from '../../server/jobs.ts';
import { type Clock, handClock } from '../../server/platform/clock.ts';
import { type Context, runAsSystem } from '../../server/platform/context.ts';
import { createApp } from '../../server/platform/http/create-app.ts';
import type { AnyRoute } from '../../server/platform/http/route.ts';
import { openPlatform, type Platform } from '../../server/platform/platform.ts';
import { permissions, routes } from '../../server/routes.ts';
import { createRunner } from '../../server/runner.ts';
import type { LeavingCompany } from '../leaving-company.ts';

/** One of two installations that were the same until now. */
export type Twin = {
  platform: Platform;
  clock: ReturnType<typeof handClock>;
  organizationId: string;
  /** Sends a request as the bearer of a token. Bodies that are bytes travel as they are. */
  call(token: string, method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
  run<T>(work: (ctx: Context) => Promise<T>): Promise<T>;
  /** Does everything that is due. */
  settle(): Promise<void>;
  /** Sets the clock and does what is due then. */
  at(instant: string): Promise<void>;
  /** Looks behind the scenes, as the database's owner. */
  admin<Row>(text: string, values?: unknown[]): Promise<Row[]>;
};

type Teardown = { after(work: () => Promise<void> | void): void };

/** A token of a member, as text, valid for 300 days. */
export const tokenOf = (company: LeavingCompany, memberId: string, scopes = ['*']): Promise<string> =>
  company.run(async (ctx) => {
    const expiresAt = ctx.now.add({ hours: 24 * 300 }).toString();
    return (await createToken(ctx, { memberId, name: 'test', scopes, expiresAt })).token;
  });

/**
 * Copies a company that has been built into two, with the same ids, tokens and clock, so that one thing can happen in the first alone and
 * whatever differs afterwards tells of it. The company itself cannot be used any more.
 */
export async function twinWorlds(t: Teardown, company: LeavingCompany, smtpUrls: (string | null)[] = []): Promise<[Twin, Twin]> {
  await company.platform.close();
  const source = new URL(company.database.adminUrl);
  const make = async (suffix: string, smtpUrl: string | null): Promise<Twin> => {
    const url = new URL(source);
    url.pathname = `${source.pathname}_${suffix}`;
    await atMaintenance(url, async (client) => {
      await client.query(`select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = $1`, [source.pathname.slice(1)]);
      await client.query(`create database ${url.pathname.slice(1)} template ${source.pathname.slice(1)}`);
    });
    return openTwin(t, company, url, smtpUrl);
  };
  return [await make('a', smtpUrls[0] ?? null), await make('b', smtpUrls[1] ?? null)];
}

async function openTwin(t: Teardown, company: LeavingCompany, url: URL, smtpUrl: string | null): Promise<Twin> {
  const clock = handClock(company.clock.now().toString());
  const platform = openPlatform({
    config: { ...company.platform.config, smtpUrl, clock: clock as Clock },
    adminUrl: url.toString(),
    secretKey: company.database.secretKey,
  });
  const app = createApp(platform, { routes: Object.values(routes) as AnyRoute[], permissions, findVisitor });
  const runner = createRunner(platform);
  t.after(async () => {
    await runner.stop();
    await platform.close();
    await atMaintenance(url, (client) => client.query(`drop database if exists ${url.pathname.slice(1)} with (force)`));
  });
  const settle = async () => {
    for (let turn = 0; turn < 50; turn += 1) {
      const done = (await runner.settle()) + (await platform.jobs.drain(platform, jobs));
      if (done === 0) return;
    }
    throw new Error('Work never came to an end.');
  };
  return {
    platform,
    clock,
    organizationId: company.organizationId,
    call: async (token, method, path, body, headers = {}) => {
      const raw = body instanceof Uint8Array;
      return app.request(`/api/v1${path}`, {
        method: method.toUpperCase(),
        headers: {
          authorization: `Bearer ${token}`,
          ...(body === undefined ? {} : { 'content-type': raw ? 'application/octet-stream' : 'application/json' }),
          ...headers,
        },
        body: body === undefined ? undefined : raw ? (body as Uint8Array<ArrayBuffer>) : JSON.stringify(body),
      });
    },
    run: (work) => runAsSystem(platform, company.organizationId, work),
    settle,
    at: async (instant) => {
      clock.set(instant);
      await settle();
    },
    admin: async <Row>(text: string, values: unknown[] = []) => {
      const client = new Client({ connectionString: url.toString() });
      await client.connect();
      try {
        return (await client.query(text, values)).rows as Row[];
      } finally {
        await client.end();
      }
    },
  };
}

async function atMaintenance<T>(url: URL, work: (client: Client) => Promise<T>): Promise<T> {
  const postgres = new URL(url);
  postgres.pathname = '/postgres';
  const client = new Client({ connectionString: postgres.toString() });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
