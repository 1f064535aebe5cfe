import { holdLosses } from '../access/rules/rule-losses.ts';
import { appendAudit } from '../platform/audit.ts';
import { type Context, runUndoably } from '../platform/context.ts';
import { sql } from '../platform/database.ts';
import { applyAddress } from './apply-address.ts';
import { applyApps } from './apply-apps.ts';
import { applyConnections } from './apply-connections.ts';
import { applyMilestones } from './apply-milestones.ts';
import { applyOrganization } from './apply-organization.ts';
import { applyPlaces } from './apply-places.ts';
import { applyPlaybooks } from './apply-playbooks.ts';
import { applyRules, type RuleLosses } from './apply-rules.ts';
import { applySignIn } from './apply-sign-in.ts';
import { checkReferences } from './check-references.ts';
import { type Parsed, parseConfiguration, refusedFile } from './parse-configuration.ts';
import { complain, type Line, type Push, type Secrets } from './push.ts';
import { readCurrent } from './read-current.ts';
import { mayChange, maySeeLosses, refuseBeyond } from './refuse-beyond.ts';
import { removeConnections } from './remove-connections.ts';

export type Asked = { yaml: string; secrets?: Secrets | undefined; brake?: { people: number; reason: string } | undefined };
export type Diff = RuleLosses & { lines: Line[]; changed: number };

/** What a push of this file would do, with all that is wrong with the file. Everything is done and taken back, so that the diff says what happens. */
export async function previewConfiguration(ctx: Context, asked: Asked): Promise<Diff> {
  const parsed = readable(asked.yaml);
  // Whether a secret differs tells something about the one that is there: only to whoever may replace it.
  const seen = mayChange(ctx, 'connection') ? asked : { ...asked, secrets: {} };
  const diff = await runUndoably(
    ctx,
    (inner) => work(inner, parsed, seen, true),
    () => false,
  );
  return maySeeLosses(ctx) ? diff : { ...diff, losses: [], brake: diff.brake && { ...diff.brake, names: [] } };
}

/**
 * Applies a file: all of it or nothing, by the same operations as the page. What it takes from people by all its rules together is held by the
 * brake, unless `brake` names their number and a reason.
 *
 * @throws Refusal `configuration_invalid` (422) with every problem and its line, `brake` (409) with names, 403 where a change is not theirs to make
 */
export async function applyConfiguration(ctx: Context, asked: Asked): Promise<Diff> {
  const diff = await work(ctx, readable(asked.yaml), asked, false);
  refuseBeyond(ctx, diff.lines);
  await holdLosses(ctx, { losers: diff.losses, release: asked.brake ?? null, what: 'groundcrew push' });
  if (diff.changed > 0) {
    await appendAudit(ctx, {
      action: 'configuration.applied',
      subject: { kind: 'organization', id: ctx.organizationId },
      after: diff.lines.filter(isChange).map(({ what, name, change }) => `${what} ${name}: ${change}`),
      reason: asked.brake?.reason ?? null,
    });
  }
  return diff;
}

function readable(yaml: string): Parsed {
  const parsed = parseConfiguration(yaml);
  if ('unreadable' in parsed) throw refusedFile(parsed.unreadable);
  return parsed;
}

const isChange = ({ change }: Line): boolean => change === 'new' || change === 'changed' || change === 'gone';

async function work(ctx: Context, parsed: Parsed, asked: Asked, dry: boolean): Promise<Diff> {
  // Two pushes at once: the second sees what the first has done.
  await sql`select pg_advisory_xact_lock(hashtextextended('configuration ' || ${ctx.organizationId}::text, 0))`.execute(ctx.db);
  const { wanted } = parsed;
  const push: Push = { ctx, place: parsed.place, lines: [], problems: [], dry };
  for (const { path, message } of parsed.problems) complain(push, path, message);
  const current = await readCurrent(ctx);
  checkReferences(push, parsed, current);
  await applyOrganization(push, wanted, current);
  await applyPlaces(push, wanted, current);
  if (wanted.address) await applyAddress(push, wanted.address, current);
  if (wanted.signIn) await applySignIn(push, wanted.signIn, current);
  const ids = await applyApps(push, wanted.apps, current);
  await removeConnections(push, wanted.apps ?? [], ids, current);
  await applyConnections(push, wanted.apps ?? [], ids, current, asked.secrets ?? {});
  const rules = wanted.access
    ? await applyRules(push, wanted.access, { ids, current, reason: asked.brake?.reason ?? null })
    : { losses: [], brake: null };
  if (wanted.milestones) await applyMilestones(push, wanted.milestones, current);
  if (wanted.playbooks) await applyPlaybooks(push, wanted.playbooks, current);
  if (push.problems.length > 0) throw refusedFile(push.problems);
  return { lines: push.lines, changed: push.lines.filter(isChange).length, ...rules };
}
