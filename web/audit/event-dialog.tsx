import { Dialog } from '../design/dialog.tsx';
import { PlaceLink } from '../design/place-link.tsx';
import { ZonedTime } from '../design/zoned-time.tsx';
import { actionWords } from './action-words.ts';
import classes from './audit.module.css';
import { ShownValue } from './shown-value.tsx';
import { rawOf } from './values.ts';
import { type AuditEvent, actorWords, placeOf, subjectPlace, subjectWords, whatHappened } from './words.ts';

/** One event: what it did in words, and everything that it recorded. */
export function EventDialog({ event, onClose }: { event: AuditEvent; onClose: () => void }) {
  const { said, changes } = whatHappened(event);
  const to = subjectPlace(event);
  const raw = rawOf(event.before, event.after);
  const place = placeOf(event);
  const hasBefore = changes.some(({ from }) => from !== null);
  return (
    <Dialog opened onClose={onClose} title={actionWords(event.action)}>
      {said !== null && <p className={classes.sentence}>{said.sentence}</p>}
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
        <dd>{to === undefined ? subjectWords(event) : <PlaceLink to={to}>{subjectWords(event)}</PlaceLink>}</dd>
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
              {hasBefore && <th scope="col">Before</th>}
              <th scope="col">{hasBefore ? 'After' : 'Value'}</th>
            </tr>
          </thead>
          <tbody>
            {changes.map(({ key, label, from, to: became }) => (
              <tr key={key}>
                <th scope="row">{label}</th>
                {hasBefore && (
                  <td>
                    <ShownValue value={from} place={key === 'cutOffAt' ? place : undefined} />
                  </td>
                )}
                <td>
                  <ShownValue value={became} place={key === 'cutOffAt' ? place : undefined} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {raw.length > 0 && (
        <details className={classes.raw}>
          <summary>Show everything that was recorded</summary>
          <table className={classes.changes}>
            <caption className="gc-unseen">As it was recorded</caption>
            <thead>
              <tr>
                <th scope="col">Field</th>
                <th scope="col">Before</th>
                <th scope="col">After</th>
              </tr>
            </thead>
            <tbody>
              {raw.map(({ field, from, to: became }) => (
                <tr key={field}>
                  <th scope="row">{field}</th>
                  <td>{from}</td>
                  <td>{became}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <p className="gc-small gc-dimmed">
            {event.action} · {event.subjectKind} {event.subjectId ?? ''}
          </p>
        </details>
      )}
    </Dialog>
  );
}
