import { PageBody } from '../design/page-body.tsx';
import { PageHeader } from '../design/page-header.tsx';
import { Problem } from '../design/problem.tsx';
import { Skeleton } from '../design/skeleton.tsx';
import { problemProps } from './api-problem.ts';

type NotShownProps = {
  /** What the page is about: "run". */
  what: string;
  /** Null while it is being read. */
  error: unknown;
  /** Where it belongs, and the way back. */
  crumb: { label: string; to: string }[];
};

/** Stands in for the page of one thing until it was read, and where it cannot be. */
export function NotShown({ what, error, crumb }: NotShownProps) {
  if (error === null) return <Skeleton />;
  return (
    <PageBody>
      <PageHeader crumb={crumb} title={`This ${what} cannot be shown`} />
      <Problem {...problemProps(error)} />
    </PageBody>
  );
}
