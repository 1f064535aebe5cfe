import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { EmptyPage } from '../design/empty-page.tsx';
import { Num } from '../design/num.tsx';
import { PageBody } from '../design/page-body.tsx';
import { PageHeader } from '../design/page-header.tsx';
import { PlaceLink } from '../design/place-link.tsx';
import { Problem } from '../design/problem.tsx';
import { Progress } from '../design/progress.tsx';
import { RowList } from '../design/row-list.tsx';
import { Section } from '../design/section.tsx';
import { Skeleton } from '../design/skeleton.tsx';
import { toast } from '../design/toast.tsx';
import { problemProps } from '../shell/api-problem.ts';
import { call, type OutputOf } from '../shell/call.ts';
import { usePlace } from '../shell/place.ts';
import { useMay } from '../shell/session.ts';
import { useCall } from '../shell/use-call.ts';
import { useOnce } from '../shell/use-once.ts';
import classes from './access.module.css';
import { Names } from './names.tsx';
import { Whom } from './whom.tsx';
import { counted, givesWords, grantWords, people } from './words.ts';

type Proposals = OutputOf<'proposeAccessRules'>;
type Proposal = Proposals['rules'][number];

const keyOf = ({ when, grants }: Proposal): string => `${when} ${givesWords(grants)}`;

/** Rules that what people already have would follow from: chosen by hand, adopted in one act, changing nothing in any app. */
export default function ProposalsPage() {
  const proposals = useCall('proposeAccessRules');
  const nobody = useCall('listPeople', { query: { limit: 1 } }, { enabled: useMay('people:read') });
  const header = { crumb: [{ label: 'Access rules', to: '/access-rules' }] };
  if (proposals.error !== null)
    return (
      <PageBody>
        <PageHeader {...header} title="Proposed rules" />
        <Problem {...problemProps(proposals.error)} />
      </PageBody>
    );
  if (proposals.data === undefined)
    return (
      <>
        <PageBody>
          <PageHeader {...header} title="What people have is being read for rules." lede="This takes some seconds in a large company." />
        </PageBody>
        <Skeleton as="rows" />
      </>
    );
  const { rules, explained, leftOver } = proposals.data;
  if (rules.length === 0)
    return (
      <PageBody>
        <PageHeader {...header} title="Proposed rules" />
        {explained.total === 0 ? (
          <EmptyPage
            title="There is nothing to propose from yet."
            act={
              nobody.data?.total === 0
                ? { label: 'Import your people', to: '/people/imports' }
                : { label: 'Give an app’s list', to: '/apps/new' }
            }
            other={{ label: 'Write a rule', to: '/access-rules/new' }}
          >
            <p>{proposals.data.words}</p>
          </EmptyPage>
        ) : (
          <EmptyPage title="There is no further rule to propose." other={{ label: 'Write a rule', to: '/access-rules/new' }}>
            <p>{proposals.data.words}</p>
          </EmptyPage>
        )}
        <LeftOver rows={leftOver} />
      </PageBody>
    );
  return (
    <PageBody>
      <PageHeader
        {...header}
        title={`${counted(rules.length, 'rule is proposed', 'rules are proposed')}.`}
        lede={
          <>
            {proposals.data.words} Adopting changes nothing in any app: where people and rules differ, it waits on{' '}
            <PlaceLink to="/access-rules/plan">the plan</PlaceLink>, and nobody loses anything that was there before.
          </>
        }
      />
      <Choose key={rules.map(keyOf).join()} rules={rules} />
      <LeftOver rows={leftOver} />
    </PageBody>
  );
}

