import type { DomainPages } from '../shell/page.ts';

export const apps: DomainPages = {
  pages: [
    { path: '/apps', title: 'Apps', load: () => import('./apps-page.tsx') },
    { path: '/apps/new', title: 'Add an app', load: () => import('./new-app-page.tsx') },
    { path: '/apps/$appId', title: 'App', load: () => import('./app-page.tsx') },
    { path: '/apps/$appId/accounts', title: 'Accounts', load: () => import('./accounts-page.tsx') },
    { path: '/apps/$appId/list', title: 'Give a list', load: () => import('./give-list-page.tsx') },
    { path: '/apps/$appId/readings/$syncId', title: 'Reading', load: () => import('./reading-page.tsx') },
    {
      path: '/apps/$appId/readings/$syncId/accounts',
      title: 'Accounts of a reading',
      load: () => import('./reading-accounts-page.tsx'),
    },
    { path: '/finding', title: 'Left, and still has accounts', load: () => import('./finding-page.tsx') },
  ],
  kinds: [{ kind: 'app', heading: 'Apps', to: (id) => `/apps/${id}` }],
  verbs: [
    {
      of: 'app',
      label: (title) => `Give a list of the users of ${title}…`,
      detail: 'shows what changes first',
      to: (id) => `/apps/${id}/list`,
      permission: 'lists:manage',
    },
    { of: null, label: () => 'Add an app…', to: () => '/apps/new', permission: 'apps:manage' },
    { of: null, label: () => 'See who has left and still has accounts', to: () => '/finding', permission: 'finding:read' },
  ],
};
