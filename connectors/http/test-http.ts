import { type Check, ConnectorError, failedCheck, readPages, type Session } from '../kit/index.ts';
import { descriptionOf } from './ask.ts';
import { listAccounts } from './read.ts';
import type { HttpSettings } from './settings.ts';

/** Reads the first accounts and says what of them is understood. Changes nothing. */
export async function testHttp(session: Session<HttpSettings>): Promise<Check[]> {
  const { actions } = descriptionOf(session.settings);
  try {
    let seen = 0;
    let told = 0;
    await readPages(listAccounts(session), {
      idOf: ({ externalId }) => externalId,
      onPage: (page) => {
        seen += page.length;
        told += page.filter(({ status }) => status !== null).length;
        return 'enough';
      },
    });
    const names = Object.keys(actions);
    return [
      { name: 'Credential', ok: true, words: 'The app accepts it.' },
      seen === 0
        ? { name: 'Accounts', ok: false, words: 'The list holds no account. Try "List accounts" and look at the answer.' }
        : { name: 'Accounts', ok: true, words: `Accounts can be read: ${seen} on the first page.` },
      {
        name: 'Status',
        ok: told === seen && seen > 0 ? true : null,
        words:
          told === 0
            ? 'The description does not tell active from suspended, so a change cannot be read back.'
            : `Of ${told} of them it is known whether they are active.`,
      },
      {
        name: 'Changes',
        ok: null,
        words:
          names.length === 0
            ? 'It only reads: the description holds no actions.'
            : `Described: ${names.join(', ')}. Whether the app takes them shows only when they are made.`,
      },
    ];
  } catch (error) {
    if (error instanceof ConnectorError) return [failedCheck(error)];
    throw error;
  }
}
