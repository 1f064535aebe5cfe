import { Button } from '@mantine/core';
import { type DragEvent, type ReactNode, useId, useRef, useState } from 'react';
import classes from './file-drop.module.css';

type FileDropProps = {
  /** “People list”. */
  label: string;
  /** What it may be, and how large. */
  hint?: ReactNode;
  /** As the file dialog takes it: `.csv,.xlsx`. */
  accept?: string;
  multiple?: boolean;
  onFiles: (files: File[]) => void;
  busy?: boolean;
  /** The file that was chosen. */
  chosen?: string;
  problem?: ReactNode;
};

/** Takes a file by its button (also by keyboard) or dropped upon it. */
export function FileDrop({ label, hint, accept, multiple = false, onFiles, busy = false, chosen, problem }: FileDropProps) {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const id = useId();
  const take = (files: FileList | null) => {
    const list = [...(files ?? [])].slice(0, multiple ? undefined : 1);
    if (list.length > 0) onFiles(list);
    // The same file may be chosen again after it was mended.
    if (input.current !== null) input.current.value = '';
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    if (!busy) take(event.dataTransfer.files);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is an addition to the button, which does the same by keyboard
    <div
      className={classes.drop}
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <div className={classes.words}>
        <label className={classes.label} htmlFor={id}>
          {label}
        </label>
        {hint !== undefined && (
          <p id={`${id}-hint`} className={classes.hint}>
            {hint}
          </p>
        )}
        {chosen !== undefined && <p className={classes.chosen}>{chosen}</p>}
      </div>
      <input
        ref={input}
        id={id}
        className="gc-unseen"
        type="file"
        tabIndex={-1}
        accept={accept}
        multiple={multiple}
        disabled={busy}
        aria-describedby={`${id}-hint ${id}-problem`}
        onChange={(event) => take(event.currentTarget.files)}
      />
      <Button type="button" loading={busy} onClick={() => input.current?.click()} aria-describedby={`${id}-hint ${id}-problem`}>
        {chosen === undefined ? 'Choose a file' : 'Choose another file'}
        <span className="gc-unseen">: {label}</span>
      </Button>
      <div id={`${id}-problem`} className={classes.problem} aria-live="polite">
        {problem}
      </div>
    </div>
  );
}
