import { Button, CopyButton } from '@mantine/core';
import type { ReactNode } from 'react';
import type { OutputOf } from '../../shell/call.ts';
import classes from './company.module.css';

export type Kind = NonNullable<OutputOf<'getCompanySignIn'>['settings']>['kind'];
type Ours = OutputOf<'getCompanySignIn'>['ours'];

export const kindWords: Record<Kind, string> = {
  google: 'Google Workspace',
  entra: 'Microsoft Entra ID (Microsoft 365)',
  okta: 'Okta',
  oidc: 'Another, by OpenID Connect',
  saml: 'Another, by SAML 2.0',
};

/** An address of ours, to be entered at the provider exactly as it stands. */
export function CopyLine({ label, value }: { label: string; value: string }) {
  return (
    <div className={classes.copy}>
      <p className="gc-small gc-dimmed">{label}</p>
      <div>
        <code>{value}</code>
        <CopyButton value={value}>
          {({ copied, copy }) => (
            <Button size="xs" onClick={copy} aria-label={`Copy: ${label}`}>
              {copied ? 'Copied' : 'Copy'}
            </Button>
          )}
        </CopyButton>
      </div>
    </div>
  );
}

/** What to do at the provider, step by step, with the exact addresses to copy. */
export function Guide({ kind, ours }: { kind: Kind; ours: Ours }) {
  const redirect = <CopyLine label="Redirect address" value={ours.redirect} />;
  const steps: Record<Kind, ReactNode[]> = {
    google: [
      'At console.cloud.google.com open APIs & Services, Credentials, and create an OAuth client ID for a web application.',
      <>Enter this as an authorized redirect URI: {redirect}</>,
      'On the consent screen choose Internal, so that accounts of your company alone can use it.',
      'Copy the client ID and the client secret into the fields below.',
      'Google sends no groups. Roles other than employee are given by hand on Members and roles.',
    ],
    entra: [
      'At entra.microsoft.com open App registrations and make a new one, for accounts in this organizational directory only.',
      <>Choose Web as the platform, and enter this redirect URI: {redirect}</>,
      'On its overview copy the application (client) ID. The directory (tenant) ID belongs into the issuer below: https://login.microsoftonline.com/TENANT/v2.0.',
      'Under Certificates & secrets make a client secret, and copy its value. Note when it ends.',
      'For roles by groups: Token configuration, Add groups claim, security groups. The claim is called groups and holds the object ids of the groups.',
    ],
    okta: [
      'In the admin console open Applications and create an app integration: OIDC, web application.',
      <>Enter this as a sign-in redirect URI: {redirect}</>,
      'Assign it to the people who may use Groundcrew.',
      'Copy the client ID and the client secret into the fields below. The issuer is the address of your Okta.',
      'For roles by groups: Sign On, OpenID Connect ID Token, a groups claim named groups that matches the regular expression .*',
    ],
    oidc: [
      'Make a confidential web client that uses the authorization code flow with PKCE.',
      <>Enter this as its redirect address: {redirect}</>,
      'It needs the scopes openid, email and profile, and signs id tokens with RS256 or ES256.',
      'Copy the issuer, the client id and the secret into the fields below. All addresses of the provider lie on the issuer’s own host.',
    ],
    saml: [
      <>
        Enter these, or let the provider read our metadata:{' '}
        <CopyLine label="Entity id (audience), and address of our metadata" value={ours.entityId} />
        <CopyLine label="Where answers go (assertion consumer service, POST)" value={ours.answer} />
      </>,
      'Let it sign assertions with RSA and SHA-256, and not encrypt them. The name id is lasting (persistent) or the work address.',
      'Let it send the attributes email and displayName, and groups where roles go by groups.',
      'Paste its metadata below, or fill in the fields.',
    ],
  };
  return (
    <ol className={classes.steps}>
      {steps[kind].map((step, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the steps of a kind never move.
        <li key={index}>{step}</li>
      ))}
    </ol>
  );
}
