import { useQuery } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Problem } from '../design/problem.tsx';
import { Skeleton } from '../design/skeleton.tsx';
import { problemProps } from './api-problem.ts';
import { OutsideSheet } from './outside-sheet.tsx';

type OpenedByLinkProps<Opened> = {
  /** What opens with the link, as the beginning of a sentence: "Your tasks open". */
  opens: string;
  open: (secret: string) => Promise<Opened>;
  /** The page, with the secret of its link; `again` reads it once more after something was sent. */
  children: (opened: Opened, secret: string, again: () => Promise<unknown>) => ReactNode;
};

/** What stands behind the link of a mail: its secret is what follows the #, and opens it without a session. */
export function OpenedByLink<Opened>({ opens, open, children }: OpenedByLinkProps<Opened>) {
  const secret = useLocation().hash.replace(/^#/, '');
  const link = useQuery({
    queryKey: ['opened by link', opens, secret],
    queryFn: () => open(secret),
    enabled: secret !== '',
    retry: false,
    // What somebody is writing must not move away under their hands: it is read again only after something was sent.
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  if (secret === '') {
    return (
      <OutsideSheet
        title="Open the link from your mail"
        lede={`It ends in a secret that is missing here. ${opens} with it, without a password.`}
      />
    );
  }
  if (link.error !== null && link.data === undefined) {
    return (
      <OutsideSheet title="This link cannot be opened">
        <Problem {...problemProps(link.error)} />
      </OutsideSheet>
    );
  }
  if (link.data === undefined) return <Skeleton />;
  return children(link.data, secret, () => link.refetch());
}
