import { Button, Menu } from '@mantine/core';
import { useState } from 'react';
import { formatInZones } from '../design/format-in-zones.ts';
import { useNow } from '../design/now.ts';
import { Num } from '../design/num.tsx';
import { PlaceLink } from '../design/place-link.tsx';
import { Problem } from '../design/problem.tsx';
import { Section } from '../design/section.tsx';
import { toast } from '../design/toast.tsx';
import { ZonedTime } from '../design/zoned-time.tsx';
import { problemProps } from '../shell/api-problem.ts';
import { useMay } from '../shell/session.ts';
import { useAnchor } from '../shell/use-anchor.ts';
import { useAct, useCall } from '../shell/use-call.ts';
import { type AccessRow, accessLines, isWords, nameOf, shouldWords, signOf, signWords, whatWords } from './access-words.ts';
import classes from './person-access.module.css';
import { TakeDialog } from './take-dialog.tsx';
import { counted, type Person, placeOf } from './words.ts';

type Shown = 'all' | 'differs' | 'unknown' | 'free' | null;

const foldedFrom = 14;

/** What a person should have beside what they have: one line a grant, with the rule that says so, when it was read, and what will happen. */
export function PersonAccess({ person }: { person: Person }) {
  const { data, error } = useCall('getPersonAccess', { params: { personId: person.id } });
  const [shown, setShown] = useState<Shown>(null);
  const now = useNow();
  useAnchor('access', data !== undefined);
  if (error !== null) return <Problem {...problemProps(error)} />;
  if (data === undefined) return null;
  const lines = accessLines(data.rows);
  if (lines.length === 0) return null;
  const of = (sign: string) => lines.filter((row) => signOf(row) === sign);
  const differs = of('differs');
  const unknown = of('unknown');
  const free = of('free');
  const same = of('same');
  const chosen = shown === null || shown === 'all' ? lines : of(shown);
  const rows = shown === null ? chosen.slice(0, foldedFrom) : chosen;
  const opening = data.opensAt === null ? null : formatInZones(data.opensAt, [placeOf(person)], { now });
  const opens = (what: Shown) => () => setShown(shown === what ? null : what);
  return (
    <div id="access">
      <Section
        title="What they should have, and have"
        link={
          data.present && differs.length > 0 ? { label: 'See it on the plan', to: `/access-rules/plan?person=${person.id}` } : undefined
        }
        note={
          <>
            <Num value={lines.length} onOpen={opens('all')} of="lines in all" /> in all.{' '}
            {same.length > 0 && `${same.length} ${same.length === 1 ? 'is' : 'are'} as ${same.length === 1 ? 'it' : 'they'} should be. `}
            {differs.length > 0 && (
              <>
                <Num value={differs.length} onOpen={opens('differs')} of="lines that differ" />{' '}
                {differs.length === 1 ? 'differs' : 'differ'}.{' '}
              </>
            )}
            {unknown.length > 0 && (
              <>
                Of <Num value={unknown.length} onOpen={opens('unknown')} of="lines that are not known" /> nobody can say.{' '}
              </>
            )}
            {free.length > 0 && (
              <>
                <Num value={free.length} onOpen={opens('free')} of="lines that no rule gives" /> no rule gives;{' '}
                {free.length === 1 ? 'it stays' : 'they stay'} until somebody decides.
              </>
            )}
          </>
        }
      >
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col" className={classes.app}>
                App
              </th>
              <th scope="col">Should be</th>
              <th scope="col" className={classes.sign}>
                <span className="gc-unseen">Same or not</span>
              </th>
              <th scope="col">Is</th>
              <th scope="col">What will happen</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <AccessLine
                key={`${row.appId} ${row.entitlementId} ${row.entitlement}`}
                row={row}
                person={person}
                opens={person.status === 'joining' ? opening : undefined}
              />
            ))}
          </tbody>
        </table>
        {shown === null && lines.length > rows.length && (
          <p className="gc-small gc-dimmed" style={{ marginTop: 12 }}>
            and {counted(lines.length - rows.length, 'more', 'more')}.{' '}
            <button type="button" className={classes.link} onClick={() => setShown('all')}>
              Show all {lines.length}
            </button>
          </p>
        )}
        {shown !== null && shown !== 'all' && (
          <p style={{ marginTop: 12 }}>
            <button type="button" className={classes.link} onClick={() => setShown(null)}>
              Show the others too
            </button>
          </p>
        )}
      </Section>
    </div>
  );
}

