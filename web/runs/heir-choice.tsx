import { Button, TextInput } from '@mantine/core';
import { useDeferredValue, useState } from 'react';
import { useCall } from '../shell/use-call.ts';
import classes from './runs.module.css';

/** Finds a person who takes something over. */
export function HeirChoice({
  label,
  never,
  busy,
  onChoose,
}: {
  label: string;
  never: string;
  busy: boolean;
  onChoose: (personId: string) => void;
}) {
  const [text, setText] = useState('');
  const find = useDeferredValue(text.trim());
  const { data } = useCall('search', { query: { q: find } }, { enabled: find.length > 1, keepPrevious: true });
  const found = find.length > 1 ? (data?.people ?? []).filter(({ id, status }) => id !== never && status !== 'left').slice(0, 6) : [];
  return (
    <div>
      <TextInput
        label={label}
        placeholder="Find somebody by name"
        autoComplete="off"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <ul className={classes.lines} aria-live="polite">
        {found.map(({ id, name, title }) => (
          <li key={id}>
            <div className={classes.head}>
              <p>
                {name} {title !== null && <span className="gc-dimmed">{title}</span>}
              </p>
              <Button size="xs" loading={busy} onClick={() => onChoose(id)}>
                Choose<span className="gc-unseen"> {name}</span>
              </Button>
            </div>
          </li>
        ))}
      </ul>
      {find.length > 1 && found.length === 0 && data !== undefined && (
        <p className="gc-small gc-dimmed">Nobody who is here is called that.</p>
      )}
    </div>
  );
}
