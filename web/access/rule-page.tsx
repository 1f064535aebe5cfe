import { useState } from 'react';
import { MoreMenu } from '../design/more-menu.tsx';
import { Num } from '../design/num.tsx';
import { PageBody } from '../design/page-body.tsx';
import { PageHeader } from '../design/page-header.tsx';
import { PlaceLink } from '../design/place-link.tsx';
import { RowList } from '../design/row-list.tsx';
import { Section } from '../design/section.tsx';
import { StatusChip } from '../design/status-chip.tsx';
import { ZonedTime } from '../design/zoned-time.tsx';
import { NotShown } from '../shell/not-shown.tsx';
import { useTitle } from '../shell/page-title.ts';
import { usePlace } from '../shell/place.ts';
import { useMay } from '../shell/session.ts';
import { useAnchor } from '../shell/use-anchor.ts';
import { useCall } from '../shell/use-call.ts';
import classes from './access.module.css';
import { ArchiveDialog } from './archive-dialog.tsx';
import { versionWords } from './version-words.ts';
import { Whom } from './whom.tsx';
import { givesWords, graceWords, grantWords, people, type RuleDetail } from './words.ts';

/** One rule: whom it means by name, what it gives, of whom nobody can say, and how it came to be. */
export default function RulePage() {
  const { params } = usePlace();
  const ruleId = params.ruleId ?? '';
  const { data: rule, error } = useCall('getAccessRule', { params: { ruleId } });
  const mayManage = useMay('access:manage');
  const [archiving, setArchiving] = useState(false);
  useTitle(rule?.name);
  useAnchor('people', rule !== undefined);
  useAnchor('unknown', rule !== undefined);
  if (error !== null || rule === undefined)
    return <NotShown what="rule" error={error} crumb={[{ label: 'Access rules', to: '/access-rules' }]} />;
  return (
    <PageBody>
      <PageHeader
        crumb={[{ label: 'Access rules', to: '/access-rules' }]}
        title={rule.name}
        context={<Whom when={rule.when} />}
        lede={
          <>
            Gives {givesWords(rule.grants)} to <Num value={rule.matches} to={`/access-rules/${rule.id}#people`} of="people whom it means" />{' '}
            {rule.matches === 1 ? 'person' : 'people'}.
            {rule.unknown > 0 && (
              <>
                {' '}
                Of <Num value={rule.unknown} to={`/access-rules/${rule.id}#unknown`} of="people of whom it is not known" /> more nobody can
                say whether it means them.
              </>
            )}
          </>
        }
        acts={[
          { label: 'See the plan', to: '/access-rules/plan' },
          ...(mayManage ? [{ label: 'Change…', to: `/access-rules/${ruleId}/change` }] : []),
        ]}
        more={mayManage ? <MoreMenu items={[{ label: 'Do without this rule…', onClick: () => setArchiving(true) }]} /> : undefined}
      />
      <Facts rule={rule} />
      <UnknownPeople rule={rule} />
      <div id="people">
        <Section title={`Whom it means (${rule.matches})`}>
          {rule.people.length === 0 ? (
            <p className="gc-dimmed">Nobody today. Whoever comes and fits is meant from then on.</p>
          ) : (
            <ul className={classes.roster}>
              {rule.people.map(({ id, name, title, department }) => (
                <li key={id}>
                  <PlaceLink to={`/people/${id}`}>{name}</PlaceLink>
                  <span>{[title, department].filter(Boolean).join(', ')}</span>
                </li>
              ))}
            </ul>
          )}
          {rule.matches > rule.people.length && (
            <p className="gc-dimmed gc-small" style={{ marginTop: 10 }}>
              The first {rule.people.length} of {rule.matches} by name.
            </p>
          )}
        </Section>
      </div>
      <History rule={rule} />
      {archiving && <ArchiveDialog rule={rule} onClose={() => setArchiving(false)} />}
    </PageBody>
  );
}

function Facts({ rule }: { rule: RuleDetail }) {
  return (
    <dl className={classes.facts}>
      <dt>Gives</dt>
      <dd>
        {rule.grants.map((grant) => (
          <p key={`${grant.appId} ${grant.entitlement} ${grant.kind}`}>
            <PlaceLink to={`/apps/${grant.appId}`}>{grantWords(grant)}</PlaceLink>
            {grant.kind !== null && <span className="gc-dimmed"> ({grant.kind})</span>}
            {!grant.known && (
              <>
                {' '}
                <StatusChip kind="unknown">{grant.app} has shown nothing of that name</StatusChip>
              </>
            )}
          </p>
        ))}
      </dd>
      <dt>As text</dt>
      <dd>
        <code className={classes.code}>{rule.when}</code>
      </dd>
      <dt>When people differ</dt>
      <dd>
        {rule.mend === 'shown'
          ? 'It waits on the plan until somebody applies it.'
          : 'It mends itself as soon as a reading or a change of a person shows it, within the brakes.'}
      </dd>
      <dt>When somebody moves</dt>
      <dd>{graceWords(rule)}</dd>
    </dl>
  );
}

function UnknownPeople({ rule }: { rule: RuleDetail }) {
  if (rule.unknown === 0) return null;
  return (
    <div id="unknown">
      <Section
        title={`Nobody can say (${rule.unknown})`}
        note={`${people(rule.unknown)} ${rule.unknown === 1 ? 'lacks' : 'lack'} a fact that the rule asks for. They keep what they have until it is known.`}
      >
        <RowList
          rows={rule.unknownPeople.map(({ id, name, missing }) => ({
            key: id,
            title: name,
            to: `/people/${id}`,
            right: <StatusChip kind="unknown">Not known: {missing}</StatusChip>,
          }))}
        />
      </Section>
    </div>
  );
}

function History({ rule }: { rule: RuleDetail }) {
  const newest = rule.versions.toSorted((a, b) => b.version - a.version);
  return (
    <Section title="How it came to be">
      <RowList
        rows={newest.map((version, index) => ({
          key: String(version.version),
          title: versionWords(version, newest[index + 1]),
          detail: (
            <>
              {version.changedBy}
              {version.reason !== null && `: “${version.reason}”`}
            </>
          ),
          right: (
            <span className="gc-small gc-dimmed">
              <ZonedTime instant={version.changedAt} />
            </span>
          ),
        }))}
      />
    </Section>
  );
}
