import type { Config } from '../platform/config.ts';
import { readClientConfig, readConfig } from '../platform/config.ts';
import type { Actor } from '../platform/context.ts';
import { Refusal } from '../platform/errors.ts';
import type { Platform } from '../platform/platform.ts';
import { type Call, createCall, type Send } from './api-client.ts';

/** Who acts when the operator works on the machine itself: everything an owner may, named so in the audit. */
export const commandActor: Actor = {
  kind: 'command',
  id: null,
  name: 'Command line',
  memberId: null,
  personId: null,
  roles: ['owner'],
  scopes: null,
};

export type Organization = { id: string; name: string; sample: boolean };

/** Where a command works: one organization of a running server, or of the data folder on this machine (`local`). */
export type Session = {
  call: Call;
  organization: Organization | null;
  local: Local | null;
  /** Works what the command has set going, when no server runs that would. */
  settle(): Promise<void>;
};
export type Local = { config: Config; platform: Platform; adminUrl: string; secretKey: Buffer };

const say = (line: string) => void process.stderr.write(`${line}\n`);

/** Whether commands go to a running server: a token says so. */
export const isRemote = (): boolean => readClientConfig().token !== null;

/** Runs `work` in a session on one organization and closes what was opened. `organization` is a name or an id. */
export async function inSession<T>(options: { organization?: string }, work: (session: Session) => Promise<T>): Promise<T> {
  if (isRemote()) return work(await openRemote(options.organization));
  return onDataFolder(async (local) => {
    const organization = choose(await listOrganizations(local.platform), options.organization);
    return work(await localSession(local, organization));
  });
}

/** Opens the data folder of this machine: starts or adopts its database, which ends again when nobody else uses it. */
export async function onDataFolder<T>(work: (local: Local) => Promise<T>): Promise<T> {
  const [{ openInstallation }, { createLog }, { startDatabase }, { findRunningUrl }] = await Promise.all([
    import('../installation.ts'),
    import('../platform/log.ts'),
    import('../platform/postgres/start-database.ts'),
    import('../platform/hold-data-folder.ts'),
  ]);
  const given = readConfig();
  // Links that are printed or mailed lead to the server that runs, wherever the command was given.
  const config = { ...given, publicUrl: (await findRunningUrl(given.dataFolder)) ?? given.publicUrl };
  const { platform, adminUrl, postgres, secretKey } = await openInstallation(config, await startDatabase(config, say), createLog('error'));
  try {
    const result = await work({ config, platform, adminUrl, secretKey });
    await platform.sealer.sealAll();
    return result;
  } finally {
    await platform.close();
    if (postgres) await stopWhenUnused(config, adminUrl, postgres.stop);
  }
}

/** The application in this process, as the operator in one organization. */
export async function localSession(local: Local, organization: Organization | null): Promise<Session> {
  const [{ createApp }, { permissions, routes }, { isServerRunning }] = await Promise.all([
    import('../platform/http/create-app.ts'),
    import('../routes.ts'),
    import('../platform/hold-data-folder.ts'),
  ]);
  const { platform, config } = local;
  const visitor = { actor: commandActor, organizationId: organization?.id ?? '', via: 'token' as const };
  const app = createApp(platform, { routes: Object.values(routes), permissions, findVisitor: async () => visitor });
  return {
    call: createCall(routes, async (path, { isHarmless: _, ...init }) => app.request(path, init)),
    organization,
    local,
    settle: async () => {
      if (await isServerRunning(config.dataFolder)) return;
      const { settleWork } = await import('../background-work.ts');
      await settleWork(platform);
      say('No server runs on this data folder. What is due later happens only while one does: npm start.');
    },
  };
}

async function openRemote(wanted: string | undefined): Promise<Session> {
  const { url, token: given } = readClientConfig();
  const token = given?.trim() ?? '';
  if (!/^[\x21-\x7e]+$/.test(token))
    throw new Refusal(401, 'token_refused', 'GROUNDCREW_TOKEN is no token: one is a single word, as it was printed. Nothing was changed.');
  const { routes } = await import('../routes.ts');
  const send: Send = async (path, { isHarmless, ...init }) => {
    const headers = { ...init.headers, authorization: `Bearer ${token}` };
    const response = await fetch(`${url}${path}`, { ...init, headers, redirect: 'error' }).catch((error: Error) => {
      throw noAnswer(url, isHarmless, error);
    });
    if (response.status !== 401) return response;
    const mend = 'It is wrong, has ended, or belongs to another server. Make a new one: groundcrew token create.';
    throw new Refusal(401, 'token_refused', `${url} does not accept the token in GROUNDCREW_TOKEN. ${mend} Nothing was changed.`);
  };
  const session: Session = { call: createCall(routes, send), organization: null, local: null, settle: async () => {} };
  if (wanted !== undefined) session.organization = await checkOrganization(session.call, wanted);
  return session;
}

const lostOnTheWay = new Set(['ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'UND_ERR_SOCKET', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']);

/** Whether something was changed is known only where nothing was sent, or nothing was to be changed. */
function noAnswer(url: string, isHarmless: boolean, error: Error): Refusal {
  const { message, code } = (error.cause ?? error) as NodeJS.ErrnoException;
  const reason = message || (code ?? 'no reason told');
  if (isHarmless || !lostOnTheWay.has(code ?? ''))
    return new Refusal(
      503,
      'no_answer',
      `Nothing answers at ${url} (${reason}). Nothing was changed. Start the server, or set GROUNDCREW_URL.`,
    );
  return new Refusal(
    503,
    'answer_lost',
    `The answer of ${url} did not arrive (${reason}). Whether it was done is not known: look before you repeat it.`,
  );
}

// A token belongs to one organization: naming another one must not quietly work on this one.
async function checkOrganization(call: Call, wanted: string): Promise<Organization> {
  const { id, name, sample } = await call('getOrganization');
  return choose([{ id, name, sample }], wanted)!;
}

export async function listOrganizations(platform: Platform): Promise<Organization[]> {
  const { rows } = await platform.jobsPool.query('select organization_id as id, name, sample from list_organizations()');
  return rows;
}

/** The organization that is meant: the named one, else the only real one. null when there is none at all. */
export function choose(all: Organization[], wanted: string | undefined): Organization | null {
  const names = all.map((each) => each.name).join(', ') || 'none yet';
  if (wanted !== undefined) {
    const found = all.filter((each) => each.id === wanted || each.name.toLowerCase() === wanted.trim().toLowerCase());
    if (found.length === 1) return found[0]!;
    throw new Refusal(404, 'unknown_organization', `There is no organization "${wanted}" here. There is: ${names}. Nothing was changed.`);
  }
  const real = all.filter((each) => !each.sample);
  if (real.length > 1)
    throw new Refusal(422, 'which_organization', `Say which organization with --organization: ${names}. Nothing was changed.`);
  return real[0] ?? all[0] ?? null;
}

async function stopWhenUnused(config: Config, adminUrl: string, stop: () => Promise<void>): Promise<void> {
  const [{ withServerLock, isServerRunning }, { default: pg }] = await Promise.all([
    import('../platform/hold-data-folder.ts'),
    import('pg'),
  ]);
  if (await isServerRunning(config.dataFolder)) return;
  await withServerLock(config.dataFolder, async () => {
    const client = new pg.Client({ connectionString: adminUrl, application_name: 'groundcrew command' });
    await client.connect();
    const others = await client.query("select from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()");
    await client.end();
    if (others.rowCount === 0) await stop();
  });
}
