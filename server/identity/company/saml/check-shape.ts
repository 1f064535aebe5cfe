import { refuseSignIn } from '../refuse-sign-in.ts';
import { childrenOf, type Element, everyElement, samlNames } from './parse-xml.ts';

const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const transforms = ['http://www.w3.org/2000/09/xmldsig#enveloped-signature', exclusive];
const signing = ['http://www.w3.org/2001/04/xmldsig-more#rsa-sha256', 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512'];
const digests = ['http://www.w3.org/2001/04/xmlenc#sha256', 'http://www.w3.org/2001/04/xmlenc#sha512'];

/**
 * Refuses a response of any other shape than: one response, in it one signed assertion, each signature the child of what it signs and nothing
 * hidden anywhere. Attacks that wrap a signed assertion into another need a second assertion, an id that comes twice, or a signature that points
 * elsewhere; none of these is taken, whatever the library says of the signature afterwards. (SAML 2.0 Core, section 5.4.)
 */
export function checkShape(root: Element, answerAddress: string): void {
  const wrong = (why: string) => refuseSignIn('bad_answer', why);
  if (root.name !== 'Response' || root.uri !== samlNames.protocol) throw wrong('no response');
  refuseUnlessSuccess(root);
  const destination = root.attributes.get('Destination');
  if (destination !== undefined && destination !== answerAddress) throw refuseSignIn('wrong_audience', `destination ${destination}`);
  const all = [...everyElement(root)];
  if (all.some(({ name }) => name === 'EncryptedAssertion' || name === 'EncryptedID')) throw refuseSignIn('encrypted');
  const assertions = all.filter(({ name }) => name === 'Assertion');
  const [assertion] = childrenOf(root, samlNames.assertion, 'Assertion');
  if (assertions.length !== 1 || !assertion) throw wrong(`${assertions.length} assertions`);
  refuseDoubledIds(all);
  const signed = [root, assertion];
  const signatures = signed.flatMap((parent) =>
    childrenOf(parent, samlNames.signature, 'Signature').map((signature) => ({ parent, signature })),
  );
  if (all.filter(({ name }) => name === 'Signature').length !== signatures.length) throw wrong('a signature elsewhere');
  if (!signatures.some(({ parent }) => parent === assertion)) throw refuseSignIn('not_signed');
  for (const parent of signed)
    if (signatures.filter((each) => each.parent === parent).length > 1) throw wrong('two signatures of one element');
  for (const { parent, signature } of signatures) checkSignature(signature, parent);
}

function refuseUnlessSuccess(root: Element): void {
  const [status] = childrenOf(root, samlNames.protocol, 'Status');
  const code = status && childrenOf(status, samlNames.protocol, 'StatusCode')[0]?.attributes.get('Value');
  if (code !== 'urn:oasis:names:tc:SAML:2.0:status:Success') throw refuseSignIn('provider_refused', code ?? 'no status');
}

function refuseDoubledIds(all: Element[]): void {
  const seen = new Set<string>();
  for (const { attributes } of all) {
    for (const [name, value] of attributes) {
      if (name.toLowerCase() !== 'id') continue;
      if (seen.has(value)) throw refuseSignIn('bad_answer', `the id ${value} comes twice`);
      seen.add(value);
    }
  }
}

function checkSignature(signature: Element, parent: Element): void {
  const wrong = (why: string) => refuseSignIn('bad_answer', why);
  const only = (inside: Element, name: string): Element => {
    const found = [...everyElement(inside)].filter((each) => each.name === name);
    if (found.length !== 1 || found[0]!.uri !== samlNames.signature) throw wrong(`${found.length} × ${name} in a signature`);
    return found[0]!;
  };
  const algorithm = (element: Element) => element.attributes.get('Algorithm') ?? '';
  if (signature.children.some(({ name }) => !['SignedInfo', 'SignatureValue', 'KeyInfo'].includes(name)))
    throw wrong('an object in a signature');
  const info = only(signature, 'SignedInfo');
  if (algorithm(only(info, 'CanonicalizationMethod')) !== exclusive) throw wrong('another canonicalization');
  const reference = only(info, 'Reference');
  const id = parent.attributes.get('ID');
  if (!id || reference.attributes.get('URI') !== `#${id}`) throw wrong('a signature of something else');
  const used = [...everyElement(reference)].filter(({ name }) => name === 'Transform').map(algorithm);
  if (used.length > 2 || used.some((each) => !transforms.includes(each)) || !used.includes(transforms[0]!))
    throw wrong(`transforms ${used}`);
  const methods: [string, string[]][] = [
    [algorithm(only(info, 'SignatureMethod')), signing],
    [algorithm(only(reference, 'DigestMethod')), digests],
  ];
  for (const [method, allowed] of methods)
    if (!allowed.includes(method)) throw refuseSignIn(/sha1$/.test(method) ? 'weak_signature' : 'bad_signature', method);
}
