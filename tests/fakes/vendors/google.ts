import { generateKeyPairSync } from 'node:crypto';
import { decodeProtectedHeader, jwtVerify } from 'jose';
import { directoryRoutes } from './google-directory.ts';
import { serviceRoutes } from './google-services.ts';
import { domain, findUser, type GoogleState, googleManners, googleState, userId } from './google-state.ts';
import { type FakeAnswer, type FakeRequest, startFake } from './start-fake.ts';
import { fixtureSecret, type RunningVendor, type VendorFixture } from './vendor-fixture.ts';

const keys = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const clientAddress = 'groundcrew@acme-project.iam.gserviceaccount.com';

const key = JSON.stringify({
  type: 'service_account',
  project_id: 'acme-project',
  private_key_id: fixtureSecret,
  private_key: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }),
  client_email: clientAddress,
  client_id: '110000000000000000001',
  token_uri: 'https://oauth2.googleapis.com/token',
});

const configured = (address: string) => ({ settings: { administrator: `admin@${domain}`, baseUrl: address }, secrets: { key } });

const refused = (status: number, error: string, error_description: string): FakeAnswer => ({ status, body: { error, error_description } });

/** The exchange of an assertion for a token (RFC 7523): it is checked as Google checks it, but for the time. */
async function exchange(state: GoogleState, { body }: FakeRequest): Promise<FakeAnswer> {
  try {
    if (decodeProtectedHeader(body.assertion).kid !== fixtureSecret) return refused(400, 'invalid_grant', 'Invalid JWT Signature.');
    const { payload } = await jwtVerify(body.assertion, keys.publicKey, {
      issuer: clientAddress,
      audience: 'https://oauth2.googleapis.com/token',
      currentDate: new Date(1_000 * (JSON.parse(Buffer.from(body.assertion.split('.')[1], 'base64url').toString()).iat + 1)),
      maxTokenAge: 3_600,
    });
    const asked = String(payload.scope).split(' ');
    if (state.delegated !== null && !asked.every((scope) => state.delegated!.has(scope))) {
      const words =
        'Client is unauthorized to retrieve access tokens using this method, or client not authorized for any of the scopes requested.';
      return refused(401, 'unauthorized_client', words);
    }
    const subject = findUser(state, payload.sub ?? '');
    if (!subject || subject.suspended) return refused(400, 'invalid_grant', 'Invalid email or User ID');
    const token = `ya29.token-${state.tokens.size}`;
    state.tokens.set(token, { scope: asked[0]!, subject: subject.id });
    return { body: { access_token: token, expires_in: 3_599, token_type: 'Bearer' } };
  } catch {
    return refused(400, 'invalid_grant', 'Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe.');
  }
}

/** A running fake of Google, with what stands in it. */
export async function startGoogle(accounts: number): Promise<RunningVendor & { state: GoogleState }> {
  const state = googleState(accounts);
  const token = { method: 'POST', path: '/token', open: true as const, answer: (request: FakeRequest) => exchange(state, request) };
  const server = await startFake({ routes: [token, ...directoryRoutes(state), ...serviceRoutes(state)], manners: googleManners(state) });
  const somebody = (index: number) => ({ id: userId(index), userName: `person${index}@${domain}`, address: `person${index}@${domain}` });
  return {
    server,
    state,
    ...configured(server.address),
    account: somebody(1),
    colleague: somebody(2),
    entitlement: { kind: 'group', externalId: 'g-spare', name: 'Spare' },
    missingId: userId(999_999),
    appGrant: { externalId: '555.apps.googleusercontent.com', name: 'Notes for all' },
  };
}

export const fixture: VendorFixture = {
  description: {
    kind: 'discovery',
    files: ['admin.directory_v1', 'admin.reports_v1', 'admin.datatransfer_v1', 'licensing.v1', 'calendar.v3'].map(
      (name) => `google/${name}.json`,
    ),
    undescribed: [
      { path: '/token', source: 'https://developers.google.com/identity/protocols/oauth2/service-account' },
      { path: '/gmail/', source: 'https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.settings' },
    ],
  },
  configured,
  start: ({ accounts }) => startGoogle(accounts),
};
