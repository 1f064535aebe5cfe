import { Dialog } from '../design/dialog.tsx';
import { PlaceLink } from '../design/place-link.tsx';
import { ZonedTime } from '../design/zoned-time.tsx';
import type { OutputOf } from '../shell/call.ts';
import classes from './audit.module.css';
import { actionWords, changesOf } from './words.ts';

export type AuditEvent = OutputOf<'listAuditEvents'>['rows'][number];

const places: Record<string, string> = { person: '/people', app: '/apps', connection: '/connections', run: '/runs' };

/** Whom or what an event is about. */
export const subjectWords = ({ subjectName, subjectKind, erasedAt }: AuditEvent): string =>
  erasedAt !== null ? `a ${subjectKind}, erased` : (subjectName ?? `a ${subjectKind}`);

/** Who acted. */
export const actorWords = ({ actorName, erasedAt }: AuditEvent): string =>
  erasedAt !== null ? 'somebody, erased' : (actorName ?? 'somebody');

/** One event with everything that it recorded. */
export function EventDialog({ event, onClose }: { event: AuditEvent; onClose: () => void }) {
  const changes = changesOf(event.before, event.after);
  const place = event.subjectId === null || event.erasedAt !== null ? undefined : places[event.subjectKind];
  return (
    <Dialog opened onClose={onClose} title={actionWords(event.action)}>
      <dl className={classes.facts}>
        <dt>When</dt>
        <dd>
          <ZonedTime instant={event.at} seconds />
        </dd>
        <dt>Who</dt>
        <dd>
          {actorWords(event)}
          {event.actorKind === 'token' && ', through an API token'}
          {event.actorKind === 'link' && ', through a link in a mail'}
          {event.actorKind === 'command' && ', on the machine itself'}
        </dd>
        <dt>About</dt>
        <dd>
          {place === undefined ? subjectWords(event) : <PlaceLink to={`${place}/${event.subjectId}`}>{subjectWords(event)}</PlaceLink>}
        </dd>
        {event.reason !== null && (
          <>
            <dt>Why</dt>
            <dd>{event.reason}</dd>
          </>
        )}
        {event.erasedAt !== null && (
          <>
            <dt>Erased</dt>
            <dd>
              Its values were removed on <ZonedTime instant={event.erasedAt} />, as the law asks. That it happened stays on record.
            </dd>
          </>
        )}
        <dt>In the chain</dt>
        <dd>{event.sealed ? 'Sealed' : 'Waits for its seal'}</dd>
      </dl>
      {changes.length > 0 && (
        <table className={classes.changes}>
          <caption className="gc-unseen">What it changed</caption>
          <thead>
            <tr>
              <th scope="col">What</th>
              <th scope="col">Before</th>
              <th scope="col">After</th>
            </tr>
          </thead>
          <tbody>
            {changes.map(({ field, from, to }) => (
              <tr key={field}>
                <th scope="row">{field}</th>
                <td>{from ?? '–'}</td>
                <td>{to ?? '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Dialog>
  );
}
