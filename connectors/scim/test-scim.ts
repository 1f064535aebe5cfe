import { type Check, ConnectorError, failedCheck, type Session } from '../kit/index.ts';
import { discover } from './discover.ts';
import { readPage } from './read-list.ts';
import type { ScimSettings } from './settings.ts';

/** Looks at credential, rights and discovery, by reading only. What a change would say is not known before the first one. */
export async function testScim(session: Session<ScimSettings>): Promise<Check[]> {
  const users = await readPage(session, 'Users', { startIndex: 1, count: 1 });
  const discovery = await discover(session);
  return [
    { name: 'Credential', ok: true, words: 'The app accepts it.' },
    {
      name: 'Reading accounts',
      ok: true,
      words:
        users.total === null
          ? 'Accounts can be read. The app does not say how many there are.'
          : `Accounts can be read: ${users.total.toLocaleString('en')}.`,
    },
    discovery.groups === false ? { name: 'Reading groups', ok: null, words: 'The app has no groups.' } : await groupsCheck(session),
    {
      name: 'Changing accounts',
      ok: null,
      words: 'Whether this credential may suspend accounts shows with the first one. Nothing was changed to find out.',
    },
    {
      name: 'What it supports',
      ok: discovery.assumed.length === 0 ? true : null,
      words: [...discovery.found, ...discovery.assumed].join(' '),
    },
  ];
}

async function groupsCheck(session: Session<ScimSettings>): Promise<Check> {
  const name = 'Reading groups';
  try {
    const groups = await readPage(session, 'Groups', { startIndex: 1, count: 1 });
    return {
      name,
      ok: true,
      words: groups.total === null ? 'Groups can be read.' : `Groups can be read: ${groups.total.toLocaleString('en')}.`,
    };
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    if (error.status === 404 || error.kind === 'unsupported') return { name, ok: null, words: 'The app shows no groups.' };
    return { ...failedCheck(error), name };
  }
}
