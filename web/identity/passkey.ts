import { call } from '../shell/call.ts';

/** Why a passkey did not come about, in words for the person at the browser. */
export class PasskeyProblem extends Error {}

/** Whether this browser, at this address, can use passkeys: it needs HTTPS or localhost, and a name instead of a number. */
export const canUsePasskeys = (): boolean =>
  window.isSecureContext &&
  'PublicKeyCredential' in window &&
  !/^[\d.]+$|:/.test(location.hostname) &&
  'parseCreationOptionsFromJSON' in PublicKeyCredential;

const inWords = (error: unknown): never => {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'InvalidStateError') throw new PasskeyProblem('This device has a passkey for you already. Nothing was added.');
  if (name === 'NotAllowedError' || name === 'AbortError') {
    throw new PasskeyProblem('No passkey was used: the question was closed, or took too long. Try again.');
  }
  if (name === 'SecurityError')
    throw new PasskeyProblem('Passkeys work only at the address that Groundcrew was set up with. Open that address.');
  throw error;
};

/** Makes a passkey for who is signing up or signed in. The first one signs them in. */
export async function makePasskey(name: string): Promise<void> {
  const { options } = await call('beginPasskey');
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options as unknown as PublicKeyCredentialCreationOptionsJSON);
  const made = (await navigator.credentials.create({ publicKey }).catch(inWords)) as PublicKeyCredential;
  await call('addPasskey', { body: { name, response: made.toJSON() as unknown as Record<string, unknown> } });
}

/** Signs in with a passkey that this browser offers. */
export async function signInWithPasskey(): Promise<void> {
  const { options } = await call('beginPasskeySignIn');
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options as unknown as PublicKeyCredentialRequestOptionsJSON);
  const used = (await navigator.credentials.get({ publicKey }).catch(inWords)) as PublicKeyCredential;
  await call('signInWithPasskey', { body: { response: used.toJSON() as unknown as Record<string, unknown> } });
}
