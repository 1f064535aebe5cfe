import { type ReactNode, useEffect, useRef } from 'react';

/** The question of a step takes the focus, so that a screen reader says that the step changed; the first one leaves it to its first field. */
export function StepHeading({ first = false, children }: { first?: boolean; children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!first) heading.current?.focus();
  }, [first]);
  return (
    <h2 ref={heading} tabIndex={-1}>
      {children}
    </h2>
  );
}
