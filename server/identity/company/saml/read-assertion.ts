import type { ProvenIdentity } from '../proven-identity.ts';
import { refuseSignIn } from '../refuse-sign-in.ts';
import { childrenOf, type Element, samlNames } from './parse-xml.ts';

export type ReadAssertion = { proven: ProvenIdentity; requestId: string; assertionId: string; expiresAt: Temporal.Instant };

type Expected = { issuer: string; entityId: string; answerAddress: string; groupsClaim: string | null; now: Temporal.Instant };

const clockTolerance = { minutes: 2 };
const bearer = 'urn:oasis:names:tc:SAML:2.0:cm:bearer';
const transient = 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient';
const of = (element: Element, name: string) => childrenOf(element, samlNames.assertion, name);

/**
 * Reads who somebody is from an assertion whose signature holds, and checks for whom, by whom, until when and in answer to what it was made (SAML 2.0
 * Profiles, section 4.1.4.3). Two minutes of difference between the clocks are allowed. Throws a Refusal in words.
 */
export function readAssertion(assertion: Element, expected: Expected): ReadAssertion {
  const assertionId = assertion.attributes.get('ID');
  if (!assertionId) throw refuseSignIn('bad_answer', 'no id');
  if (of(assertion, 'Issuer')[0]?.text.trim() !== expected.issuer) throw refuseSignIn('wrong_issuer', of(assertion, 'Issuer')[0]?.text);
  const conditions = of(assertion, 'Conditions');
  const subjects = of(assertion, 'Subject');
  if (conditions.length !== 1 || subjects.length !== 1) throw refuseSignIn('bad_answer', 'not one subject and one condition');
  const restrictions = of(conditions[0]!, 'AudienceRestriction');
  const isForUs = (restriction: Element) => of(restriction, 'Audience').some(({ text }) => text.trim() === expected.entityId);
  if (restrictions.length === 0 || !restrictions.every(isForUs)) throw refuseSignIn('wrong_audience');
  checkTimes(conditions[0]!, expected.now);
  for (const statement of of(assertion, 'AuthnStatement')) {
    const until = statement.attributes.get('SessionNotOnOrAfter');
    if (until !== undefined && isOver(until, expected.now)) throw refuseSignIn('expired', 'the session at the provider is over');
  }
  if (of(assertion, 'AuthnStatement').length === 0) throw refuseSignIn('bad_answer', 'it says nothing of a sign-in');
  const data = confirmationOf(subjects[0]!, expected);
  const proven = provenBy(assertion, subjects[0]!, expected);
  const requestId = data.attributes.get('InResponseTo');
  if (!requestId) throw refuseSignIn('unasked');
  const expiresAt = instantOf(data.attributes.get('NotOnOrAfter')!).add(clockTolerance);
  return { proven, requestId, assertionId, expiresAt };
}

function confirmationOf(subject: Element, expected: Expected): Element {
  const all = of(subject, 'SubjectConfirmation')
    .filter(({ attributes }) => attributes.get('Method') === bearer)
    .flatMap((confirmation) => of(confirmation, 'SubjectConfirmationData'));
  if (all.length === 0) throw refuseSignIn('bad_answer', 'no bearer confirmation');
  const ours = all.filter(({ attributes }) => attributes.get('Recipient') === expected.answerAddress);
  if (ours.length !== 1) throw refuseSignIn('wrong_audience', `recipient ${all[0]!.attributes.get('Recipient')}`);
  if (!ours[0]!.attributes.get('NotOnOrAfter')) throw refuseSignIn('bad_answer', 'a confirmation without end');
  checkTimes(ours[0]!, expected.now);
  return ours[0]!;
}

function checkTimes({ attributes }: Element, now: Temporal.Instant): void {
  const from = attributes.get('NotBefore');
  const until = attributes.get('NotOnOrAfter');
  if (from !== undefined && Temporal.Instant.compare(now.add(clockTolerance), instantOf(from)) < 0)
    throw refuseSignIn('expired', `not before ${from}`);
  if (until !== undefined && isOver(until, now)) throw refuseSignIn('expired', `not on or after ${until}`);
}

const isOver = (until: string, now: Temporal.Instant) => Temporal.Instant.compare(now.subtract(clockTolerance), instantOf(until)) >= 0;

function instantOf(text: string): Temporal.Instant {
  try {
    return Temporal.Instant.from(text);
  } catch {
    throw refuseSignIn('bad_answer', `no instant: ${text}`);
  }
}

const addressNames = [
  'email',
  'mail',
  'emailaddress',
  'urn:oid:0.9.2342.19200300.100.1.3',
  'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress',
];
const nameNames = ['displayname', 'name', 'urn:oid:2.16.840.1.113730.3.1.241', 'http://schemas.microsoft.com/identity/claims/displayname'];
const looksLikeAddress = (text: string | undefined): text is string =>
  text !== undefined && text.length <= 320 && /^[^\s@]+@[^\s@]+$/.test(text);

function provenBy(assertion: Element, subject: Element, { issuer, groupsClaim }: Expected): ProvenIdentity {
  const nameIds = of(subject, 'NameID');
  const subjectText = nameIds[0]?.text.trim() ?? '';
  if (nameIds.length !== 1 || subjectText === '' || nameIds[0]!.children.length > 0 || nameIds[0]!.attributes.get('Format') === transient) {
    throw refuseSignIn('no_subject');
  }
  const attributes = new Map<string, string[]>();
  for (const attribute of of(assertion, 'AttributeStatement').flatMap((statement) => of(statement, 'Attribute'))) {
    const name = attribute.attributes.get('Name') ?? '';
    const values = of(attribute, 'AttributeValue').map(({ text }) => text.trim());
    attributes.set(name, [...(attributes.get(name) ?? []), ...values.filter((value) => value !== '')]);
  }
  const firstOf = (names: string[]) => [...attributes].find(([name]) => names.includes(name.toLowerCase()))?.[1][0];
  const address = [firstOf(addressNames), subjectText].find(looksLikeAddress) ?? null;
  return {
    issuer,
    subject: subjectText,
    address,
    // The company's own provider has signed it.
    isVerified: address === null ? null : true,
    name: firstOf(nameNames) ?? null,
    groups: groupsClaim === null ? [] : (attributes.get(groupsClaim) ?? []),
    claims: [
      { name: 'NameID', value: subjectText },
      ...[...attributes].slice(0, 50).map(([name, values]) => ({ name, value: values.join(', ').slice(0, 500) })),
    ],
  };
}
