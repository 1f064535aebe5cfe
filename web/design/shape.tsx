import type { ReactNode } from 'react';
import classes from './shape.module.css';
import type { StatusKind } from './status-kind.ts';

const outline = { fill: 'none', stroke: 'currentColor', strokeWidth: 1.6 } as const;

const drawings: Record<StatusKind, ReactNode> = {
  'good-read': (
    <path fill="currentColor" fillRule="evenodd" d="M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zM6.9 11.3 3.9 8.3 5 7.2l1.9 1.9 4.1-4.1 1.1 1.1z" />
  ),
  'good-vouched': (
    <g {...outline}>
      <rect x="2" y="1.8" width="12" height="12.4" rx="2" />
      <path d="m5 8.1 2.2 2.2L11 6" />
    </g>
  ),
  waiting: (
    <>
      <circle cx="8" cy="8" r="6.2" {...outline} />
      <path fill="currentColor" d="M8 3.6a4.4 4.4 0 0 1 0 8.8z" />
    </>
  ),
  wrong: <path fill="currentColor" fillRule="evenodd" d="M5 .8h6L15.2 5v6L11 15.2H5L.8 11V5zM7.1 4v5h1.8V4zm0 6.3v1.8h1.8v-1.8z" />,
  decided: <path fill="currentColor" fillRule="evenodd" d="M8 .6 15.4 8 8 15.4.6 8zM4.8 7.1v1.8h6.4V7.1z" />,
  unknown: (
    <g {...outline}>
      <circle cx="8" cy="8" r="6.2" strokeDasharray="2.5 1.9" />
      <path d="M6.2 6.4c.1-1 .9-1.6 1.8-1.6s1.8.6 1.8 1.5c0 1.2-1.7 1.3-1.7 2.6M8.1 10.2v1.6" />
    </g>
  ),
  planned: <circle cx="8" cy="8" r="6.2" {...outline} />,
  away: <path fill="currentColor" d="M4 2.5h2.6v11H4zm5.4 0H12v11H9.4z" />,
  starts: <path fill="currentColor" d="M8 2.2 15 14H1z" />,
  working: <path fill="currentColor" d="M3 7h10v2H3z" />,
};

/** The 16 px shape of a status. Give `label` only where no word stands beside it. */
export function Shape({ kind, label, today = false }: { kind: StatusKind; label?: string; today?: boolean }) {
  return (
    <span className={classes.shape} data-kind={kind} data-today={today || undefined}>
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
        {today ? (
          <g {...outline}>
            <circle cx="8" cy="8" r="6.2" />
            <circle cx="8" cy="8" r="3.2" fill="currentColor" stroke="none" />
          </g>
        ) : (
          drawings[kind]
        )}
      </svg>
      {label !== undefined && <span className="gc-unseen">{label}</span>}
    </span>
  );
}
