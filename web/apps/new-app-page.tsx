import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { FileDrop } from '../design/file-drop.tsx';
import { PageBody } from '../design/page-body.tsx';
import { PageHeader } from '../design/page-header.tsx';
import { PlaceLink } from '../design/place-link.tsx';
import { Problem } from '../design/problem.tsx';
import { fieldProblems, problemProps } from '../shell/api-problem.ts';
import { usePlace } from '../shell/place.ts';
import { useMay } from '../shell/session.ts';
import { useAct } from '../shell/use-call.ts';
import classes from './apps.module.css';
import { listHint } from './give-list-page.tsx';
import { SheetField, sheetQuery } from './sheet-field.tsx';

/** The name of an app as its export is usually called: "slack-users 2026.csv" → "Slack". */
const guessName = (fileName: string): string => {
  const words = fileName
    .replace(/\.\w+$/, '')
    .replace(/\b(users?|members?|accounts?|export|list|nutzer|benutzer)\b|\d+/gi, ' ')
    .replace(/[-_.() ]+/g, ' ')
    .trim();
  return words === '' ? '' : words[0]!.toUpperCase() + words.slice(1);
};

/** Adds an app: by the first list of its users, or by name alone. */
export default function NewAppPage() {
  const { go } = usePlace();
  const mayConnect = useMay('connections:manage');
  const [name, setName] = useState('');
  const [sheet, setSheet] = useState('');
  const [file, setFile] = useState<File | null>(null);
  const fromList = useAct('createAppFromList', { onDone: ({ appId, id }) => go(`/apps/${appId}/readings/${id}`) });
  const bare = useAct('createApp', { onDone: ({ appId }) => go(`/apps/${appId}`) });
  const error = fromList.error ?? bare.error;
  const problems = fieldProblems(error);
  return (
    <PageBody>
      <PageHeader
        crumb={[{ label: 'Apps', to: '/apps' }]}
        title="Add an app"
        lede={
          <>
            A list of its users is enough to see who has left and still has an account.
            {mayConnect && (
              <>
                {' '}
                An app that speaks SCIM can be <PlaceLink to="/connections/new">connected</PlaceLink> instead.
              </>
            )}
          </>
        }
      />
      <form
        className={`${classes.form} ${classes.wide}`}
        onSubmit={(event) => {
          event.preventDefault();
          if (file === null) bare.mutate({ body: { name } });
          else fromList.mutate({ query: { name, fileName: file.name, ...sheetQuery(sheet) }, file });
        }}
      >
        <FileDrop
          label="List of its users"
          hint={listHint}
          accept=".csv,.txt,.tsv,.xlsx"
          chosen={file?.name}
          busy={fromList.isPending}
          onFiles={([one]) => {
            if (one === undefined) return;
            setFile(one);
            setSheet('');
            if (name.trim() === '') setName(guessName(one.name));
          }}
        />
        {file !== null && /\.xlsx$/i.test(file.name) && <SheetField value={sheet} onChange={setSheet} />}
        <TextInput
          label="Name of the app"
          description="As people here call it."
          required
          maxLength={200}
          autoComplete="off"
          value={name}
          error={problems.name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {error !== null && problems.name === undefined && <Problem {...problemProps(error)} />}
        <div className={classes.acts}>
          <Button type="submit" variant="filled" loading={fromList.isPending || bare.isPending} disabled={name.trim() === ''}>
            {file === null ? 'Add it without a list' : 'See what the list says'}
          </Button>
        </div>
      </form>
    </PageBody>
  );
}
