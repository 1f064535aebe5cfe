import { createHash } from 'node:crypto';
import { listActions } from '../../access/index.ts';
import type { Context } from '../../platform/context.ts';
import { ownershipKind } from '../ownership-kinds.ts';
import type { LeavingRun, RunRow } from '../run-row.ts';
import { instantWords, placeOf } from '../schedule/local-instant.ts';
import { canonicalJson } from './canonical-json.ts';
import { dataLines, signedDataSections } from './data-lines.ts';
import { laterSections } from './later-sections.ts';
import { linesOf, text } from './lines-of.ts';
import type { ProofDocument, ProofLine, ProofSection } from './proof-document.ts';
import { countLines, orderLines, proofStatus } from './proof-lines.ts';

/** Hash of a section's lines without their history: a signature covers these lines and no others. */
export const hashLines = (lines: readonly ProofLine[]): Buffer =>
  createHash('sha256')
    .update(canonicalJson(lines.map(({ id, subject, status, how }) => ({ id, subject, status, how }))))
    .digest();

/** The sections of a run's proof as they are known now, with the signatures that still cover their lines. */
export async function proofSections(ctx: Context, run: RunRow): Promise<ProofSection[]> {
  const proof = await ctx.db.selectFrom('playbooks_proofs').select('id').where('run_id', '=', run.id).executeTakeFirst();
  const signatures = proof
    ? await ctx.db
        .selectFrom('playbooks_proof_signatures')
        .selectAll()
        .where('proof_id', '=', proof.id)
        .where('void_at', 'is', null)
        .orderBy('signed_at', 'desc')
        .execute()
    : [];
  const section = (key: ProofSection['key'], title: string, lines: ProofLine[]): ProofSection => {
    const ordered = orderLines(lines);
    const hash = hashLines(ordered);
    const signed = signatures.find((each) => each.section === key && hash.equals(each.lines_hash));
    return {
      key,
      title,
      signature: signed
        ? {
            signedBy: { id: signed.signed_by_member_id ?? 'command', name: signed.signed_by },
            at: signed.signed_at,
            keyFingerprint: signed.key_fingerprint,
          }
        : null,
      lines: ordered,
      counts: countLines(ordered),
    };
  };
  const data = run.data_plan_id ? await linesOf(ctx, run.data_plan_id) : [];
  return [
    section('access', 'Access', run.plan_id ? (await linesOf(ctx, run.plan_id)).map(({ line }) => line) : []),
    section('ownership', 'Ownership', await ownershipLines(ctx, run)),
    ...signedDataSections.map(({ key, title }) => section(key, title, dataLines(data, key))).filter(({ lines }) => lines.length > 0),
  ];
}

async function ownershipLines(ctx: Context, run: RunRow): Promise<ProofLine[]> {
  const handovers = await ctx.db
    .selectFrom('playbooks_handovers as h')
    .leftJoin('people_roster as heir', 'heir.id', 'h.to_person_id')
    .selectAll('h')
    .select('heir.name as heir')
    .where('h.run_id', '=', run.id)
    .where('h.status', '!=', 'withdrawn')
    .execute();
  const lines: ProofLine[] = [];
  for (const handover of handovers) {
    const line = { id: handover.id, subject: text(handover.label, 200), detail: handover.heir ? `to ${handover.heir}` : '', history: [] };
    const waits = (why: string, waitsFor: string | null): ProofLine => ({
      ...line,
      status: waitsFor ? 'waiting' : 'open',
      how: { open: { why, waitsFor, due: null } },
    });
    if (handover.status === 'overridden') {
      lines.push({
        ...line,
        status: 'overridden',
        how: { override: { by: handover.chosen_by!, at: handover.chosen_at!, reason: text(handover.decided_reason!) } },
      });
    } else if (handover.status === 'open') {
      lines.push(waits('It has not fallen to anybody yet.', null));
    } else if (handover.status === 'moved') {
      lines.push(waits(`It fell to ${handover.heir} for now. Somebody has to confirm it.`, 'operations'));
    } else {
      // Read back: what was confirmed must still be so.
      const holder = await ownershipKind(handover.object_kind).holderOf(ctx, handover.object_id);
      const isStill = holder !== run.person_id;
      lines.push(
        isStill
          ? {
              ...line,
              status: 'verified',
              how: { read: { connection: 'Groundcrew', at: handover.moved_at!, observed: text(`held by ${handover.heir}`) } },
            }
          : waits('It is back with the person who left.', null),
      );
    }
  }
  return lines;
}

/** What no system can tell about this exit. Never empty. */
async function cannotBeKnown(ctx: Context, run: RunRow): Promise<string[]> {
  const connected = run.plan_id
    ? (await listActions(ctx, [run.plan_id]))
        .filter((action) => action.writer === 'connection' && action.status === 'verified')
        .map((action) => action.app)
    : [];
  const { n } = await ctx.db
    .selectFrom('apps_apps as a')
    .select((e) => e.fn.countAll<number>().as('n'))
    .where('archived_at', 'is', null)
    .where((e) => e.not(e.exists(e.selectFrom('apps_readings as r').select('r.id').whereRef('r.app_id', '=', 'a.id'))))
    .executeTakeFirstOrThrow();
  return [
    'Passwords and codes that the person remembers.',
    'Copies of files on devices of their own, on paper or in other accounts.',
    'Apps that they signed up to with a private address, or that nobody told Groundcrew of.',
    ...(connected.length
      ? [
          `Sessions and tokens opened before the cut-off, where an app does not end them with the account: ${[...new Set(connected)].join(', ')}.`,
        ]
      : []),
    ...(Number(n) > 0 ? [`${n} ${Number(n) === 1 ? 'app' : 'apps'} in the catalogue whose accounts Groundcrew has never read.`] : []),
  ].map((line) => text(line));
}

/** The proof of a run as it is known now. */
export async function assembleProof(ctx: Context, run: LeavingRun, auditHead: { hash: string } | null): Promise<ProofDocument> {
  const organization = await ctx.db.selectFrom('identity_organizations').select('name').executeTakeFirstOrThrow();
  const sections = await proofSections(ctx, run);
  const now = ctx.now.round('second').toString();
  const place = run.place ?? placeOf(run.zone);
  return {
    format: 'groundcrew-proof-of-exit',
    version: 1,
    organization: organization.name,
    person: { name: run.person, employeeNumber: run.employee_number },
    runId: run.id,
    playbook: { name: run.playbook, version: run.version },
    cutOff: {
      instant: run.cut_off_at,
      zone: run.zone,
      place,
      text: instantWords(Temporal.Instant.from(run.cut_off_at), run.zone, { place }),
    },
    generatedAt: now,
    asReadAt: now,
    status: proofStatus(sections),
    sections,
    later: await laterSections(ctx, run),
    cannotBeKnown: await cannotBeKnown(ctx, run),
    auditHead: auditHead ? { hash: auditHead.hash } : null,
  };
}
