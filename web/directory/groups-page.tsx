import { useState } from 'react';
import { ActButton } from '../design/act.tsx';
import { Dialog } from '../design/dialog.tsx';
import { PageBody } from '../design/page-body.tsx';
import { PageHeader } from '../design/page-header.tsx';
import { PlaceLink } from '../design/place-link.tsx';
import { Problem } from '../design/problem.tsx';
import { RowList } from '../design/row-list.tsx';
import { Skeleton } from '../design/skeleton.tsx';
import { ZonedTime } from '../design/zoned-time.tsx';
import { problemProps } from '../shell/api-problem.ts';
import { usePlace } from '../shell/place.ts';
import { useCall, useCallPages } from '../shell/use-call.ts';
import classes from './directory.module.css';

const limit = 100;

/** The groups that a directory wrote, and who is in each. */
export default function GroupsPage() {
  const { params: place } = usePlace();
  const params = { directoryConnectionId: place.directoryConnectionId ?? '' };
  const directory = useCall('getDirectoryConnection', { params }).data;
  const [opened, setOpened] = useState<string | null>(null);
  const { data, error, fetchNextPage, hasNextPage, isFetchingNextPage } = useCallPages(
    'listDirectoryGroups',
    { params, query: { limit } },
    ({ nextOffset }) => (nextOffset === null ? null : { offset: nextOffset }),
  );
  const rows = data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <PageBody>
      <PageHeader
        crumb={[
          { label: 'Directories', to: '/directory' },
          { label: directory?.name ?? 'Directory', to: `/directory/${params.directoryConnectionId}` },
        ]}
        title="Groups as the directory wrote them"
      />
      {error !== null && <Problem {...problemProps(error)} />}
      {data === undefined && error === null && <Skeleton as="rows" />}
      {data !== undefined && rows.length === 0 && <p>It has written no group yet.</p>}
      <RowList
        rows={rows.map((group) => ({
          key: group.id,
          title: group.name,
          detail: (
            <>
              Written last <ZonedTime instant={group.modifiedAt} />
            </>
          ),
          act: {
            label: group.members === 1 ? '1 member' : `${group.members.toLocaleString('en')} members`,
            ariaLabel: `${group.members === 1 ? '1 member' : `${group.members.toLocaleString('en')} members`} of ${group.name}`,
            onClick: () => setOpened(group.id),
          },
        }))}
      />
      {hasNextPage && <ActButton act={{ label: 'Show more', onClick: () => void fetchNextPage(), busy: isFetchingNextPage }} />}
      {opened !== null && <MembersDialog groupId={opened} onClose={() => setOpened(null)} />}
    </PageBody>
  );
}

function MembersDialog({ groupId, onClose }: { groupId: string; onClose: () => void }) {
  const { data, error } = useCall('listDirectoryGroupMembers', { params: { directoryGroupId: groupId }, query: { limit: 500 } });
  return (
    <Dialog opened onClose={onClose} title={data?.name ?? 'Members'}>
      <div className={classes.dialog}>
        {error !== null && <Problem {...problemProps(error)} />}
        {data !== undefined && data.rows.length === 0 && <p>Nobody is in it.</p>}
        <ul className={classes.names}>
          {data?.rows.map(({ id, name, kind, personId }) => (
            <li key={id}>
              {personId === null ? name : <PlaceLink to={`/people/${personId}`}>{name}</PlaceLink>}
              {kind === 'Group' && ', a group'}
            </li>
          ))}
        </ul>
        {data !== undefined && data.total > data.rows.length && (
          <p>
            The first {data.rows.length} of {data.total.toLocaleString('en')}.
          </p>
        )}
      </div>
    </Dialog>
  );
}
