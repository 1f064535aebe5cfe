import { Button, NativeSelect, PasswordInput, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Problem } from '../../design/problem.tsx';
import { Section } from '../../design/section.tsx';
import { ZonedTime } from '../../design/zoned-time.tsx';
import { fieldProblems, problemProps } from '../../shell/api-problem.ts';
import { useAct } from '../../shell/use-call.ts';
import classes from '../settings.module.css';
import { type CompanySettings, type Draft, withKind } from './draft.ts';
import { Guide, type Kind, kindWords } from './guide.tsx';

type ProviderPartProps = {
  draft: Draft;
  onChange: (change: Partial<Draft>) => void;
  problems: Record<string, string>;
  stored: CompanySettings;
};

const issuerHints: Record<Kind, string> = {
  google: 'The same for every company.',
  entra: 'https://login.microsoftonline.com/TENANT/v2.0, with the id of your tenant.',
  okta: 'https://your-company.okta.com',
  oidc: 'An address that begins with https://. Its description lies below /.well-known/openid-configuration.',
  saml: 'As it stands in its metadata.',
};

/** Which provider, what to do there, and what it gave. */
export function ProviderPart({ draft, onChange, problems, stored }: ProviderPartProps) {
  const isSaml = draft.kind === 'saml';
  return (
    <Section title="The provider">
      <div className={classes.form}>
        <NativeSelect
          label="Where your people sign in"
          data={Object.entries(kindWords).map(([value, label]) => ({ value, label }))}
          value={draft.kind}
          onChange={(event) => onChange(withKind(draft, event.currentTarget.value as Kind))}
        />
      </div>
      <Guide kind={draft.kind} ours={stored.ours} />
      <div className={classes.form}>
        {isSaml && <Metadata onRead={onChange} />}
        <TextInput
          label={isSaml ? 'Entity id of the provider' : 'Issuer'}
          description={issuerHints[draft.kind]}
          required
          readOnly={draft.kind === 'google'}
          autoComplete="off"
          value={draft.issuer}
          error={problems.issuer}
          onChange={(event) => onChange({ issuer: event.currentTarget.value })}
        />
        {isSaml ? (
          <SamlFields draft={draft} onChange={onChange} problems={problems} stored={stored} />
        ) : (
          <>
            <TextInput
              label="Client id"
              required
              autoComplete="off"
              value={draft.clientId}
              error={problems.clientId}
              onChange={(event) => onChange({ clientId: event.currentTarget.value })}
            />
            <PasswordInput
              label="Client secret"
              description="Kept sealed, and never shown again."
              autoComplete="off"
              placeholder={stored.settings?.hasSecret === true ? 'Kept; enter it only to replace it' : undefined}
              value={draft.clientSecret}
              error={problems.clientSecret}
              onChange={(event) => onChange({ clientSecret: event.currentTarget.value })}
            />
          </>
        )}
      </div>
    </Section>
  );
}

function Metadata({ onRead }: { onRead: (change: Partial<Draft>) => void }) {
  const [text, setText] = useState('');
  const read = useAct('readSamlMetadata', {
    changes: [],
    onDone: ({ issuer, signInAddress, certificates }) =>
      onRead({ issuer, signInAddress, certificates: certificates.map(asPem).join('\n') }),
  });
  const problem = fieldProblems(read.error).metadata;
  return (
    <>
      <Textarea
        label="Metadata of the provider"
        description="Paste the XML; the fields below are filled from it. Or fill them in by hand."
        rows={4}
        spellCheck={false}
        value={text}
        error={problem}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {read.error !== null && problem === undefined && <Problem {...problemProps(read.error)} />}
      <div className={classes.acts}>
        <Button disabled={text.trim() === ''} loading={read.isPending} onClick={() => read.mutate({ body: { metadata: text } })}>
          Fill in from it
        </Button>
      </div>
    </>
  );
}

const asPem = (text: string) => (text.includes('-----') ? text : `-----BEGIN CERTIFICATE-----\n${text}\n-----END CERTIFICATE-----`);

function SamlFields({ draft, onChange, problems, stored }: ProviderPartProps) {
  return (
    <>
      <TextInput
        label="Sign-in address"
        description="Where the browser is sent (single sign-on service, redirect binding)."
        required
        autoComplete="off"
        value={draft.signInAddress}
        error={problems.signInAddress}
        onChange={(event) => onChange({ signInAddress: event.currentTarget.value })}
      />
      <Textarea
        label="Certificates"
        description="With which the provider signs. Two, one below the other, while one follows the other."
        required
        rows={5}
        spellCheck={false}
        value={draft.certificates}
        error={problems.certificates}
        onChange={(event) => onChange({ certificates: event.currentTarget.value })}
      />
      {stored.certificates.map(({ subject, endsAt }) => (
        <p key={endsAt + subject} className="gc-small gc-dimmed">
          Stored: {subject}, ends <ZonedTime instant={endsAt} />
        </p>
      ))}
    </>
  );
}
