import { Button, Select, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { PageBody } from '../design/page-body.tsx';
import { PageHeader } from '../design/page-header.tsx';
import { Problem } from '../design/problem.tsx';
import { RowList } from '../design/row-list.tsx';
import { Section } from '../design/section.tsx';
import { Skeleton } from '../design/skeleton.tsx';
import { toast } from '../design/toast.tsx';
import { fieldProblems, problemProps } from '../shell/api-problem.ts';
import type { OutputOf } from '../shell/call.ts';
import { useAct, useCall } from '../shell/use-call.ts';
import classes from './settings.module.css';

const usual = [
  { value: '{given}.{family}', label: 'amara.okafor' },
  { value: '{g}{family}', label: 'aokafor' },
  { value: '{g}.{family}', label: 'a.okafor' },
  { value: '{given}', label: 'amara' },
  { value: '{given}.{f}', label: 'amara.o' },
  { value: '{given}{family}', label: 'amaraokafor' },
  { value: '{given}_{family}', label: 'amara_okafor' },
  { value: '{family}.{given}', label: 'okafor.amara' },
];
const other = 'other';

/** Names that show what a pattern does with marks, double names, a single name, other letters and a namesake. */
const examples = [
  { givenName: 'Asbjørn', familyName: 'Ærøskøbing-Łukasiewicz' },
  { givenName: 'Sinéad', familyName: 'O’Brien' },
  { givenName: 'Madonna', familyName: null },
  { givenName: '小明', familyName: '王' },
];

/** How work addresses of new colleagues are made, tried on names before it is kept. */
export default function WorkAddressesPage() {
  const { data, error } = useCall('getAddressPattern');
  return (
    <PageBody>
      <PageHeader crumb={[{ label: 'Settings', to: '/settings' }]} title="Work addresses" lede={data?.words} />
      {error !== null && <Problem {...problemProps(error)} />}
      {data === undefined && error === null && <Skeleton as="rows" rows={2} />}
      {data !== undefined && <Pattern key={`${data.pattern}@${data.domain}`} stands={data} />}
    </PageBody>
  );
}

function Pattern({ stands }: { stands: OutputOf<'getAddressPattern'> }) {
  const [choice, setChoice] = useState(usual.some(({ value }) => value === stands.pattern) ? stands.pattern : other);
  const [written, setWritten] = useState(stands.pattern);
  const [domain, setDomain] = useState(stands.domain ?? '');
  const pattern = choice === other ? written : choice;
  const save = useAct('changeAddressPattern', { onDone: () => toast('New work addresses are made like this from now on.') });
  const tried = useTried(pattern, domain);
  const problems = { ...fieldProblems(tried.error), ...fieldProblems(save.error) };
  const changed = !stands.isSet || pattern !== stands.pattern || domain !== stands.domain;
  return (
    <>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate({ body: { pattern, domain } });
        }}
      >
        <Select
          label="Amara Okafor becomes"
          description="Addresses that people have stay as they are, and none is ever given to somebody else."
          data={[...usual, { value: other, label: 'Another pattern…' }]}
          allowDeselect={false}
          value={choice}
          error={choice === other ? undefined : problems.pattern}
          onChange={(value) => {
            if (value === other) setWritten(pattern);
            setChoice(value ?? other);
          }}
        />
        {choice === other && (
          <TextInput
            label="Pattern"
            description="Of {given}, {family}, {g} and {f}, which are their first letters, and what stands between them."
            maxLength={100}
            value={written}
            error={problems.pattern}
            onChange={(event) => setWritten(event.currentTarget.value)}
          />
        )}
        <TextInput
          label="Domain"
          placeholder="acme.example"
          required
          maxLength={253}
          value={domain}
          error={domain === '' ? undefined : problems.domain}
          onChange={(event) => setDomain(event.currentTarget.value)}
        />
        {save.error !== null && Object.keys(problems).length === 0 && <Problem {...problemProps(save.error)} />}
        <div className={classes.acts}>
          <Button type="submit" variant="filled" disabled={!changed || domain === ''} loading={save.isPending}>
            {stands.isSet || pattern !== stands.pattern ? 'Make addresses like this' : 'Keep this pattern'}
          </Button>
        </div>
      </form>
      <Try {...tried} />
    </>
  );
}

type Typed = { givenName: string; familyName: string };

function useTried(pattern: string, domain: string) {
  const [typed, setTyped] = useState<Typed>({ givenName: 'Anna Maria', familyName: 'Silva' });
  const twice = typed.givenName.trim() === '' && typed.familyName.trim() === '' ? [] : [typed, typed];
  const [question] = useDebouncedValue(JSON.stringify({ pattern, domain, names: [...twice, ...examples] }), 250);
  const { data, error } = useCall(
    'tryAddressPattern',
    { body: JSON.parse(question) as { pattern: string; domain: string; names: typeof examples } },
    { keepPrevious: true, enabled: domain !== '' },
  );
  return { typed, setTyped, rows: domain === '' ? undefined : data?.rows, error };
}

function Try({ typed, setTyped, rows, error }: ReturnType<typeof useTried>) {
  return (
    <Section
      title="Try it"
      note="As if each of these started now, one after the other. What somebody has already counts as taken, and nothing is kept."
    >
      <div className={classes.pair}>
        <TextInput
          label="Given names"
          maxLength={200}
          value={typed.givenName}
          onChange={(event) => setTyped({ ...typed, givenName: event.currentTarget.value })}
        />
        <TextInput
          label="Family name"
          maxLength={200}
          value={typed.familyName}
          onChange={(event) => setTyped({ ...typed, familyName: event.currentTarget.value })}
        />
      </div>
      {rows === undefined || error !== null ? (
        <p className="gc-dimmed" style={{ marginTop: 16 }}>
          The addresses stand here as soon as pattern and domain can be used.
        </p>
      ) : (
        <div aria-live="polite" style={{ marginTop: 16 }}>
          <RowList
            rows={rows.map(({ givenName, familyName, address, words }, index) => ({
              key: String(index),
              title: address ?? 'No address',
              detail: `${[givenName, familyName].filter(Boolean).join(' ')}${index === 1 && rows.length > examples.length ? ', a second one of this name' : ''}. ${words}`,
            }))}
          />
        </div>
      )}
    </Section>
  );
}
