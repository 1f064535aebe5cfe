import { useState } from 'react';
import { FileDrop } from '../design/file-drop.tsx';
import { PageBody } from '../design/page-body.tsx';
import { PageHeader } from '../design/page-header.tsx';
import { Problem } from '../design/problem.tsx';
import { problemProps } from '../shell/api-problem.ts';
import { usePlace } from '../shell/place.ts';
import { useAct, useCall } from '../shell/use-call.ts';
import classes from './apps.module.css';
import { SheetField, sheetQuery } from './sheet-field.tsx';

export const listHint =
  'CSV or XLSX, up to 100,000 rows, as the admin page of the app exports it. You see what it says first; nothing changes yet.';

/** Gives a list of the users of an app that is here already. */
export default function GiveListPage() {
  const { params, go } = usePlace();
  const appId = params.appId ?? '';
  const app = useCall('getApp', { params: { appId } });
  const upload = useAct('uploadList', { onDone: ({ id }) => go(`/apps/${appId}/readings/${id}`) });
  const [sheet, setSheet] = useState('');
  const name = app.data?.name ?? 'the app';
  return (
    <PageBody>
      <PageHeader
        crumb={[
          { label: 'Apps', to: '/apps' },
          { label: name, to: `/apps/${appId}` },
        ]}
        title={`Give a list of the users of ${name}`}
        lede={app.data?.deepLink ? <AdminPage link={app.data.deepLink} /> : undefined}
      />
      {app.error !== null && <Problem {...problemProps(app.error)} />}
      <div className={`${classes.form} ${classes.wide}`}>
        <SheetField value={sheet} onChange={setSheet} />
        <FileDrop
          label={`Users of ${name}`}
          hint={listHint}
          accept=".csv,.txt,.tsv,.xlsx"
          busy={upload.isPending}
          onFiles={([file]) => file && upload.mutate({ params: { appId }, query: { fileName: file.name, ...sheetQuery(sheet) }, file })}
          problem={upload.error === null ? undefined : <Problem {...problemProps(upload.error)} />}
        />
      </div>
    </PageBody>
  );
}

function AdminPage({ link }: { link: string }) {
  return (
    <>
      Export it from{' '}
      <a href={link} target="_blank" rel="noreferrer noopener">
        its admin page
      </a>
      .
    </>
  );
}
