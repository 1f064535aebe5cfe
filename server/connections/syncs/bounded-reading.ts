import { type AccountRecord, ConnectorError, keepableRecord, type Page, readPages } from '../../../connectors/kit/index.ts';
import { readingMinutes } from './reading-minutes.ts';
import { toJson } from './record-json.ts';

const mostCharacters = 200_000_000;

type Bounds = {
  now: () => Temporal.Instant;
  deadline: Temporal.Instant;
  keep: (records: AccountRecord[], progress: { read: number; total: number | null }) => Promise<void>;
};

/**
 * Reads all accounts of an app within 15 minutes and 200 million characters, and keeps each as it can be kept. A record that cannot be kept
 * is refused and counted; the reading then proves nobody's absence. Throws ConnectorError when the app is too slow or its accounts too long.
 */
export async function boundedReading(
  pages: AsyncIterable<Page<AccountRecord>>,
  { now, deadline, keep }: Bounds,
): Promise<{ complete: boolean | null; words: string; refused: number }> {
  const isLate = () => Temporal.Instant.compare(now(), deadline) >= 0;
  const tooSlow = () => new ConnectorError('broken', `Its accounts could not be read within ${readingMinutes} minutes.`);
  let characters = 0;
  let refused = 0;
  let leftOut = 0;
  try {
    const reading = await readPages(pages, {
      idOf: ({ externalId }) => externalId,
      onPage: async (records, progress) => {
        if (isLate()) throw tooSlow();
        const kept: AccountRecord[] = [];
        for (const each of records) {
          const keepable = keepableRecord(each);
          leftOut += keepable.leftOut;
          if (keepable.record === null) refused++;
          else kept.push(keepable.record);
        }
        for (const record of kept) characters += JSON.stringify(toJson(record)).length;
        if (characters > mostCharacters) throw new ConnectorError('broken', 'Its accounts hold more text than can be taken in.');
        await keep(kept, progress);
      },
    });
    const complete = refused > 0 && reading.complete ? null : reading.complete;
    return { complete, words: `${reading.words}${notKept(refused, leftOut)}`, refused };
  } catch (error) {
    throw error instanceof ConnectorError && isLate() ? tooSlow() : error;
  }
}

function notKept(refused: number, leftOut: number): string {
  const accounts = refused === 1 ? '1 account was' : `${refused.toLocaleString('en')} accounts were`;
  const values = leftOut === 1 ? '1 address or group was' : `${leftOut.toLocaleString('en')} addresses or groups were`;
  const first =
    refused === 0 ? '' : ` ${accounts} refused: the id is too long or holds characters that cannot be kept. Nobody is taken for gone.`;
  return leftOut === 0 ? first : `${first} ${values} left out: too long, too many, or not readable as text.`;
}
