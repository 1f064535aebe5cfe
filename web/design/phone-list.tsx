import { Button } from '@mantine/core';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';
import { useKeptScroll } from './kept-scroll.ts';
import classes from './phone-list.module.css';
import type { ListProps } from './wide-table.tsx';

const virtualFrom = 100;

/** The list on the phone: name and title left, status and count right; the window scrolls. */
export function PhoneList<Row>({ name, label, columns, items, checks, rowKey, rowName, onNeedMore, fetching }: ListProps<Row>) {
  const list = useRef<HTMLUListElement>(null);
  const [choosing, setChoosing] = useState(false);
  const [margin, setMargin] = useState(0);
  const { initialOffset, keep } = useKeptScroll(`${name} on the phone`);
  const virtual = items.length > virtualFrom;
  const virtualizer = useWindowVirtualizer({
    count: items.length,
    enabled: virtual,
    estimateSize: (index) => (items[index]?.kind === 'heading' ? 48 : 62),
    initialOffset,
    scrollMargin: margin,
    overscan: 10,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the list appears
  useEffect(() => {
    setMargin((list.current?.getBoundingClientRect().top ?? 0) + scrollY);
    if (initialOffset() > 0) scrollTo(0, initialOffset());
    const scrolled = () => keep(scrollY);
    addEventListener('scroll', scrolled, { passive: true });
    return () => removeEventListener('scroll', scrolled);
  }, []);

  const window = virtual ? virtualizer.getVirtualItems() : items.map((_, index) => ({ index, start: 0, key: index }));
  const lastShown = window.at(-1)?.index ?? -1;
  useEffect(() => {
    if (onNeedMore !== undefined && fetching !== true && items.length > 0 && lastShown >= items.length - 20) onNeedMore();
  }, [lastShown, items.length, onNeedMore, fetching]);

  const [first] = columns;
  const title = columns.find(({ phone }) => phone === 'title');
  const status = columns.find(({ phone }) => phone === 'status');
  const count = columns.find(({ phone }) => phone === 'count');
  const when = columns.find(({ phone }) => phone === 'when');
  return (
    <section className={classes.region} aria-label={label}>
      {checks !== null && (
        <div className={classes.bar}>
          <Button size="xs" variant="subtle" onClick={() => setChoosing(!choosing)} aria-pressed={choosing}>
            Choose several
          </Button>
        </div>
      )}
      <ul ref={list} className={classes.list} style={virtual ? { height: virtualizer.getTotalSize(), position: 'relative' } : undefined}>
        {window.map(({ index, start }) => {
          const item = items[index];
          if (item === undefined) return null;
          const place = virtual
            ? {
                ref: virtualizer.measureElement,
                'data-index': index,
                className: classes.placed,
                style: { transform: `translateY(${start - margin}px)` },
              }
            : {};
          if (item.kind === 'heading') {
            return (
              <li key={`group ${item.group.key}`} {...place}>
                <h2 className={classes.heading}>
                  {item.group.heading} <span>{item.count}</span>
                </h2>
              </li>
            );
          }
          const id = rowKey(item.row);
          return (
            <li key={id} {...place} aria-posinset={index + 1} aria-setsize={items.length}>
              <div className={classes.row} data-chosen={checks?.isChosen(id) || undefined} data-choosing={choosing || undefined}>
                {choosing && checks !== null && (
                  <label className={classes.check}>
                    <input
                      type="checkbox"
                      aria-label={`Select ${rowName(item.row)}`}
                      checked={checks.isChosen(id)}
                      onClick={(event) => checks.toggle(id, event)}
                      readOnly
                    />
                  </label>
                )}
                <div className={classes.name}>{first?.cell(item.row)}</div>
                <div className={classes.status}>{status?.phoneCell?.(item.row) ?? status?.cell(item.row)}</div>
                <div className={classes.title}>{title?.cell(item.row)}</div>
                {count !== undefined && (
                  <div className={classes.count}>
                    {count.phoneCell?.(item.row) ?? (
                      <>
                        {count.heading.toLowerCase()} {count.cell(item.row)}
                      </>
                    )}
                  </div>
                )}
                {when !== undefined && <div className={classes.when}>{when.phoneCell?.(item.row) ?? when.cell(item.row)}</div>}
              </div>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
