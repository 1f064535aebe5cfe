import type { DomainPages } from '../shell/page.ts';

export const leaving: DomainPages = {
  pages: [{ path: '/leaving', title: 'Leaving', load: () => import('./leaving-page.tsx') }],
  verbs: [
    {
      of: 'person',
      label: (name) => `Let ${name} leave…`,
      detail: 'shows what happens first',
      to: (id) => `/leaving?leave=${id}`,
      permission: 'leaving:manage',
    },
  ],
};