/** `opens`: when the access of somebody who joins opens; null where that is not prepared. */
function AccessLine({ row, person, opens }: { row: AccessRow; person: Person; opens?: string | null }) {
  const mayApps = useMay('apps:read');
  const sign = signOf(row);
  const what = whatWords(row, opens);
  return (
    <tr data-sign={sign}>
      <td className={classes.app}>{mayApps ? <PlaceLink to={`/apps/${row.appId}`}>{row.app}</PlaceLink> : row.app}</td>
      <td data-label="Should be">
        <div>
          {shouldWords(row)}
          {row.why.map(({ ruleId, name }) => (
            <span key={ruleId} className={classes.sub}>
              rule <PlaceLink to={`/access-rules/${ruleId}`}>“{name}”</PlaceLink>
            </span>
          ))}
        </div>
      </td>
      <td className={classes.sign}>
        <i aria-hidden="true">{signWords[sign].sign}</i>
        <span className="gc-unseen">{signWords[sign].word}</span>
      </td>
      <td data-label="Is">
        <div>
          {isWords(row)}
          {row.asOf !== null && (
            <span className={classes.sub}>
              read <ZonedTime instant={row.asOf} />
            </span>
          )}
        </div>
      </td>
      <td data-label="Then" data-empty={what === '' && !isFree(row) ? true : undefined}>
        <div>
          {what}
          {what !== '' &&
            row.what !== 'nothing' &&
            row.words !== '' &&
            row.words !== `${what}.` &&
            (sign !== 'free' || row.decision !== null) && <span className={classes.sub}>{row.words}</span>}
          <Decide row={row} person={person} />
        </div>
      </td>
    </tr>
  );
}

const isFree = (row: AccessRow): boolean => row.origin === 'discovered' && row.should === false && row.is !== 'missing';

/** Of what no rule gives, somebody says that it stays or goes. */
function Decide({ row, person }: { row: AccessRow; person: Person }) {
  const mayManage = useMay('access:manage');
  const [taking, setTaking] = useState(false);
  const target = { personId: person.id, appId: row.appId, entitlementId: row.entitlementId };
  const undo = useAct('decideGrant');
  const keep = useAct('decideGrant', {
    onDone: () => toast(`${nameOf(row)} stays.`, () => undo.mutate({ body: { ...target, decision: 'undecided' } })),
  });
  if (!mayManage || !isFree(row)) return null;
  const error = keep.error ?? undo.error;
  return (
    <div className={classes.decide}>
      <Menu position="bottom-start">
        <Menu.Target>
          <Button size="xs" aria-label={`${row.decision === null ? 'Decide…' : 'Decide again…'} about ${nameOf(row)}`}>
            {row.decision === null ? 'Decide…' : 'Decide again…'}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {row.decision !== 'keep' && (
            <Menu.Item onClick={() => keep.mutate({ body: { ...target, decision: 'keep' } })}>It stays, for good reason</Menu.Item>
          )}
          {row.decision !== 'take' && <Menu.Item onClick={() => setTaking(true)}>Take it away…</Menu.Item>}
          {row.decision !== null && (
            <Menu.Item onClick={() => undo.mutate({ body: { ...target, decision: 'undecided' } })}>Leave it open again</Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {error !== null && <Problem {...problemProps(error)} />}
      {taking && <TakeDialog what={nameOf(row)} name={person.name} target={target} onClose={() => setTaking(false)} />}
    </div>
  );
}
