import { PlaceLink } from '../design/place-link.tsx';
import { counted, type FindingKind, type FindingList, lists } from './words.ts';

/** What a list cannot know: accounts of which nobody can say whether they belong on it, and apps that were not read whole. */
export function NotWhole({ kind, list }: { kind: FindingKind; list: FindingList | undefined }) {
  if (list === undefined) return null;
  const { unknown, untold, caveats } = list;
  const noun: [string, string] = kind === 'app-grant' ? ['program', 'programs'] : ['account', 'accounts'];
  const words = lists[kind].unknown;
  if ((unknown.length === 0 || words === null) && untold === 0 && caveats.length === 0) return null;
  return (
    <details id="unknown">
      <summary>
        {[
          ...(unknown.length > 0 && words !== null
            ? [
                `Not known of ${counted(
                  unknown.reduce((sum, each) => sum + each.unknown, 0),
                  ...noun,
                )}`,
              ]
            : []),
          ...(untold > 0 ? [`${counted(untold, 'app does', 'apps do')} not tell`] : []),
          ...(caveats.length > 0 ? [`${counted(caveats.length, 'thing was', 'things were')} not read whole`] : []),
        ].join('; ')}
      </summary>
      <ul>
        {words !== null &&
          unknown.map((each) => (
            <li key={each.appId}>
              <PlaceLink to={`/apps/${each.appId}`}>{each.app}</PlaceLink>: of {each.unknown} of {counted(each.of, ...noun)} it is not known
              whether {words}.
            </li>
          ))}
        {untold > 0 && <li>In {counted(untold, 'app that was', 'apps that were')} read nobody tells which programs people let in.</li>}
        {caveats.map((each) => (
          <li key={`${each.appId} ${each.words}`}>{each.words}</li>
        ))}
      </ul>
    </details>
  );
}
