import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useEffect, useId, useState } from 'react';
import { Dialog } from '../design/dialog.tsx';
import { entries, furtherEntries, visibleEntries } from './entries.ts';
import { kinds, verbs } from './pages.ts';
import classes from './palette.module.css';
import { matchParts, paletteGroups } from './palette-rows.ts';
import { usePlace } from './place.ts';
import { search, useSession } from './session.ts';

/** *Find or do…*: people, apps, pages and verbs by keyboard. A combobox with a list below (WAI-ARIA Authoring Practices). */
export default function Palette({ onClose }: { onClose: () => void }) {
  const session = useSession().data;
  const { go } = usePlace();
  const [text, setText] = useState('');
  const [hot, setHot] = useState(0);
  const id = useId();
  const find = text.trim();
  const found = useQuery({
    queryKey: ['search', 'palette', find],
    queryFn: ({ signal }) => search(find, signal),
    enabled: find.length > 1 && session?.permissions.includes('search:read') === true,
    placeholderData: (before) => before,
    retry: false,
  });
  const hits = find.length > 1 ? (found.data ?? []) : [];
  const permissions = session?.permissions ?? [];
  const visible = visibleEntries(find === '' ? entries : [...entries, furtherEntries], { permissions, mail: session?.mail ?? true }).flat();
  const groups = paletteGroups(text, hits, { kinds, verbs, entries: visible, permissions });
  const rows = groups.flatMap((group) => group.rows);
  const current = rows[Math.min(hot, rows.length - 1)];
  const rowId = (key: string) => `${id}-${rows.findIndex((row) => row.key === key)}`;
  const currentId = current === undefined ? undefined : rowId(current.key);

  useEffect(() => {
    if (currentId !== undefined) document.getElementById(currentId)?.scrollIntoView({ block: 'nearest' });
  }, [currentId]);

  const choose = (to: string) => {
    onClose();
    go(to);
  };
  const pressed = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && rows.length > 0) {
      event.preventDefault();
      setHot((Math.min(hot, rows.length - 1) + step + rows.length) % rows.length);
    } else if (event.key === 'Enter' && current !== undefined) {
      event.preventDefault();
      choose(current.to);
    }
  };
  const nothing = rows.length === 0 && !found.isFetching;
  return (
    <Dialog opened onClose={onClose} title="Find or do" titleUnseen bare>
      <div className={classes.line}>
        <input
          className={classes.input}
          role="combobox"
          aria-label="Find a person, an app or a page, or something to do"
          aria-expanded={rows.length > 0}
          aria-controls={`${id}-list`}
          aria-activedescendant={currentId}
          aria-autocomplete="list"
          autoComplete="off"
          spellCheck={false}
          placeholder="Find or do…"
          data-autofocus
          value={text}
          onKeyDown={pressed}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setHot(0);
          }}
        />
        <button type="button" className={classes.close} onClick={onClose}>
          Esc<span className="gc-unseen">: close</span>
        </button>
      </div>
      <div id={`${id}-list`} role="listbox" aria-label="Found" className={classes.list}>
        {groups.map((group) => (
          // biome-ignore lint/a11y/useSemanticElements: a listbox has groups, no fieldsets
          <div key={group.heading} role="group" aria-labelledby={`${id}-${group.heading}`}>
            <p id={`${id}-${group.heading}`} className={classes.heading}>
              {group.heading}
            </p>
            {group.rows.map((row) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keys
              // biome-ignore lint/a11y/useFocusableInteractive: options of a combobox are pointed at by aria-activedescendant
              <div
                key={row.key}
                id={rowId(row.key)}
                role="option"
                aria-selected={row === current}
                className={classes.row}
                onClick={() => choose(row.to)}
                onMouseMove={() => setHot(rows.indexOf(row))}
              >
                <span className={classes.title}>
                  {matchParts(row.title, text).map(({ text: part, match }, index) =>
                    // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text, drawn anew together
                    match ? <b key={index}>{part}</b> : <span key={index}>{part}</span>,
                  )}
                </span>
                <span className={classes.detail}>{row.detail}</span>
              </div>
            ))}
          </div>
        ))}
      </div>
      <p className={nothing || found.isError ? classes.nothing : 'gc-unseen'} role="status">
        {found.isError && 'The search does not answer just now. Pages can still be opened.'}
        {nothing && !found.isError && `Nothing you may see is called “${find}”.`}
        {!nothing && !found.isError && `${rows.length} found`}
      </p>
    </Dialog>
  );
}
