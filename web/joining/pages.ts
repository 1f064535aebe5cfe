import type { DomainPages } from '../shell/page.ts';

export const joining: DomainPages = {
  pages: [
    { path: '/joining', title: 'Joining', load: () => import('./joining-page.tsx') },
    { path: '/joining/report', title: 'What hires waited for', load: () => import('./report-page.tsx') },
    { path: '/joining/milestones', title: 'Milestones', load: () => import('./milestones-page.tsx') },
    { path: '/joining/$runId', title: 'Joining', load: () => import('./joiner-page.tsx') },
    { path: '/welcome', title: 'Welcome', load: () => import('./welcome-page.tsx'), bare: true },
  ],
  verbs: [
    {
      of: 'person',
      label: (name) => `Prepare the first day of ${name}…`,
      detail: 'shows what happens first',
      to: (id) => `/joining?hire=${id}`,
      permission: 'joining:manage',
    },
    {
      of: null,
      label: () => 'Hire somebody…',
      detail: 'shows what happens first',
      to: () => '/joining?hire=new',
      permission: 'joining:manage',
    },
    { of: null, label: () => 'Change the milestones…', to: () => '/joining/milestones', permission: 'joining:manage' },
  ],
};
