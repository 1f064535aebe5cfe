import { readFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import * as samlify from 'samlify';

/** A key and the certificate of it, as a provider has them. */
export type SigningKey = { privateKey: string; certificate: string };

const pem = (name: string) => readFileSync(path.join(import.meta.dirname, '..', 'certificates', name), 'utf8');
export const presentKey: SigningKey = { privateKey: pem('provider.key.pem'), certificate: pem('provider.pem') };
export const nextKey: SigningKey = { privateKey: pem('next-provider.key.pem'), certificate: pem('next-provider.pem') };

export const entityId = 'https://id.fernhill.example/saml';
const redirect = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect';
const attributeName = (name: string) => `<saml:Attribute Name="${name}" NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:basic">`;
const attribute = (name: string, values: string[]) =>
  `${attributeName(name)}${values.map((value) => `<saml:AttributeValue xsi:type="xs:string">${value}</saml:AttributeValue>`).join('')}</saml:Attribute>`;

samlify.setSchemaValidator({ validate: async () => 'well-formed' });

/** Whom it says is there, and what is different from a right answer. `at`: when it was made. */
export type Said = {
  nameId?: string;
  nameIdFormat?: string;
  attributes?: Record<string, string[]>;
  at?: Temporal.Instant;
  lastsSeconds?: number;
  /** Changes the text before it is signed. */
  before?: (xml: string) => string;
  key?: SigningKey;
  algorithm?: string;
  signs?: 'assertion' | 'both' | 'message';
};

/**
 * Answers a request of ours, found in the address to which we send the browser, as `samlify` does it: a response whose assertion is signed. Returns its XML.
 * `metadata`: ours.
 */
export async function answerTo(address: string, metadata: string, said: Said = {}): Promise<string> {
  const sp = samlify.ServiceProvider({
    metadata: said.signs === 'message' ? metadata.replace('WantAssertionsSigned="true"', 'WantAssertionsSigned="false"') : metadata,
    ...(said.signs === 'both' ? { wantMessageSigned: true } : {}),
  });
  const idp = samlify.IdentityProvider({
    entityID: entityId,
    privateKey: (said.key ?? presentKey).privateKey,
    signingCert: (said.key ?? presentKey).certificate,
    requestSignatureAlgorithm: said.algorithm ?? 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
    singleSignOnService: [{ Binding: redirect, Location: new URL(address).origin }],
  });
  const query = Object.fromEntries(new URL(address).searchParams);
  const request = query.SAMLRequest ? await idp.parseLoginRequest(sp, 'redirect', { query }) : null;
  const requestId = (request?.extract as { request?: { id: string } } | undefined)?.request?.id;
  const { context } = await idp.createLoginResponse(sp, (request ?? { extract: {} }) as never, 'post', {}, (template) => ({
    id: '_of-samlify',
    context: filled(template, sp, requestId, said),
  }));
  return Buffer.from(context, 'base64').toString();
}

type Sp = ReturnType<typeof samlify.ServiceProvider>;

function filled(template: string, sp: Sp, requestId: string | undefined, said: Said): string {
  const at = said.at ?? Temporal.Now.instant();
  const until = at.add({ seconds: said.lastsSeconds ?? 300 }).toString();
  const acs = sp.entityMeta.getAssertionConsumerService('post') as string;
  const nameId = said.nameId ?? 'owen@fernhill.example';
  const attributes = said.attributes ?? { email: [nameId], displayName: ['Owen Bright'] };
  const statements = {
    '{AuthnStatement}': `<saml:AuthnStatement AuthnInstant="${at}"><saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>`,
    '{AttributeStatement}': `<saml:AttributeStatement>${Object.entries(attributes)
      .map(([name, values]) => attribute(name, values))
      .join('')}</saml:AttributeStatement>`,
  };
  let text = requestId ? template : template.replaceAll(' InResponseTo="{InResponseTo}"', '');
  for (const [tag, value] of Object.entries(statements)) text = text.replace(tag, value);
  const xml = samlify.SamlLib.replaceTagsByValue(text, {
    ID: `_${crypto.randomUUID()}`,
    AssertionID: `_${crypto.randomUUID()}`,
    Destination: acs,
    Audience: sp.entityMeta.getEntityID(),
    SubjectRecipient: acs,
    Issuer: entityId,
    IssueInstant: at.toString(),
    StatusCode: 'urn:oasis:names:tc:SAML:2.0:status:Success',
    ConditionsNotBefore: at.toString(),
    ConditionsNotOnOrAfter: until,
    SubjectConfirmationDataNotOnOrAfter: until,
    NameIDFormat: said.nameIdFormat ?? 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
    NameID: nameId,
    InResponseTo: requestId ?? '',
  });
  return (said.before ?? ((same) => same))(xml);
}

/** Metadata of the provider, as its console gives it. */
export const metadataOf = (signInAddress: string, keys: SigningKey[] = [presentKey]): string =>
  samlify
    .IdentityProvider({
      entityID: entityId,
      signingCert: keys.map(({ certificate }) => certificate),
      singleSignOnService: [{ Binding: redirect, Location: signInAddress }],
    })
    .getMetadata();

/** A provider with pages, for the browser: it asks who one is, and lets the browser post the answer. `said` changes what it answers. */
export async function startSamlProvider(options: { metadata: () => Promise<string>; people: string[] }) {
  const server = http.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const running = {
    signInAddress: `http://127.0.0.1:${(server.address() as AddressInfo).port}/sso`,
    said: {} as Said,
    /** The last answer that it let the browser post: the form's fields. */
    last: '',
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  server.on('request', async (request, response) => {
    const url = new URL(request.url!, running.signInAddress);
    const nameId = url.searchParams.get('as');
    response.setHeader('content-type', 'text/html');
    if (nameId === null) {
      const links = options.people.map(
        (each) => `<p><a href="?${url.searchParams}&as=${encodeURIComponent(each)}">Sign in as ${each}</a></p>`,
      );
      return response.end(`<!doctype html><title>Provider</title><h1>The provider of the company</h1>${links.join('')}`);
    }
    const metadata = await options.metadata();
    const xml = await answerTo(url.href, metadata, { nameId, ...running.said });
    running.last = Buffer.from(xml).toString('base64');
    const action = /Location="([^"]+)"/.exec(metadata)![1];
    const relayState = '<input type="hidden" name="RelayState" value="https://evil.example/">';
    return response.end(
      `<!doctype html><form method="post" action="${action}"><input type="hidden" name="SAMLResponse" value="${running.last}">${relayState}</form><script>document.forms[0].submit()</script>`,
    );
  });
  return running;
}
