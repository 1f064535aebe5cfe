import { useEffect, useRef } from 'react';
import { PlaceLink } from '../design/place-link.tsx';
import { ZonedTime } from '../design/zoned-time.tsx';
import classes from './paused-banner.module.css';

/** Stands above everything while the installation is paused after a restore. */
export function PausedBanner({ since }: { since: string }) {
  const banner = useRef<HTMLElement>(null);
  useEffect(() => {
    const element = banner.current;
    if (element === null) return;
    const root = document.documentElement.style;
    const observer = new ResizeObserver(() => root.setProperty('--gc-banner-height', `${element.offsetHeight}px`));
    observer.observe(element);
    return () => {
      observer.disconnect();
      root.removeProperty('--gc-banner-height');
    };
  }, []);
  return (
    <section ref={banner} className={classes.banner} aria-label="Paused">
      <p>
        <b>Groundcrew is paused.</b> It was restored from a backup on <ZonedTime instant={since} />. Nothing is closed, opened or sent until
        you say so. <PlaceLink to="/settings/restored">See what became due, and go on</PlaceLink>
      </p>
    </section>
  );
}
