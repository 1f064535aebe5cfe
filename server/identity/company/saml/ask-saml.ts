import { SAML, type SamlConfig, ValidateInResponseTo } from '@node-saml/node-saml';
import type { CompanySignIn } from '../company-sign-in.ts';
import { refuseSignIn } from '../refuse-sign-in.ts';
import { checkShape } from './check-shape.ts';
import { parseXml } from './parse-xml.ts';
import { type ReadAssertion, readAssertion } from './read-assertion.ts';

type Provider = Pick<CompanySignIn, 'issuer' | 'signInAddress' | 'certificates' | 'groupsClaim'>;
type Ours = { entityId: string; answer: string };

// Times are compared with our own clock, and requests found in our own tables, once the signature holds.
const optionsFor = ({ signInAddress, certificates }: Provider, { entityId, answer }: Ours): SamlConfig => ({
  entryPoint: signInAddress!,
  idpCert: certificates,
  issuer: entityId,
  audience: entityId,
  callbackUrl: answer,
  wantAssertionsSigned: true,
  wantAuthnResponseSigned: false,
  validateInResponseTo: ValidateInResponseTo.never,
  acceptedClockSkewMs: -1,
  identifierFormat: null,
  disableRequestedAuthnContext: true,
});

/** Where the browser goes to sign in: a request with this id by the redirect binding (SAML 2.0 Bindings, section 3.4). No relay state is sent. */
export function addressOfSamlProvider(provider: Provider, ours: Ours, requestId: string): Promise<string> {
  return new SAML({ ...optionsFor(provider, ours), generateUniqueId: () => requestId }).getAuthorizeUrlAsync('', undefined, {});
}

/**
 * Reads the answer of a provider by the POST binding. What is returned comes from the bytes that the signature covers and from nothing else of the
 * answer. Throws a Refusal in words; whether it was asked for and is new is the caller's to find out.
 */
export async function readSamlAnswer(provider: Provider, ours: Ours, encoded: string, now: Temporal.Instant): Promise<ReadAssertion> {
  const text = decoded(encoded);
  checkShape(parsed(text), ours.answer);
  const { issuer, groupsClaim } = provider;
  const signed = parsed(await signedAssertion(provider, ours, text));
  return readAssertion(signed, { issuer, entityId: ours.entityId, answerAddress: ours.answer, groupsClaim, now });
}

async function signedAssertion(provider: Provider, ours: Ours, text: string): Promise<string> {
  try {
    const { profile } = await new SAML(optionsFor(provider, ours)).validatePostResponseAsync({
      SAMLResponse: Buffer.from(text).toString('base64'),
    });
    return profile!.getAssertionXml!();
  } catch (error) {
    const { message } = error as Error;
    throw refuseSignIn(/audience/i.test(message) ? 'wrong_audience' : /signature/i.test(message) ? 'bad_signature' : 'bad_answer', message);
  }
}

function decoded(encoded: string): string {
  const bare = encoded.replaceAll(/\s/g, '');
  try {
    if (/^[A-Za-z0-9+/]+={0,2}$/.test(bare)) return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(bare, 'base64'));
  } catch {
    // Said below.
  }
  throw refuseSignIn('bad_answer', 'not base64 of UTF-8');
}

function parsed(text: string) {
  try {
    return parseXml(text);
  } catch (error) {
    throw refuseSignIn('bad_answer', (error as Error).message);
  }
}
