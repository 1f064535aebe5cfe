import { PageBody } from '../design/page-body.tsx';
import { RowList } from '../design/row-list.tsx';
import { entries, phoneEntries, visibleEntries } from './entries.ts';
import { useSession } from './session.ts';
import { Who } from './who.tsx';

const atTheBottom = new Set(phoneEntries.map(({ to }) => to));

/** The rest of the navigation, on the phone. */
export default function MorePage() {
  const session = useSession().data;
  if (session === undefined) return null;
  const rest = visibleEntries(entries, session)
    .flat()
    .filter(({ to }) => !atTheBottom.has(to));
  return (
    <PageBody>
      <h1>More</h1>
      <nav aria-label="More pages" style={{ margin: '16px 0 28px' }}>
        <RowList rows={rest.map(({ label, to }) => ({ key: to, title: label, to }))} />
      </nav>
      <Who session={session} />
    </PageBody>
  );
}
