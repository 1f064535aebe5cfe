import type { Transaction } from 'kysely';
import { type DB, inOrganization, sql, type Viewer } from './database.ts';
import type { Platform } from './platform.ts';

/** Who acts. `name` is how the audit shows them. `personId` is their record in the roster, where there is one. */
export type Actor = {
  kind: 'member' | 'token' | 'link' | 'system' | 'command';
  id: string | null;
  name: string;
  memberId: string | null;
  personId: string | null;
  roles: string[];
  /** null: all that the roles allow. */
  scopes: string[] | null;
};

/**
 * What an operation gets: one open transaction of one organization, who acts, the present, and the installation's parts.
 * `reach` is how far the permission of the route goes for this actor: 'all' rows, or only their 'own' (reports, apps, self).
 */
export type Context = {
  db: Transaction<DB>;
  organizationId: string;
  actor: Actor;
  now: Temporal.Instant;
  reach: 'all' | 'own';
  platform: Platform;
  /** Runs at the end of the transaction, still in it, in the order given: for what many steps leave to be written together. A failure undoes everything. */
  beforeCommit(work: () => Promise<void>): void;
  /** Runs once the transaction has committed (wake a worker, for example). Never for effects that must not be lost. */
  afterCommit(work: () => void): void;
};

export const systemActor: Actor = { kind: 'system', id: null, name: 'Groundcrew', memberId: null, personId: null, roles: [], scopes: null };

const viewerOf = (actor: Actor): Viewer => {
  if (actor.kind === 'system' || (actor.kind === 'command' && !actor.memberId)) return 'system';
  if (actor.memberId) return actor.memberId;
  if (actor.personId) return `person:${actor.personId}`;
  throw new Error('An actor without member and person cannot enter an organization.');
};

/** Opens a transaction in the organization and runs `work` as `actor`. What `afterCommit` gathered runs when it has committed. */
export async function runAs<T>(
  platform: Platform,
  about: { organizationId: string; actor: Actor; reach?: 'all' | 'own' },
  work: (ctx: Context) => Promise<T>,
): Promise<T> {
  const later: (() => void)[] = [];
  const last: (() => Promise<void>)[] = [];
  const now = platform.clock.now();
  const result = await inOrganization(
    platform.database,
    { organizationId: about.organizationId, viewer: viewerOf(about.actor), now },
    async (db) => {
      const done = await work({
        db,
        organizationId: about.organizationId,
        actor: about.actor,
        now,
        reach: about.reach ?? 'all',
        platform,
        beforeCommit: (task) => last.push(task),
        afterCommit: (task) => later.push(task),
      });
      for (const task of last) await task();
      return done;
    },
  );
  for (const task of later) task();
  return result;
}

/** Runs `work` as the system: sees concealed rows, is named Groundcrew in the audit. */
export const runAsSystem = <T>(platform: Platform, organizationId: string, work: (ctx: Context) => Promise<T>): Promise<T> =>
  runAs(platform, { organizationId, actor: systemActor }, work);

/**
 * Runs `work` within the transaction so that it can be taken back: when `keep` says no, all of it is as if it had never been, what it left
 * for the end of the transaction included.
 */
export async function runUndoably<T>(ctx: Context, work: (inner: Context) => Promise<T>, keep: (result: T) => boolean): Promise<T> {
  const last: (() => Promise<void>)[] = [];
  const later: (() => void)[] = [];
  await sql`savepoint undoable`.execute(ctx.db);
  const result = await work({ ...ctx, beforeCommit: (task) => last.push(task), afterCommit: (task) => later.push(task) });
  if (keep(result)) {
    await sql`release savepoint undoable`.execute(ctx.db);
    for (const task of last) ctx.beforeCommit(task);
    for (const task of later) ctx.afterCommit(task);
  } else await sql`rollback to savepoint undoable`.execute(ctx.db);
  return result;
}
