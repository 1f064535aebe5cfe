import { ConnectorError, type CredentialExchange, type Json, objectOf, objectsOf, type Session, textOf } from '../kit/index.ts';

export type DropboxSettings = { appKey: string; filesTo: string; baseUrl: string };
export type DropboxSecrets = { appSecret: string; refreshToken: string };
export type DropboxSession = Session<DropboxSettings>;

/** The team scopes of the app, by Dropbox's names. */
export const scopes = {
  info: 'team_info.read',
  members: 'members.read',
  write: 'members.write',
  remove: 'members.delete',
  groups: 'groups.read',
  changeGroups: 'groups.write',
  sessions: 'sessions.list',
  endSessions: 'sessions.modify',
};

/** A short-lived token for the refresh token that the administrator agreed to (RFC 6749, section 6). */
export async function credential({ settings, secrets, http, now }: CredentialExchange<DropboxSettings, DropboxSecrets>) {
  const basic = Buffer.from(`${settings.appKey}:${secrets.appSecret}`).toString('base64');
  const response = await http.post(
    'oauth2/token',
    { grant_type: 'refresh_token', refresh_token: secrets.refreshToken },
    { form: true, headers: { authorization: `Basic ${basic}` }, accept: [400, 401], repeatable: true },
  );
  const { access_token, expires_in } = response.status < 300 ? objectOf(response.json()) : {};
  const token = textOf(access_token);
  if (token === null)
    throw new ConnectorError(
      'credential',
      `Dropbox gives no token for this app (${response.status}). Check app key, app secret and refresh token, and that the administrator who agreed is one still.`,
      { status: response.status },
    );
  const seconds = typeof expires_in === 'number' ? expires_in : 14_400;
  return { headers: { authorization: `Bearer ${token}` }, expiresAt: now().add({ seconds: Math.floor(seconds) }) };
}

/**
 * A call of the team interface: always a POST, errors of the call itself with 409 and a tag. `none`: a part of the tags that mean "there is no such
 * thing": null then. Throws ConnectorError; a missing scope (401 with a tag of its own) is named.
 */
export async function dropbox(
  session: DropboxSession,
  route: string,
  body: Json | null,
  right: string,
  none?: string,
): Promise<Json | null> {
  const send = (accept: number[]) => session.http.post(`2/team/${route}`, body ?? undefined, { right, repeatable: true, accept });
  const summaryOf = (answer: Json) => textOf(answer.error_summary)?.replace(/\/\.*$/, '') ?? 'no reason';
  let response = await send([401, 409]);
  if (response.status === 401) {
    if (summaryOf(objectOf(response.json())).startsWith('missing_scope'))
      throw new ConnectorError('right', `The Dropbox app lacks the scope ${right}. Add it under Permissions, and let the app in anew.`, {
        status: 401,
      });
    // Sent once more so that a token that ended before its time is asked for anew.
    response = await send([409]);
  }
  const answer = response.body.length === 0 ? {} : objectOf(response.json());
  if (response.status < 300) return answer;
  const said = summaryOf(answer);
  if (none !== undefined && said.includes(none)) return null;
  throw new ConnectorError('refused', `Dropbox did not take the request (${said}).`, { status: 409, detail: said });
}

/** All rows of a list that goes on by a cursor. */
export async function allOf(session: DropboxSession, route: string, body: Json, key: string, right: string): Promise<Json[]> {
  const rows: Json[] = [];
  let page = objectOf(await dropbox(session, route, body, right));
  for (let turn = 0; turn < 10_000; turn++) {
    rows.push(...objectsOf(page[key]));
    if (page.has_more !== true) return rows;
    page = objectOf(await dropbox(session, `${route}/continue`, { cursor: page.cursor }, right));
  }
  throw new ConnectorError('broken', 'The list has no end.');
}

export async function ifAllowed<T>(find: () => Promise<T>): Promise<T | null> {
  try {
    return await find();
  } catch (error) {
    if (error instanceof ConnectorError && error.kind === 'right') return null;
    throw error;
  }
}
