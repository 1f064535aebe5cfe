import { rankOf, type SourceOf } from '../people/index.ts';
import { type Actor, type Context, runAs, systemActor } from '../platform/context.ts';
import type { Platform } from '../platform/platform.ts';

/** A connection that pushes, as its token named it. */
export type Push = { platform: Platform; organizationId: string; connectionId: string; name: string; system: 'entra' | 'okta' | 'other' };

/** The connection as a source that tells of people. */
export const sourceOf = ({ connectionId, name }: Pick<Push, 'connectionId' | 'name'>): SourceOf => ({
  kind: 'directory',
  refId: connectionId,
  name,
  rank: rankOf.directory,
});

const actorOf = (push: Push): Actor => ({ ...systemActor, name: `${push.name} (directory)` });

/**
 * Runs a request of a connection in a transaction of its organization. What it is answered comes only from what it wrote itself, so nothing that is
 * hidden from somebody can be in it; the roster is compared with the whole truth.
 */
export const runPush = <T>(push: Push, work: (ctx: Context) => Promise<T>): Promise<T> =>
  runAs(push.platform, { organizationId: push.organizationId, actor: actorOf(push) }, work);
