import { useLocation, useParams, useRouter } from '@tanstack/react-router';
import { type Search, searchText, splitAddress } from '../design/split-address.ts';

/** Where the reader is, and ways to go elsewhere. All values are text. */
export type CurrentPlace = {
  path: string;
  params: Record<string, string>;
  search: Search;
  go: (to: string) => void;
  /** Changes what stands behind the question mark, without a new step in the history; '' takes a value away. */
  setSearch: (change: Search) => void;
};

export function usePlace(): CurrentPlace {
  const router = useRouter();
  const params = useParams({ strict: false }) as Record<string, string>;
  const { pathname, search } = useLocation() as { pathname: string; search: Search };
  return {
    path: pathname,
    params,
    search,
    go: (to) => {
      const { path, search: wanted, hash } = splitAddress(to);
      router.navigate({ to: path, search: wanted as never, hash });
    },
    setSearch: (change) => {
      const next = splitAddress(`${pathname}${searchText({ ...(router.state.location.search as Search), ...change })}`);
      router.navigate({ to: pathname, search: next.search as never, replace: true, resetScroll: false });
    },
  };
}
