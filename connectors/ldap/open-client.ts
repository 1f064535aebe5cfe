import { Client } from 'ldapts';
import { ConnectorError, type Session } from '../kit/index.ts';
import { ldapError } from './ldap-error.ts';
import { checkSettings, type LdapSettings, placeOf } from './settings.ts';

const connectTimeoutMs = 10_000;
const callTimeoutMs = 60_000;

/** The signed-in client of a session (RFC 4513, section 5.1: simple bind), opened once. It goes on encrypted before the password is sent. */
export function openClient(session: Session<LdapSettings>): Promise<Client> {
  return session.remember('ldap client', async () => {
    const { settings } = session;
    checkSettings(settings);
    const { host, port, secure } = placeOf(settings);
    const dialled = await session.dial(host, port);
    const encrypted = secure || settings.encryption === 'starttls';
    if (!encrypted && !dialled.isPrivate)
      throw new ConnectorError(
        'settings',
        `The password would travel readable through the internet to ${host}. Nothing was sent. Use ldaps:// or StartTLS.`,
      );
    const client = new Client({
      url: `${secure ? 'ldaps' : 'ldap'}://${host}:${port}`,
      timeout: callTimeoutMs,
      connectTimeout: connectTimeoutMs,
      strictDN: false,
      createConnection: (() => dialled.connect()) as never,
      createSecureConnection: ((options: { socket?: unknown }) =>
        typeof options === 'object' && options.socket ? dialled.secure(options.socket as never) : dialled.connectSecurely()) as never,
    });
    session.onClose(() => void client.unbind().catch(() => {}));
    try {
      if (!secure && encrypted) await client.startTLS({});
      await client.bind(settings.bindName, session.secrets.password ?? '');
    } catch (error) {
      throw ldapError(error, host, session.scrub, true);
    }
    return client;
  });
}

/** Asks the directory something that changes nothing. */
export const asking = <T>(session: Session<LdapSettings>, ask: (client: Client) => Promise<T>): Promise<T> => calling(session, ask, true);

/** Has the directory change something. */
export const changing = <T>(session: Session<LdapSettings>, change: (client: Client) => Promise<T>): Promise<T> =>
  calling(session, change, false);

async function calling<T>(session: Session<LdapSettings>, work: (client: Client) => Promise<T>, isRead: boolean): Promise<T> {
  const client = await openClient(session);
  try {
    return await work(client);
  } catch (error) {
    throw ldapError(error, placeOf(session.settings).host, session.scrub, isRead);
  }
}
