import { invalid } from '../../../platform/errors.ts';
import { childrenOf, type Element, everyElement, parseXml, samlNames } from './parse-xml.ts';

const redirect = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect';

/** Reads what a provider says of itself (SAML 2.0 Metadata): entity id, where the browser is sent, the certificates it signs with. Throws 422 in words. */
export function readMetadata(text: string): { issuer: string; signInAddress: string; certificates: string[] } {
  const wrong = (message: string) => invalid('bad_metadata', message, [{ field: 'metadata', message }]);
  const entities = entitiesOf(text.trim().replace(/^\uFEFF/, ''));
  if (!entities) throw wrong('This is no metadata. It is XML and begins with <EntityDescriptor or <md:EntityDescriptor.');
  const [entity, ...more] = entities.filter((each) => childrenOf(each, samlNames.metadata, 'IDPSSODescriptor').length > 0);
  if (!entity) throw wrong('This is not the metadata of a provider. Take the one that is called IdP or federation metadata.');
  if (more.length > 0) throw wrong('This describes several providers. Take the metadata of yours alone.');
  const [descriptor] = childrenOf(entity, samlNames.metadata, 'IDPSSODescriptor');
  const service = childrenOf(descriptor!, samlNames.metadata, 'SingleSignOnService').find(
    ({ attributes }) => attributes.get('Binding') === redirect,
  );
  if (!service) throw wrong('The provider offers no sign-in by the redirect binding (HTTP-Redirect), which Groundcrew uses.');
  const keys = childrenOf(descriptor!, samlNames.metadata, 'KeyDescriptor').filter(
    ({ attributes }) => attributes.get('use') !== 'encryption',
  );
  const certificates = keys.flatMap((key) =>
    [...everyElement(key)].filter(({ name }) => name === 'X509Certificate').map((each) => each.text.trim()),
  );
  if (certificates.length === 0) throw wrong('There is no certificate in it with which the provider signs.');
  return {
    issuer: entity.attributes.get('entityID') ?? '',
    signInAddress: service.attributes.get('Location') ?? '',
    certificates: [...new Set(certificates)],
  };
}

function entitiesOf(text: string): Element[] | null {
  try {
    const root = parseXml(text, { withComments: true });
    if (root.name === 'EntityDescriptor' && root.uri === samlNames.metadata) return [root];
    return root.name === 'EntitiesDescriptor' ? childrenOf(root, samlNames.metadata, 'EntityDescriptor') : null;
  } catch {
    return null;
  }
}
