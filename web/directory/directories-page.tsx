import { useState } from 'react';
import { EmptyPage } from '../design/empty-page.tsx';
import { PageBody } from '../design/page-body.tsx';
import { PageHeader } from '../design/page-header.tsx';
import { Problem } from '../design/problem.tsx';
import { RowList } from '../design/row-list.tsx';
import { Skeleton } from '../design/skeleton.tsx';
import { StatusChip } from '../design/status-chip.tsx';
import { ZonedTime } from '../design/zoned-time.tsx';
import { problemProps } from '../shell/api-problem.ts';
import { useMay } from '../shell/session.ts';
import { useCall } from '../shell/use-call.ts';
import { AddDirectoryDialog } from './add-directory-dialog.tsx';
import { broughtWords, directoryStatus, systemNames } from './words.ts';

/** The directories and HR systems that push people in, and what each waits for. */
export default function DirectoriesPage() {
  const { data, error } = useCall('listDirectoryConnections', undefined, { everySeconds: 30 });
  const mayManage = useMay('directory:manage');
  const [adding, setAdding] = useState(false);
  const rows = data?.rows ?? [];
  const add = { label: 'Let a directory push…', onClick: () => setAdding(true) };
  return (
    <PageBody>
      <PageHeader
        crumb={[{ label: 'Connections', to: '/connections' }]}
        title="Directories that push people in"
        lede="Entra, Okta or an HR system tells by itself who works here, by SCIM 2.0. Whom it takes out is never taken out here before you say what it means."
        acts={mayManage && rows.length > 0 ? [{ ...add, filled: true }] : []}
      />
      {error !== null && <Problem {...problemProps(error)} />}
      {data === undefined && error === null && <Skeleton as="rows" />}
      {data !== undefined && rows.length === 0 && (
        <EmptyPage title="No directory pushes people in yet" act={mayManage ? add : undefined}>
          <p>
            With it nobody types hires a second time: the directory writes them here within minutes, and their department, title and manager
            follow. It must reach this address: <code>{data.address}</code>
          </p>
        </EmptyPage>
      )}
      <div style={{ marginTop: 20 }}>
        <RowList
          rows={rows.map((row) => ({
            key: row.id,
            title: row.name,
            to: `/directory/${row.id}`,
            detail: (
              <>
                {systemNames[row.system]} · {broughtWords(row)} ·{' '}
                {row.lastContactAt === null ? (
                  'never heard of'
                ) : (
                  <>
                    last heard of <ZonedTime instant={row.lastContactAt} />
                  </>
                )}
              </>
            ),
            right: <StatusChip kind={directoryStatus(row).kind}>{directoryStatus(row).word}</StatusChip>,
          }))}
        />
      </div>
      {adding && <AddDirectoryDialog onClose={() => setAdding(false)} />}
    </PageBody>
  );
}
