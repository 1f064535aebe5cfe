import { type LineStatus, lineStatuses, type ProofLine, type ProofSection } from './proof-document.ts';

type Line = Pick<ProofLine, 'id' | 'status'>;
type Section = { lines: readonly Line[]; signature: ProofSection['signature'] };

const openStatuses: ReadonlySet<LineStatus> = new Set(['open', 'waiting', 'did-not-obey']);

/** A line that keeps its section and the whole proof open. */
export const isOpenLine = (line: Pick<ProofLine, 'status'>): boolean => openStatuses.has(line.status);

/** How many lines have each status; every status is counted, also with 0. */
export function countLines(lines: readonly Pick<ProofLine, 'status'>[]): Record<LineStatus, number> {
  const counts = Object.fromEntries(lineStatuses.map((status) => [status, 0])) as Record<LineStatus, number>;
  for (const line of lines) counts[line.status] += 1;
  return counts;
}

/** Open lines first, then what people vouched for or decided, verified ones last; within a status by subject, then id. */
export function orderLines<L extends Pick<ProofLine, 'id' | 'status' | 'subject'>>(lines: readonly L[]): L[] {
  const rank = (line: L) => lineStatuses.indexOf(line.status);
  return [...lines].sort((a, b) => rank(a) - rank(b) || compare(a.subject, b.subject) || compare(a.id, b.id));
}

/** Why a section cannot be signed now: the ids of its open lines, and of the unknown ones that the signer has not accepted by name. */
export type SigningObstacles = { openLines: string[]; unknownLines: string[] };

/**
 * Whether a section may be signed. Unknown lines need a person's decision: the signer lists the id of each one accepted as unknown.
 *
 * @returns null when it may be signed, else what stands in the way
 */
export function findSigningObstacles(
  section: Pick<Section, 'lines'>,
  acceptedUnknownLines: readonly string[] = [],
): SigningObstacles | null {
  const openLines = section.lines.filter(isOpenLine).map((line) => line.id);
  const accepted = new Set(acceptedUnknownLines);
  const unknownLines = section.lines.filter((line) => line.status === 'unknown' && !accepted.has(line.id)).map((line) => line.id);
  return openLines.length + unknownLines.length === 0 ? null : { openLines, unknownLines };
}

/** The sections that may be signed now or once their unknown lines are accepted: no line is open and nobody has signed. */
export function sectionsMayBeSigned<S extends Section>(sections: readonly S[]): S[] {
  return sections.filter((section) => section.signature === null && !section.lines.some(isOpenLine));
}

/** `signed` only while no line is open: a line that opens again takes the signature's effect away, not its record. */
export function sectionState(section: Section): 'open' | 'ready-to-sign' | 'signed' {
  if (section.lines.some(isOpenLine)) return 'open';
  return section.signature === null ? 'ready-to-sign' : 'signed';
}

/** The whole: closed when there is at least one section, every section is signed, and no line is open. */
export function proofStatus(sections: readonly Section[]): 'open' | 'closed' {
  return sections.length > 0 && sections.every((section) => sectionState(section) === 'signed') ? 'closed' : 'open';
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
