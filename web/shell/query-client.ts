import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiProblem } from './api-problem.ts';
import { sessionQuery } from './session.ts';

/** What was read, kept for ten seconds. A session that ended is noticed at any answer: the frame then leads to the sign-in. */
export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: (error, query) => noticeSignedOut(error, query.queryKey[0] === sessionQuery.queryKey[0]) }),
  mutationCache: new MutationCache({ onError: (error) => noticeSignedOut(error, false) }),
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      networkMode: 'always',
      retry: (failures, error) => error instanceof ApiProblem && (error.status === 0 || error.status >= 502) && failures < 2,
    },
    mutations: { networkMode: 'always' },
  },
});

const noticeSignedOut = (error: unknown, isSession: boolean) => {
  if (!isSession && error instanceof ApiProblem && error.status === 401) queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey });
};
