import { useEffect, useState } from 'react';
import classes from './skeleton.module.css';

type SkeletonProps = {
  /** The shape of what comes. */
  as?: 'page' | 'rows' | 'table';
  rows?: number;
};

/** The shape of what is being fetched; shown only after 300 ms, so that quick answers do not flicker. */
export function Skeleton({ as = 'page', rows = 6 }: SkeletonProps) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 300);
    return () => clearTimeout(timer);
  }, []);
  if (!late) return <div className={classes.room} aria-busy="true" />;
  return (
    <div className={classes.skeleton} data-as={as} role="status">
      <span className="gc-unseen">Being fetched</span>
      {as === 'page' && (
        <>
          <div className={classes.title} />
          <div className={classes.lede} />
        </>
      )}
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: equal rows without identity
        <div key={index} className={classes.row}>
          <div />
          <div />
        </div>
      ))}
    </div>
  );
}
