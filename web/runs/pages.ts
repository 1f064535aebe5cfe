import type { DomainPages } from '../shell/page.ts';

export const runs: DomainPages = {
  pages: [
    { path: '/runs', title: 'Runs', load: () => import('./runs-page.tsx') },
    { path: '/runs/$runId', title: 'Run', load: () => import('./run-page.tsx') },
  ],
};
