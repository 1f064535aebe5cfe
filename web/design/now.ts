import { useEffect, useState } from 'react';

let aheadMilliseconds = 0;

/** The present instant by the server's clock, in milliseconds since 1970. */
export const now = (): number => Date.now() + aheadMilliseconds;

/** Tells the page what the server's clock said when the laptop's said `at`: a wrong laptop then shows the same *Now* as everybody. */
export const setServerNow = (instant: string, at: number = Date.now()): void => {
  const server = Date.parse(instant);
  if (Number.isNaN(server)) return;
  const difference = server - at;
  // The way of an answer takes time; only a difference that a person would see counts.
  aheadMilliseconds = Math.abs(difference) < 5_000 ? 0 : difference;
};

/** The present instant in milliseconds, renewed each full minute. */
export function useNow(): number {
  const [instant, setInstant] = useState(now);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const wait = () => {
      timer = setTimeout(
        () => {
          setInstant(now());
          wait();
        },
        60_000 - (now() % 60_000),
      );
    };
    wait();
    return () => clearTimeout(timer);
  }, []);
  return instant;
}
