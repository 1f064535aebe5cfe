import { FileDrop } from '../design/file-drop.tsx';
import { PageBody } from '../design/page-body.tsx';
import { PageHeader } from '../design/page-header.tsx';
import { Problem } from '../design/problem.tsx';
import { RowList } from '../design/row-list.tsx';
import { Section } from '../design/section.tsx';
import { StatusChip } from '../design/status-chip.tsx';
import { ZonedTime } from '../design/zoned-time.tsx';
import { problemProps } from '../shell/api-problem.ts';
import { usePlace } from '../shell/place.ts';
import { useAct, useCall } from '../shell/use-call.ts';
import classes from './people.module.css';
import { importStatus, type PeopleImport } from './words.ts';

/** Gives a people list, and shows those that were given before. */
export default function ImportsPage() {
  const { go } = usePlace();
  const upload = useAct('uploadPeopleImport', { onDone: ({ id }) => go(`/people/imports/${id}`) });
  const before = useCall('listPeopleImports', { query: { limit: 20 } });
  return (
    <PageBody>
      <PageHeader
        crumb={[{ label: 'People', to: '/people' }]}
        title="Import a people list"
        lede="Export the list of people from your payroll or HR system as it is. Its columns are recognised, and you see what would change before anybody is."
      />
      <div className={classes.form}>
        <FileDrop
          label="People list"
          hint="CSV or XLSX, up to 100,000 rows. English and German headings are known. Nobody is changed yet."
          accept=".csv,.txt,.tsv,.xlsx"
          busy={upload.isPending}
          onFiles={([file]) => file && upload.mutate({ query: { fileName: file.name }, file })}
          problem={upload.error === null ? undefined : <Problem {...problemProps(upload.error)} />}
        />
      </div>
      {before.error !== null && <Problem {...problemProps(before.error)} />}
      {before.data !== undefined && before.data.total > 0 && (
        <Section title="Lists given before">
          <RowList
            rows={before.data.rows.map(({ id, fileName, status, by, createdAt }) => ({
              key: id,
              title: fileName,
              to: `/people/imports/${id}`,
              detail: (
                <>
                  {by === null ? '' : `By ${by}, `}
                  <ZonedTime instant={createdAt} />
                </>
              ),
              right: <StatusChip {...chip(status)} />,
            }))}
          />
        </Section>
      )}
    </PageBody>
  );
}

const chip = (status: string) => {
  const { kind, word } = importStatus[status as PeopleImport['status']];
  return { kind, children: word };
};
