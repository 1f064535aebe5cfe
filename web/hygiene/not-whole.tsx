import { PlaceLink } from '../design/place-link.tsx';
import { counted, type FindingKind, type FindingList, lists } from './words.ts';

/** What a list cannot know: accounts of which nobody can say whether they belong on it, and apps that were not read whole. */
export function NotWhole({ kind, list }: { kind: FindingKind; list: FindingList | undefined }) {
  if (list === undefined) return null;
  const { unknown, caveats } = list;
  const words = lists[kind].unknown;
  if ((unknown.length === 0 || words === null) && caveats.length === 0) return null;
  return (
    <details id="unknown">
      <summary>
        {[
          ...(unknown.length > 0 && words !== null
            ? [
                `Not known of ${counted(
                  unknown.reduce((sum, each) => sum + each.unknown, 0),
                  'account',
                  'accounts',
                )}`,
              ]
            : []),
          ...(caveats.length > 0 ? [`${counted(caveats.length, 'thing was', 'things were')} not read whole`] : []),
        ].join('; ')}
      </summary>
      <ul>
        {words !== null &&
          unknown.map((each) => (
            <li key={each.appId}>
              <PlaceLink to={`/apps/${each.appId}`}>{each.app}</PlaceLink>: of {each.unknown} of {counted(each.of, 'account', 'accounts')}{' '}
              it is not known whether {words}.
            </li>
          ))}
        {caveats.map((each) => (
          <li key={`${each.appId} ${each.words}`}>{each.words}</li>
        ))}
      </ul>
    </details>
  );
}
