import type { InputOf, OutputOf } from '../../shell/call.ts';
import type { Kind } from './guide.tsx';

export type CompanySettings = OutputOf<'getCompanySignIn'>;
type Saved = InputOf<'saveCompanySignIn'>['body'];
export type MappedRole = NonNullable<Saved['groupRoles']>[number]['role'];

/** The form as it is typed: lists as text. `clientSecret` '' leaves the stored one as it is. */
export type Draft = {
  kind: Kind;
  issuer: string;
  clientId: string;
  clientSecret: string;
  signInAddress: string;
  certificates: string;
  domains: string;
  groupsClaim: string;
  groupRoles: { group: string; role: MappedRole }[];
  withoutGroup: 'employee' | 'refuse';
  outsideRoster: 'refuse' | 'admit';
  sessionHours: number;
};

const googleIssuer = 'https://accounts.google.com';

/** What the form begins with: what is stored, or what most companies want. */
export function draftOf({ settings }: CompanySettings, domain: string): Draft {
  if (settings === null) {
    return {
      kind: 'google',
      issuer: googleIssuer,
      clientId: '',
      clientSecret: '',
      signInAddress: '',
      certificates: '',
      domains: domain,
      groupsClaim: '',
      groupRoles: [],
      withoutGroup: 'employee',
      outsideRoster: 'refuse',
      sessionHours: 24,
    };
  }
  return {
    ...settings,
    clientId: settings.clientId ?? '',
    clientSecret: '',
    signInAddress: settings.signInAddress ?? '',
    certificates: (settings.certificates ?? []).join('\n'),
    domains: settings.domains.join(', '),
    groupsClaim: settings.groupsClaim ?? '',
    groupRoles: settings.groupRoles ?? [],
  };
}

/** Another kind of provider: what only the kind before knew goes. */
export const withKind = (draft: Draft, kind: Kind): Draft => ({
  ...draft,
  kind,
  issuer: kind === 'google' ? googleIssuer : draft.issuer === googleIssuer ? '' : draft.issuer,
  groupsClaim: kind === 'google' ? '' : draft.groupsClaim,
  groupRoles: kind === 'google' ? [] : draft.groupRoles,
});

/** Certificates as they were pasted: each with its heading, or one bare text. */
export function splitCertificates(text: string): string[] {
  const found = text.match(/-----BEGIN[\s\S]*?-----END[^-]*-----/g);
  return found ?? (text.trim() === '' ? [] : [text.trim()]);
}

/** The form as the server takes it. */
export function bodyOf(draft: Draft): Saved {
  return {
    kind: draft.kind,
    issuer: draft.issuer,
    clientId: draft.clientId,
    ...(draft.clientSecret === '' ? {} : { clientSecret: draft.clientSecret }),
    signInAddress: draft.signInAddress,
    certificates: splitCertificates(draft.certificates),
    domains: draft.domains.split(/[\s,;]+/).filter((domain) => domain !== ''),
    groupsClaim: draft.groupsClaim,
    groupRoles: draft.groupRoles.filter(({ group }) => group.trim() !== ''),
    withoutGroup: draft.withoutGroup,
    outsideRoster: draft.outsideRoster,
    sessionHours: draft.sessionHours,
  };
}
