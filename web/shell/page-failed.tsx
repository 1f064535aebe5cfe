import type { ErrorComponentProps } from '@tanstack/react-router';
import { PageBody } from '../design/page-body.tsx';
import { Problem } from '../design/problem.tsx';
import { ApiProblem, problemProps } from './api-problem.ts';
import { NotFound } from './not-found.tsx';
import { useTitle } from './page-title.ts';

// A page whose code is no longer on the server: a newer version was installed while this one was open.
const isOutdated = (error: unknown) => error instanceof TypeError && /dynamically imported module|module script/i.test(error.message);

/** Stands in for a page that failed, inside the frame, so that every other page can still be reached. */
export function PageFailed({ error, reset }: ErrorComponentProps) {
  useTitle('This page failed');
  if (error instanceof ApiProblem && error.status === 404) return <NotFound />;
  const reload = { label: 'Load the page again', onClick: () => location.reload() };
  return (
    <PageBody>
      <h1>This page cannot be shown.</h1>
      {isOutdated(error) ? (
        <Problem what="A newer Groundcrew was installed while this page was open." unchanged="Nothing was changed." act={reload} />
      ) : (
        <Problem {...problemProps(error)} act={error instanceof ApiProblem ? { label: 'Try again', onClick: reset } : reload} />
      )}
    </PageBody>
  );
}
