import type { LeavingPreview } from './use-leaving-count.ts';

/** A number of the dry run with its sentence and the rows behind it; null: nobody can know. */
export type BlastCount = { key: string; value: number | null; text: string; rows: { key: string; text: string }[] };

const say = (count: number, one: string, many: string) => (count === 1 ? one : many);

/** What the exit of these people touches, as numbers with their rows, also the zeros that calm. */
export function blastLines(previews: LeavingPreview[]): BlastCount[] {
  const several = previews.length > 1;
  const gather = <Row>(pick: (preview: LeavingPreview) => Row[], word: (row: Row, preview: LeavingPreview) => string) =>
    previews.flatMap((preview) =>
      pick(preview).map((row, index) => ({
        key: `${preview.person.id} ${index}`,
        text: several ? `${preview.person.name}: ${word(row, preview)}` : word(row, preview),
      })),
    );
  const line = (key: string, rows: BlastCount['rows'], one: string, many: string): BlastCount => ({
    key,
    value: rows.length,
    text: say(rows.length, one, many),
    rows,
  });
  const accounts = gather(
    ({ blast }) => blast.accounts,
    ({ app, writer, status }) => `${app}${status === 'suspended' ? ', suspended already' : ''}${hands[writer] ?? ''}`,
  );
  const byHand = previews.flatMap(({ blast }) => blast.accounts).filter(({ writer }) => writer === 'manual').length;
  const hand = byHand === 0 ? '' : `, ${byHand} of them by hand`;
  const heirless = gather(
    ({ ownerships }) => ownerships.filter(({ to }) => to === null),
    ({ label }) => label,
  );
  const unseen = gather(
    ({ blast }) => blast.unseenApps,
    ({ name }) => name,
  );
  const unclear = gather(
    ({ blast }) => blast.adminUnknown,
    ({ name }) => name,
  );
  const others = previews.reduce((sum, { blast }) => sum + blast.othersLosing, 0);
  const tasks = previews.reduce((sum, { blast }) => sum + blast.openTasks, 0);
  const told = gather(
    ({ toldAtOnce }) => toldAtOnce,
    ({ name, about }) => `${name}: ${about.join('; ')}`,
  );
  const names = namesTold(previews);
  // Where no app was ever read nobody can know whether there is an account.
  const isUnread = accounts.length === 0 && previews.every(({ blast }) => !blast.anyAppRead);
  const known: BlastCount[] = [
    {
      key: 'told',
      value: names.length,
      text: `${say(names.length, 'person is', 'people are')} told by mail as soon as you confirm${names.length === 0 ? '' : `: ${listed(names)}`}`,
      rows: told,
    },
    ...(isUnread
      ? [{ key: 'accounts', value: null, text: 'how many accounts close, and who else is admin: no app has been read yet', rows: [] }]
      : [
          line('accounts', accounts, `account closes${hand}`, `accounts close${hand}`),
          line(
            'admin',
            gather(
              ({ blast }) => blast.onlyAdminOf,
              ({ name }) => name,
            ),
            'app loses its only admin',
            'apps lose their only admin',
          ),
        ]),
    ...(unclear.length === 0
      ? []
      : [line('unclear', unclear, 'app does not say who its admins are', 'apps do not say who their admins are')]),
    line(
      'fall',
      gather(
        ({ ownerships }) => ownerships,
        ({ label, to }) => `${label}, ${to === null ? 'to nobody yet' : `to ${to}`}`,
      ),
      'thing they answer for falls to somebody else',
      'things they answer for fall to somebody else',
    ),
    ...(heirless.length === 0
      ? []
      : [
          line(
            'heirless',
            heirless,
            'of them has nobody to fall to: choose on the run',
            'of them have nobody to fall to: choose on the run',
          ),
        ]),
    line(
      'reports',
      gather(
        ({ blast }) => blast.managerOf,
        ({ name }) => name,
      ),
      'person reports to them',
      'people report to them',
    ),
    line(
      'service',
      gather(
        ({ blast }) => blast.serviceAccounts,
        ({ name, app }) => `${name} in ${app}`,
      ),
      'service account is theirs',
      'service accounts are theirs',
    ),
    { key: 'others', value: others, text: say(others, 'other person loses anything', 'other people lose anything'), rows: [] },
  ];
  if (unseen.length > 0)
    known.push(
      line('unseen', unseen, 'app was never listed: its owner is asked to look', 'apps were never listed: their owners are asked to look'),
    );
  if (tasks > 0)
    known.push({
      key: 'tasks',
      value: tasks,
      text: say(tasks, 'open task of theirs goes to somebody else', 'open tasks of theirs go to somebody else'),
      rows: [],
    });
  return known;
}

const shownNames = 3;

/** Who is told by mail as soon as an exit is confirmed, each once. */
export const namesTold = (previews: LeavingPreview[]): string[] => [
  ...new Set(previews.flatMap(({ toldAtOnce }) => toldAtOnce.map(({ name }) => name))),
];

/** “Ines”, “Ines and Owen”, “Ines, Owen, Mei and 4 more”. */
export function listed(names: string[]): string {
  if (names.length > shownNames) return `${names.slice(0, shownNames).join(', ')} and ${names.length - shownNames} more`;
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

const hands: Record<string, string> = { manual: ', by hand', outside: ', closed from outside', group: ', through another app' };
