import type { Place } from '../design/format-in-zones.ts';
import type { OutputOf } from '../shell/call.ts';
import { someSubject } from './action-words.ts';
import { type Said, sentenceOf } from './sentences.ts';
import { type Change, changesOf, isRecord } from './values.ts';

export type AuditEvent = OutputOf<'listAuditEvents'>['rows'][number];

/** Whom or what an event is about. */
export const subjectWords = ({
  subjectName,
  subjectKind,
  erasedAt,
}: Pick<AuditEvent, 'subjectName' | 'subjectKind' | 'erasedAt'>): string =>
  erasedAt !== null ? `${someSubject(subjectKind)}, erased` : (subjectName ?? someSubject(subjectKind));

/** Who acted. */
export const actorWords = ({ actorName, erasedAt }: Pick<AuditEvent, 'actorName' | 'erasedAt'>): string =>
  erasedAt !== null ? 'somebody, erased' : (actorName ?? 'somebody');

const places: Record<string, string> = {
  person: '/people',
  app: '/apps',
  connection: '/connections',
  run: '/runs',
  import: '/people/imports',
  task: '/tasks',
};

/** The page of what an event is about, where it has one. */
export function subjectPlace({ subjectKind, subjectId, erasedAt, after }: AuditEvent): string | undefined {
  if (subjectId === null || erasedAt !== null) return undefined;
  if (subjectKind === 'member') return '/settings/members';
  if (subjectKind === 'sync')
    return isRecord(after) && typeof after.app === 'string' ? `/apps/${after.app}/readings/${subjectId}` : undefined;
  return places[subjectKind] === undefined ? undefined : `${places[subjectKind]}/${subjectId}`;
}

type Happened = Pick<AuditEvent, 'action' | 'before' | 'after'>;

/** What an event did: a sentence where its counts belong together, and the fields that changed beside it. */
export function whatHappened({ action, before, after }: Happened): { said: Said | null; changes: Change[] } {
  const said = sentenceOf(action, after);
  const changes = changesOf(before, after).filter(({ key }) => !said?.says.includes(key));
  // The cut-off is shown on the clock of its place: what stands on that clock is not said twice.
  const shown = changes.some(({ key }) => key === 'cutOffAt')
    ? changes.filter(({ key }) => !/^(cutOffLocal|cutOffZone|zone)$/.test(key))
    : changes;
  return { said, changes: shown };
}

/** The place on whose clock an event tells its cut-off. */
export function placeOf({ after }: Pick<Happened, 'after'>): Place | undefined {
  if (!isRecord(after)) return undefined;
  const zone = after.cutOffZone ?? after.zone;
  return typeof zone === 'string' ? { zone, name: zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ') } : undefined;
}

const speaking = ['answer', 'words', 'note', 'reasons', 'value'];

/** The line of an event in a list: its sentence and what says something in words. Times and links stand in the event itself. */
export function lineWords(event: Happened & Pick<AuditEvent, 'reason'>): string {
  const { said, changes } = whatHappened(event);
  const texts = changes.flatMap(({ key, label, from, to }) => {
    if (to?.kind === 'instant' || to?.kind === 'link' || from?.kind === 'link' || from?.kind === 'instant') return [];
    const [was, is] = [from?.text ?? null, to?.text ?? null];
    if (was === null && is === 'no') return [];
    if (speaking.includes(key)) return is === null ? [] : [is];
    return [was === null ? `${label}: ${is}` : `${label}: ${was} → ${is ?? 'nothing'}`];
  });
  const shown = texts.length > 3 ? [...texts.slice(0, 3), `${texts.length - 3} more`] : texts;
  const sentence = shown.map((text) => text.replace(/\.$/, '')).join('; ');
  return [said?.sentence.replace(/\.$/, ''), sentence, event.reason?.replace(/\.$/, '')].filter(Boolean).join('. ');
}
