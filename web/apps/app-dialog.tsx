import { Button, Checkbox, NativeSelect, Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Dialog } from '../design/dialog.tsx';
import { Problem } from '../design/problem.tsx';
import { fieldProblems, problemProps } from '../shell/api-problem.ts';
import { type ChosenPerson, PersonChoice } from '../shell/person-choice.tsx';
import { useAct, useCall } from '../shell/use-call.ts';
import classes from './apps.module.css';
import type { App } from './words.ts';

const chosen = (id: string | null, name: string | null): ChosenPerson | null => (id === null ? null : { id, name: name ?? '' });

/** Changes what people decide about an app: owner, deputy, who changes it, what to do by hand. */
export function AppDialog({ app, onClose }: { app: App; onClose: () => void }) {
  const [name, setName] = useState(app.name);
  const [capability, setCapability] = useState(app.capability ?? '');
  const [owner, setOwner] = useState(chosen(app.ownerPersonId, app.owner));
  const [deputy, setDeputy] = useState(chosen(app.deputyPersonId, app.deputy));
  const [writer, setWriter] = useState(app.writer);
  const [writerAppId, setWriterAppId] = useState(app.writerAppId);
  const [writerEntitlement, setWriterEntitlement] = useState(app.writerEntitlement ?? '');
  const [signIn, setSignIn] = useState(app.signIn);
  const [revoke, setRevoke] = useState(app.instructionsRevoke ?? '');
  const [grant, setGrant] = useState(app.instructionsGrant ?? '');
  const [deepLink, setDeepLink] = useState(app.deepLink ?? '');
  const others = useCall('listApps', { query: { limit: 200 } }, { enabled: writer === 'group' }).data?.rows ?? [];
  const save = useAct('changeApp', { onDone: onClose });
  const problems = fieldProblems(save.error);
  return (
    <Dialog opened onClose={onClose} title={`What holds for ${app.name}?`}>
      <form
        className={classes.dialog}
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate({
            params: { appId: app.id },
            body: {
              name,
              capability: capability.trim() || null,
              ownerPersonId: owner?.id ?? null,
              deputyPersonId: deputy?.id ?? null,
              writer,
              ...(writer === 'group' ? { writerAppId, writerEntitlement } : {}),
              signIn,
              instructionsRevoke: revoke.trim() || null,
              instructionsGrant: grant.trim() || null,
              deepLink: deepLink.trim() || null,
            },
          });
        }}
      >
        <TextInput
          label="Name"
          required
          maxLength={200}
          value={name}
          error={problems.name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          label="What it is for"
          maxLength={200}
          value={capability}
          error={problems.capability}
          onChange={(event) => setCapability(event.currentTarget.value)}
        />
        <PersonChoice
          label="Owner"
          description="Is asked when something has to be done or decided here."
          withJoiners
          value={owner}
          onChange={setOwner}
          problem={problems.ownerPersonId}
        />
        <PersonChoice label="Deputy" withJoiners value={deputy} onChange={setDeputy} problem={problems.deputyPersonId} />
        <NativeSelect
          label="Who changes accounts here"
          data={[
            { value: 'connection', label: 'Groundcrew, over its own connection' },
            { value: 'group', label: 'A group of another app grants it' },
            { value: 'manual', label: 'Its owner, by hand' },
            { value: 'outside', label: 'Somebody outside; we only read it' },
          ]}
          value={writer}
          error={problems.writer}
          onChange={(event) => setWriter(event.currentTarget.value as App['writer'])}
        />
        {writer === 'group' && (
          <>
            <Select
              label="App that has the group"
              searchable
              data={others.filter(({ id }) => id !== app.id).map(({ id, name: label }) => ({ value: id, label }))}
              value={writerAppId}
              error={problems.writerAppId}
              onChange={setWriterAppId}
            />
            <TextInput
              label="Group"
              maxLength={300}
              value={writerEntitlement}
              error={problems.writerEntitlement}
              onChange={(event) => setWriterEntitlement(event.currentTarget.value)}
            />
          </>
        )}
        <Textarea
          label="How to close an account by hand"
          description="Exact enough for somebody who does it twice a year."
          autosize
          minRows={2}
          maxRows={8}
          maxLength={5_000}
          value={revoke}
          error={problems.instructionsRevoke}
          onChange={(event) => setRevoke(event.currentTarget.value)}
        />
        <Textarea
          label="How to give one by hand"
          autosize
          minRows={2}
          maxRows={8}
          maxLength={5_000}
          value={grant}
          error={problems.instructionsGrant}
          onChange={(event) => setGrant(event.currentTarget.value)}
        />
        <TextInput
          label="Its admin page"
          type="url"
          placeholder="https://"
          value={deepLink}
          error={problems.deepLink}
          onChange={(event) => setDeepLink(event.currentTarget.value)}
        />
        <Checkbox
          label="People sign in to other apps with it"
          description="It is closed first when somebody leaves."
          checked={signIn}
          onChange={(event) => setSignIn(event.currentTarget.checked)}
        />
        {save.error !== null && Object.keys(problems).length === 0 && <Problem {...problemProps(save.error)} />}
        <div className={classes.acts}>
          <Button onClick={onClose}>Keep as it is</Button>
          <Button type="submit" variant="filled" loading={save.isPending}>
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
