import { isDeepStrictEqual } from 'node:util';
import { checkSettings, type NewCompanySignIn, tidied } from '../identity/company/check-settings.ts';
import { refuseExchangeWhileOn, saveCompanySignIn } from '../identity/company/save-company-sign-in.ts';
import type { SignInEntry } from './configuration-shape.ts';
import type { Entry } from './parse-configuration.ts';
import { attempt, changeWords, type Push } from './push.ts';
import type { Current } from './read-current.ts';

/** What holds where neither the file nor the organization says anything. */
const usual = {
  clientId: null,
  signInAddress: null,
  certificates: [],
  groupsClaim: null,
  groupRoles: [],
  withoutGroup: 'employee',
  outsideRoster: 'refuse',
  sessionHours: 24,
} as const;

/** The company sign-in that an entry means, in the form in which it is kept; what it leaves out is as `there` has it. */
export function signInMeant(entry: SignInEntry, there: NewCompanySignIn | null): NewCompanySignIn {
  const given = Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined));
  return tidied({ ...usual, ...there, ...given } as NewCompanySignIn);
}

/**
 * How the company signs in through its own provider. The secret never stands in a file, and switching it on needs a try in a browser: both are done on the
 * page.
 */
export async function applySignIn(push: Push, { path, value }: Entry<SignInEntry>, { signIn: there }: Current): Promise<void> {
  const wanted = signInMeant(value, there);
  const [before, after]: Record<string, unknown>[] = [{}, {}];
  for (const [field, next] of Object.entries(wanted)) {
    const old = there?.[field as keyof NewCompanySignIn] ?? null;
    if (isDeepStrictEqual(old, next)) continue;
    before![field] = old;
    after![field] = next;
  }
  const line = { what: 'sign-in' as const, name: wanted.issuer };
  if (Object.keys(after!).length === 0) {
    push.lines.push({ ...line, change: 'same', words: '', before: null, after: null });
    return;
  }
  const fields = Object.fromEntries(Object.keys(wanted).map((field) => [field, field]));
  await attempt(push, path, fields, async () => {
    if (!push.dry) return saveCompanySignIn(push.ctx, wanted);
    await checkSettings(push.ctx, wanted);
    await refuseExchangeWhileOn(push.ctx, wanted);
  });
  const onPage = 'enter the secret, try it and switch it on in Settings, Company sign-in';
  if (there) push.lines.push({ ...line, change: 'changed', words: changeWords(before!, after!), before: before!, after: after! });
  else push.lines.push({ ...line, change: 'new', words: onPage, before: null, after: after! });
}
