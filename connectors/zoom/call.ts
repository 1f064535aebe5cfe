import { ConnectorError, type CredentialExchange, type Json, objectOf, type Session, textOf } from '../kit/index.ts';

export type ZoomSettings = { accountId: string; clientId: string; transferTo: string; baseUrl: string };
export type ZoomSecrets = { clientSecret: string };
export type ZoomSession = Session<ZoomSettings>;

export const standardAddress = 'https://api.zoom.us';

/** The granular scopes, by Zoom's names. */
export const scopes = {
  list: 'user:read:list_users:admin',
  read: 'user:read:user:admin',
  status: 'user:update:status:admin',
  change: 'user:update:user:admin',
  create: 'user:write:user:admin',
  remove: 'user:delete:user:admin',
  token: 'user:delete:token:admin',
  groups: 'group:read:list_groups:admin',
  addMember: 'group:write:member:admin',
  removeMember: 'group:delete:member:admin',
};

/** Where tokens are handed out: a host of its own, unless all calls go to another address. */
export const signInAddress = ({ baseUrl }: ZoomSettings) => {
  const { origin } = new URL(baseUrl);
  return origin === standardAddress ? 'https://zoom.us' : origin;
};

/** A token for an hour by server-to-server OAuth (grant `account_credentials`). */
export async function credential({ settings, secrets, http, now }: CredentialExchange<ZoomSettings, ZoomSecrets>) {
  const basic = Buffer.from(`${settings.clientId}:${secrets.clientSecret}`).toString('base64');
  const response = await http.post(
    `${signInAddress(settings)}/oauth/token`,
    { grant_type: 'account_credentials', account_id: settings.accountId },
    { form: true, headers: { authorization: `Basic ${basic}` }, accept: [400, 401], repeatable: true },
  );
  const { access_token, expires_in } = response.status < 300 ? objectOf(response.json()) : {};
  const token = textOf(access_token);
  if (token === null)
    throw new ConnectorError(
      'credential',
      `Zoom gives no token for this app (${response.status}). Check account ID, client ID and client secret, and that the app is activated.`,
      { status: response.status },
    );
  const seconds = typeof expires_in === 'number' ? expires_in : 3_600;
  return { headers: { authorization: `Bearer ${token}` }, expiresAt: now().add({ seconds: Math.floor(seconds) }) };
}

type How = { right: string; query?: Record<string, string | number | undefined>; body?: Json; accept?: number[] };

/** Zoom says a missing scope with 400 and a code of its own. */
const missingScope = 4711;

/** A call, whose errors are told by Zoom's own codes. Gives the status and the body, {} where it is empty. */
export async function zoom(session: ZoomSession, method: 'get' | 'post' | 'put' | 'patch' | 'delete', path: string, how: How) {
  const { right, query, body, accept = [] } = how;
  const options = { right, query, accept: [400, ...accept], ...(method === 'patch' ? { repeatable: true } : {}) };
  const response =
    method === 'get' || method === 'delete'
      ? await session.http[method](`v2/${path}`, options)
      : await session.http[method](`v2/${path}`, body, options);
  const answer = response.body.length === 0 ? {} : objectOf(response.json());
  if (response.status !== 400) return { status: response.status, body: answer };
  const said = textOf(answer.message);
  if (answer.code === missingScope)
    throw new ConnectorError('right', `The Zoom app lacks the scope ${right}. Add it under Scopes, and activate the app again.`, {
      status: 400,
    });
  throw new ConnectorError(
    'refused',
    `Zoom did not take the request (${textOf(answer.code) ?? 400}).${said === null ? '' : ` It said: "${said.replace(/[."]+$/, '')}".`}`,
    {
      status: 400,
      detail: said,
    },
  );
}
