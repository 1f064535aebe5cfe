import { instantWords } from '../schedule/local-instant.ts';
import type { LineStatus, ProofDocument, ProofLine, ProofSection } from './proof-document.ts';
import { fingerprintWords } from './proof-key.ts';
import { isOpenLine } from './proof-lines.ts';

/** The word of each status, as it stands beside its shape. */
export const statusWords: Record<LineStatus, string> = {
  'did-not-obey': 'Did not obey',
  open: 'Open',
  waiting: 'Waiting',
  unknown: 'Unknown',
  overridden: 'Overridden',
  evidenced: 'Evidenced',
  verified: 'Verified',
};

/** An instant at the place of the person, then in UTC: `Wed 25 Nov 2026, 18:30:06 in Bengaluru · 13:00:06 UTC`. */
export function proofTime({ cutOff }: Pick<ProofDocument, 'cutOff'>, instant: string, options: { seconds?: boolean } = {}): string {
  const at = Temporal.Instant.from(instant);
  const local = at.toZonedDateTimeISO(cutOff.zone);
  const utc = at.toZonedDateTimeISO('UTC');
  const clock = utc.toPlainTime().toString({ smallestUnit: options.seconds ? 'second' : 'minute' });
  const day = local.toPlainDate().equals(utc.toPlainDate()) ? '' : `${utc.toPlainDate().toString()} `;
  return `${instantWords(at, cutOff.zone, { place: cutOff.place, ...options })} · ${day}${clock} UTC`;
}

/** How we know, as sentences; the first one carries the fact. */
export function howWords(document: ProofDocument, line: ProofLine): string[] {
  const time = (instant: string) => proofTime(document, instant, { seconds: true });
  const { how } = line;
  if ('read' in how) return [`Read through ${how.read.connection}: ${how.read.observed}.`, time(how.read.at)];
  if ('evidence' in how) {
    const { by, at, note, files, links } = how.evidence;
    return [
      `${by} attached evidence${note ? `: “${note}”` : '.'}`,
      time(at),
      ...files.map((file) => `File ${file.name}, SHA-256 ${file.sha256}`),
      ...links.map((link) => `Link ${link}`),
    ];
  }
  if ('override' in how) return [`${how.override.by} decided otherwise: “${how.override.reason}”`, time(how.override.at)];
  if ('unknown' in how) return [how.unknown.why];
  const { why, waitsFor, due } = how.open;
  return [why, ...(waitsFor ? [`Waits for ${waitsFor}.`] : []), ...(due ? [`Due ${time(due)}`] : [])];
}

/** `Signed by Ines Halvorsen`, `Not signed, 2 open`, `Signed, then opened again: 1 open`. */
export function sectionWords({ lines, signature }: ProofSection): string {
  const open = lines.filter(isOpenLine).length;
  if (signature === null) return open === 0 ? 'Not signed' : `Not signed, ${open} open`;
  return open === 0 ? `Signed by ${signature.signedBy.name}` : `Signed, then opened again: ${open} open`;
}

/** The line below a section: who signed when, with which key, and how many lines are unknown. */
export function signatureWords(document: ProofDocument, { lines, signature }: ProofSection): string | null {
  if (signature === null) return null;
  const unknown = lines.filter((line) => line.status === 'unknown').length;
  const listed = unknown === 0 ? '' : `, with ${unknown === 1 ? 'one line' : `${unknown} lines`} unknown`;
  return `Signed by ${signature.signedBy.name}, ${proofTime(document, signature.at)}${listed}. Key ${fingerprintWords(signature.keyFingerprint, 2)}`;
}

/** The state of the whole in one sentence, with its numbers. */
export function headline(document: ProofDocument): { state: string; numbers: string } {
  const lines = document.sections.flatMap((section) => section.lines);
  const open = lines.filter(isOpenLine).length;
  const unsigned = document.sections.filter((section) => section.signature === null).map((section) => section.title);
  const state =
    document.status === 'closed'
      ? 'Closed. Every line is settled and every section is signed.'
      : open > 0
        ? `Open. ${open === 1 ? 'One line is' : `${open} lines are`} not settled.`
        : `Open. Every line is settled; not signed yet: ${unsigned.join(', ')}.`;
  const parts = (['verified', 'evidenced', 'overridden', 'unknown'] as const)
    .map((status) => [lines.filter((line) => line.status === status).length, status] as const)
    .filter(([number]) => number > 0)
    .map(([number, status]) => `${number} ${status}`);
  return { state, numbers: `${lines.length} ${lines.length === 1 ? 'line' : 'lines'}: ${[...parts, `${open} open`].join(', ')}.` };
}
