import { type Check, ConnectorError, failedCheck, readPages, type Session } from '../kit/index.ts';
import { dialectOf } from './dialects.ts';
import { listGroups } from './groups.ts';
import { openClient } from './open-client.ts';
import { listAccounts } from './read-account.ts';
import { type LdapSettings, placeOf } from './settings.ts';

/** Looks at sign-in, people, ids and groups, without changing anything. Stops at the first thing that fails. */
export async function testLdap(session: Session<LdapSettings>): Promise<Check[]> {
  const checks: Check[] = [];
  const { host, port, secure } = placeOf(session.settings);
  const encrypted = secure || session.settings.encryption === 'starttls';
  try {
    await openClient(session);
    checks.push({
      name: 'Encryption',
      ok: encrypted ? true : null,
      words: encrypted
        ? 'The connection is encrypted, and the certificate is accepted.'
        : 'The password travels readable inside your network.',
    });
    checks.push({ name: 'Credential', ok: true, words: `${host}:${port} accepts the name and password.` });
    let seen = 0;
    let closed = 0;
    const reading = await readPages(listAccounts(session), {
      idOf: ({ externalId }) => externalId,
      onPage: (page) => {
        seen += page.length;
        closed += page.filter(({ status }) => status === 'suspended').length;
        return seen >= session.settings.pageSize ? 'enough' : undefined;
      },
    });
    const more = reading.complete ? '' : ' at least';
    checks.push(
      seen === 0
        ? { name: 'Accounts', ok: false, words: 'No person is found there. Check where people stand, and the filter.' }
        : { name: 'Accounts', ok: true, words: `Accounts can be read:${more} ${seen}, ${closed} of them closed.` },
    );
    let groups = 0;
    await readPages(listGroups(session), {
      idOf: ({ externalId }) => externalId,
      what: 'groups',
      onPage: (page) => {
        groups += page.length;
      },
    });
    checks.push({
      name: 'Groups',
      ok: groups > 0 ? true : null,
      words: groups > 0 ? `Groups can be read: ${groups}.` : 'No group is found. Check where groups stand, if there are some.',
    });
    const way = dialectOf(session.settings).closed;
    checks.push({
      name: 'Closing',
      ok: null,
      words:
        way === ''
          ? 'The settings say that accounts cannot be closed here.'
          : `Accounts are closed by ${way}. Whether it may be written, and is obeyed at sign-in, shows only when it is.`,
    });
    return checks;
  } catch (error) {
    if (error instanceof ConnectorError) return [...checks, failedCheck(error)];
    throw error;
  }
}
