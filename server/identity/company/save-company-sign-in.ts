import { appendAudit } from '../../platform/audit.ts';
import type { Context } from '../../platform/context.ts';
import { conflict, notFound } from '../../platform/errors.ts';
import { seal } from '../../platform/secrets.ts';
import { refuseWaysInByToken } from '../members/wide-roles.ts';
import { checkSettings, type NewCompanySignIn } from './check-settings.ts';
import { type CompanySignIn, findCompanySignIn, fingerprintOf, secretBinding } from './company-sign-in.ts';
import { tellOwnersOfWaysIn } from './tell-owners-of-ways-in.ts';

/**
 * Sets up how the company signs in, or changes it. Another provider has to be tried again, and while the company's sign-in is switched on it is not
 * exchanged (409): whoever comes in by it now would be locked out.
 */
export async function saveCompanySignIn(ctx: Context, input: NewCompanySignIn): Promise<void> {
  refuseWaysInByToken(ctx);
  await checkSettings(ctx, input);
  await refuseExchangeWhileOn(ctx, input);
  const before = await findCompanySignIn(ctx);
  const secret =
    input.clientSecret === undefined || input.kind === 'saml'
      ? {}
      : {
          client_secret:
            input.clientSecret === '' ? null : seal(ctx.platform.secretKey, secretBinding(ctx.organizationId), input.clientSecret),
        };
  const row = {
    kind: input.kind,
    issuer: input.issuer,
    client_id: input.clientId,
    sign_in_address: input.signInAddress,
    certificates: input.certificates,
    domains: input.domains,
    groups_claim: input.groupsClaim,
    group_roles: JSON.stringify(input.groupRoles),
    without_group: input.withoutGroup,
    outside_roster: input.outsideRoster,
    session_hours: input.sessionHours,
    changed_at: ctx.now.toString(),
    ...secret,
  };
  await ctx.db
    .insertInto('identity_company_sign_in')
    .values({ organization_id: ctx.organizationId, ...row })
    .onConflict((c) => c.column('organization_id').doUpdateSet(row))
    .execute();
  const { clientSecret, ...shown } = input;
  await appendAudit(ctx, {
    action: 'company-sign-in.changed',
    subject: { kind: 'organization', id: ctx.organizationId },
    before: before && audited(before),
    after: { ...audited({ ...before, ...shown } as CompanySignIn), ...(clientSecret === undefined ? {} : { clientSecret: 'set anew' }) },
  });
  if (before?.onSince) await tellOwnersOfWaysIn(ctx, 'changed how people come in through the company’s own sign-in');
}

/** Throws a conflict where another provider would take the place of one that is switched on. */
export async function refuseExchangeWhileOn(ctx: Context, input: NewCompanySignIn): Promise<void> {
  const before = await findCompanySignIn(ctx);
  if (!before?.onSince || fingerprintOf(before).equals(fingerprintOf(input))) return;
  throw conflict('switched_on', 'The company sign-in is switched on. Switch it off before you name another provider; nothing was changed.');
}

const audited = ({ kind, issuer, clientId, signInAddress, certificates, domains, ...more }: CompanySignIn) => ({
  kind,
  issuer,
  clientId,
  signInAddress,
  certificates: certificates.length,
  domains,
  groupsClaim: more.groupsClaim,
  groupRoles: more.groupRoles,
  withoutGroup: more.withoutGroup,
  outsideRoster: more.outsideRoster,
  sessionHours: more.sessionHours,
});

/** Removes the settings; sessions that it opened end. Refused (409) while it is switched on. */
export async function removeCompanySignIn(ctx: Context): Promise<void> {
  refuseWaysInByToken(ctx);
  const before = await findCompanySignIn(ctx);
  if (!before) throw notFound('company sign-in');
  if (before.onSince) throw conflict('switched_on', 'The company sign-in is switched on. Switch it off first; nothing was changed.');
  await ctx.db.deleteFrom('identity_company_sign_in').execute();
  await appendAudit(ctx, {
    action: 'company-sign-in.removed',
    subject: { kind: 'organization', id: ctx.organizationId },
    before: audited(before),
  });
}
