import { Button, Checkbox, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Dialog, DialogActs } from '../design/dialog.tsx';
import { Problem } from '../design/problem.tsx';
import type { Search } from '../design/split-address.ts';
import { toast } from '../design/toast.tsx';
import { fieldProblems, problemProps } from './api-problem.ts';
import type { OutputOf } from './call.ts';
import classes from './keep-view-dialog.module.css';
import type { ViewList } from './list-views.tsx';
import { useMay } from './session.ts';
import { useAct } from './use-call.ts';

type KeptView = OutputOf<'listViews'>['rows'][number];

type KeepViewDialogProps = {
  list: ViewList;
  query: Search;
  kept: KeptView[];
  /** The view that is changed; without it a new one is kept. */
  changes?: KeptView;
  onClose: () => void;
};

/** Asks under which name a list is kept as it is, and for whom; a kept view is renamed or removed here. */
export function KeepViewDialog({ list, query, kept, changes, onClose }: KeepViewDialogProps) {
  const mayShare = useMay('views:share');
  const [name, setName] = useState(changes?.name ?? '');
  const [shared, setShared] = useState(changes?.shared ?? false);
  const keep = useAct('keepView', {
    changes: ['listViews'],
    onDone: () => {
      toast(`The view ${name.trim()} is kept${shared ? ' for everybody' : ''}.`);
      onClose();
    },
  });
  const remove = useAct('removeView', {
    changes: ['listViews'],
    onDone: () => {
      toast(`The view ${changes?.name} was removed. The list is as it was.`);
      onClose();
    },
  });
  const problems = fieldProblems(keep.error);
  const failed = keep.error ?? remove.error;
  const same = kept.find(
    (view) => view.shared === shared && view.name.toLowerCase() === name.trim().toLowerCase() && view.id !== changes?.id,
  );
  return (
    <Dialog
      opened
      onClose={onClose}
      title={changes === undefined ? 'Under which name do you keep this view?' : `Change the view ${changes.name}`}
    >
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          keep.mutate({ body: { list, name, query, shared, ...(changes === undefined ? {} : { viewId: changes.id }) } });
        }}
      >
        <TextInput
          label="Name"
          description={
            same !== undefined && changes === undefined
              ? 'There is a view of this name: this one takes its place.'
              : 'Kept are the search, the filters and the order. The rows are always those of the moment.'
          }
          required
          maxLength={60}
          autoComplete="off"
          data-autofocus
          value={name}
          error={problems.name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {mayShare && (
          <Checkbox
            label="For everybody who may read this list"
            description="What each of them finds in it is still only what they may see."
            checked={shared}
            onChange={(event) => setShared(event.currentTarget.checked)}
          />
        )}
        {failed !== null && Object.keys(problems).length === 0 && <Problem {...problemProps(failed)} />}
        <DialogActs>
          {changes !== undefined && (
            <Button variant="default" loading={remove.isPending} onClick={() => remove.mutate({ params: { viewId: changes.id } })}>
              Remove this view
            </Button>
          )}
          <Button variant="default" onClick={onClose}>
            {changes === undefined ? 'Keep nothing' : 'Leave it as it is'}
          </Button>
          <Button type="submit" variant="filled" loading={keep.isPending} disabled={name.trim() === ''}>
            {changes === undefined ? 'Keep this view' : 'Change it'}
          </Button>
        </DialogActs>
      </form>
    </Dialog>
  );
}
