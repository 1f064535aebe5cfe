import { PlaceLink } from '../design/place-link.tsx';
import { StatusChip } from '../design/status-chip.tsx';
import type { Column } from '../design/table-types.ts';
import classes from './access.module.css';
import { changeWords, type GapLine, howWords, isLoss } from './words.ts';

/** The columns of the plan. `owners`: who is asked where an app is changed by hand; null where nobody is known. */
export const planColumns = (owners: Map<string, string | null>): Column<GapLine>[] => [
  {
    id: 'person',
    heading: 'Person',
    sortBy: ({ person }) => person,
    cell: ({ personId, person }) => <PlaceLink to={`/people/${personId}#access`}>{person}</PlaceLink>,
  },
  {
    id: 'change',
    heading: 'What happens',
    sortBy: (line) => changeWords(line),
    cell: (line) => (
      <>
        <span className={isLoss(line) ? classes.lose : undefined}>{changeWords(line)}</span>
        {line.onlyAdmin && (
          <div>
            <StatusChip kind="waiting" small>
              The only admin of {line.app}
            </StatusChip>
          </div>
        )}
        {line.administratorAgain && (
          <div>
            <StatusChip kind="waiting" small>
              As an administrator, from before
            </StatusChip>
          </div>
        )}
      </>
    ),
    phone: 'title',
  },
  { id: 'why', heading: 'Why', cell: (line) => <Why line={line} />, phone: 'when' },
  {
    id: 'how',
    heading: 'How',
    width: 220,
    sortBy: ({ how }) => how,
    cell: ({ how, appId }) => (how === 'by-hand' ? `By hand: ${owners.get(appId) ?? 'its owner'} is asked` : howWords[how]),
    phone: 'status',
    phoneCell: ({ how }) => howWords[how],
  },
];

function Why({ line }: { line: GapLine }) {
  const { rule } = line;
  // The column beside says by whom.
  const words = line.words.replace(/ By hand\.$/, '');
  if (rule === null) return words;
  const link = <PlaceLink to={`/access-rules/${rule.id}`}>{rule.name}</PlaceLink>;
  return words.startsWith(rule.name) ? (
    <>
      Rule {link}
      {words.slice(rule.name.length)}
    </>
  ) : (
    <>
      Rule {link}. {words}
    </>
  );
}