function Choose({ rules }: { rules: Proposal[] }) {
  const { go } = usePlace();
  const client = useQueryClient();
  const [chosen, setChosen] = useState(() => new Set(rules.map(keyOf)));
  const [adopted, setAdopted] = useState<{ done: number; of: number } | null>(null);
  const [failed, setFailed] = useState<{ name: string; error: unknown }[]>([]);
  const wanted = rules.filter((rule) => chosen.has(keyOf(rule)));
  const adopt = useOnce(async () => {
    const problems: typeof failed = [];
    setFailed([]);
    for (const [index, { name, when, grants }] of wanted.entries()) {
      setAdopted({ done: index, of: wanted.length });
      await call('createAccessRule', {
        body: { name, when, grants: grants.map(({ appId, entitlement, kind }) => ({ appId, entitlement, kind })), mend: 'shown' },
      }).catch((error: unknown) => problems.push({ name, error }));
    }
    setAdopted(null);
    setFailed(problems);
    const done = wanted.length - problems.length;
    if (done > 0) toast(`${counted(done, 'rule stands', 'rules stand')}. Nothing was changed in any app.`);
    if (problems.length === 0) go('/access-rules');
    await client.invalidateQueries();
  });
  const toggle = (rule: Proposal) => {
    const next = new Set(chosen);
    if (!next.delete(keyOf(rule))) next.add(keyOf(rule));
    setChosen(next);
  };
  return (
    <>
      <div className={classes.all}>
        <button type="button" className={classes.link} onClick={() => setChosen(new Set(rules.map(keyOf)))}>
          Choose all
        </button>
        <button type="button" className={classes.link} onClick={() => setChosen(new Set())}>
          Choose none
        </button>
      </div>
      <ul className={classes.proposals}>
        {rules.map((rule, index) => (
          <ProposalRow
            key={keyOf(rule)}
            id={`proposal-${index}`}
            rule={rule}
            chosen={chosen.has(keyOf(rule))}
            onToggle={() => toggle(rule)}
          />
        ))}
      </ul>
      {failed.map(({ name, error }) => (
        <div key={name} style={{ marginTop: 12 }}>
          <Problem {...problemProps(error)} unchanged={`“${name}” was not adopted; the others were.`} />
        </div>
      ))}
      <div className={classes.bar}>
        {adopted === null ? (
          <>
            <Button variant="filled" disabled={wanted.length === 0} onClick={() => adopt()}>
              {wanted.length === 0 ? 'Adopt none' : `Adopt ${counted(wanted.length, 'rule', 'rules')}`}
            </Button>
            <span className={classes.detail}>No app is touched by it. The plan shows who would get what, before anything happens.</span>
          </>
        ) : (
          <Progress verb="Adopted" done={adopted.done} total={adopted.of} noun="rules" />
        )}
      </div>
    </>
  );
}

function ProposalRow({ id, rule, chosen, onToggle }: { id: string; rule: Proposal; chosen: boolean; onToggle: () => void }) {
  const [opened, setOpened] = useState(false);
  const { without, total } = rule.exceptions;
  return (
    <li>
      <input id={id} type="checkbox" checked={chosen} onChange={onToggle} />
      <div>
        <label htmlFor={id}>{rule.name}</label>
        <p className={classes.detail}>
          <Whom when={rule.when} /> · gives {givesWords(rule.grants)}
        </p>
        <p className={classes.detail}>{rule.words}</p>
        {opened && (
          <Names
            label={`Who lacks something of ${rule.name}`}
            total={total}
            rows={without.map(({ personId, name, app, entitlement }) => ({
              id: personId,
              name,
              more: `has no ${entitlement === null ? `account in ${app}` : `${entitlement} in ${app}`}`,
            }))}
          />
        )}
      </div>
      <p className={`${classes.detail} ${classes.aside}`}>
        {people(rule.people)}
        <br />
        {total === 0 ? (
          'no exception'
        ) : (
          <>
            <Num value={total} onOpen={() => setOpened(!opened)} of={`exceptions of ${rule.name}`} />{' '}
            {total === 1 ? 'exception' : 'exceptions'}
          </>
        )}
      </p>
    </li>
  );
}

const shownAtFirst = 12;

function LeftOver({ rows }: { rows: Proposals['leftOver'] }) {
  const [all, setAll] = useState(false);
  const [opened, setOpened] = useState<string | null>(null);
  if (rows.length === 0) return null;
  const shown = all ? rows : rows.slice(0, shownAtFirst);
  return (
    <Section
      title="What no rule explains"
      note="Those who have it share no department, title or other fact that a rule could name. It stays as it is; on a person’s page you can say whether it stays or goes."
    >
      <RowList
        rows={shown.map((row) => {
          const key = `${row.app} ${row.entitlement}`;
          return {
            key,
            title: grantWords(row),
            detail: (
              <>
                {row.note}
                {opened === key && (
                  <Names
                    label={`Who has ${grantWords(row)}`}
                    total={row.holders}
                    rows={row.people.map(({ personId, name }) => ({ id: personId, name }))}
                  />
                )}
              </>
            ),
            right: (
              <span className={classes.detail}>
                <Num value={row.holders} onOpen={() => setOpened(opened === key ? null : key)} of={`people have ${grantWords(row)}`} />{' '}
                {row.holders === 1 ? 'person' : 'people'}
              </span>
            ),
          };
        })}
      />
      {rows.length > shown.length && (
        <Button size="xs" mt={12} onClick={() => setAll(true)}>
          Show all {rows.length}
        </Button>
      )}
    </Section>
  );
}
