import type { DomainPages } from '../shell/page.ts';

export const today: DomainPages = {
  pages: [{ path: '/', title: 'Today', load: () => import('./today-page.tsx') }],
};
