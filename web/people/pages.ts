import type { DomainPages } from '../shell/page.ts';

export const people: DomainPages = {
  pages: [
    { path: '/people', title: 'People', load: () => import('./people-page.tsx') },
    { path: '/people/new', title: 'Add a person', load: () => import('./new-person-page.tsx') },
    { path: '/people/places', title: 'Places and departments', load: () => import('./places-page.tsx') },
    { path: '/people/sources', title: 'Who tells of people', load: () => import('./sources-page.tsx') },
    { path: '/people/differences', title: 'Differences', load: () => import('./differences-page.tsx') },
    { path: '/people/imports', title: 'Import a people list', load: () => import('./imports-page.tsx') },
    { path: '/people/imports/$importId', title: 'People list', load: () => import('./import-page.tsx') },
    { path: '/people/$personId', title: 'Person', load: () => import('./person-page.tsx') },
  ],
  kinds: [{ kind: 'person', heading: 'People', to: (id) => `/people/${id}` }],
  verbs: [
    {
      of: null,
      label: () => 'Import a people list…',
      detail: 'shows what changes first',
      to: () => '/people/imports',
      permission: 'people:import',
    },
    { of: null, label: () => 'Add a person…', to: () => '/people/new', permission: 'people:manage' },
  ],
};
