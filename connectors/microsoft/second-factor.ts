import { type AccountTarget, type Answer, ConnectorError, type Json, type Shown, textOf } from '../kit/index.ts';
import { allOf, type MicrosoftSession, userPath } from './call.ts';
import { existing } from './change-status.ts';
import { rights } from './rights.ts';
import { gone, isThere } from './security.ts';
import { idOf } from './user.ts';

/** Where each kind of method is deleted. The password is none of them: it stays. */
const folders: Record<string, string> = {
  emailAuthenticationMethod: 'emailMethods',
  externalAuthenticationMethod: 'externalAuthenticationMethods',
  fido2AuthenticationMethod: 'fido2Methods',
  microsoftAuthenticatorAuthenticationMethod: 'microsoftAuthenticatorMethods',
  phoneAuthenticationMethod: 'phoneMethods',
  platformCredentialAuthenticationMethod: 'platformCredentialMethods',
  softwareOathAuthenticationMethod: 'softwareOathMethods',
  temporaryAccessPassAuthenticationMethod: 'temporaryAccessPassMethods',
  windowsHelloForBusinessAuthenticationMethod: 'windowsHelloForBusinessMethods',
};

const kindOf = (method: Json): string => (textOf(method['@odata.type']) ?? '').replace('#microsoft.graph.', '');

async function methodsOf(session: MicrosoftSession, userId: string): Promise<Json[]> {
  const options = { right: rights.secondFactor };
  const all = await allOf(session, `${userPath(userId)}/authentication/methods`, options);
  return all.filter((method) => kindOf(method) !== 'passwordAuthenticationMethod');
}

/** Deletes all methods but the password, also those for a forgotten password. The default one goes last: Graph refuses it while there are others. */
export async function resetSecondFactor(session: MicrosoftSession, { externalId }: AccountTarget): Promise<Answer> {
  await existing(session, externalId);
  const methods = await methodsOf(session, externalId);
  if (methods.length === 0) return { answered: 'The account had no second factor. Nothing was sent.', changed: false };
  const refused: Json[] = [];
  for (const method of methods) {
    try {
      await remove(session, externalId, method);
    } catch (error) {
      if (!(error instanceof ConnectorError) || error.status !== 400) throw error;
      refused.push(method);
    }
  }
  for (const method of refused) await remove(session, externalId, method);
  return { answered: `Microsoft forgot ${methods.length} second factors of the account.`, changed: true };
}

async function remove(session: MicrosoftSession, userId: string, method: Json): Promise<void> {
  const folder = folders[kindOf(method)];
  const base = `${userPath(userId)}/authentication`;
  if (folder === undefined && kindOf(method) !== 'qrCodePinAuthenticationMethod')
    throw new ConnectorError('unsupported', `Microsoft shows a second factor that cannot be deleted from here (${kindOf(method)}).`);
  const path = folder === undefined ? `${base}/qrCodePinMethod` : `${base}/${folder}/${encodeURIComponent(idOf(method))}`;
  await session.http.delete(path, { right: rights.secondFactor, accept: [404] });
}

export async function showsSecondFactorReset(session: MicrosoftSession, { externalId }: AccountTarget): Promise<Shown> {
  if (!(await isThere(session, externalId))) return gone;
  const { length } = await methodsOf(session, externalId);
  if (length === 0) return { done: true, words: 'Microsoft shows no second factor.' };
  return { done: false, words: `Microsoft still shows ${length} second ${length === 1 ? 'factor' : 'factors'}.` };
}
