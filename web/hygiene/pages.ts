import type { DomainPages } from '../shell/page.ts';

export const hygiene: DomainPages = {
  pages: [
    { path: '/hygiene', title: 'Hygiene', load: () => import('./hygiene-page.tsx') },
    { path: '/hygiene/$kind', title: 'Hygiene', load: () => import('./list-page.tsx') },
  ],
  verbs: [
    { of: null, label: () => 'See what drifted: hygiene', to: () => '/hygiene', permission: 'hygiene:read' },
    {
      of: null,
      label: () => 'See accounts without a second factor',
      to: () => '/hygiene/second-factor',
      permission: 'hygiene:read',
    },
    { of: null, label: () => 'See administrators of all apps', to: () => '/hygiene/administrator', permission: 'hygiene:read' },
    { of: null, label: () => 'See programs with wide rights', to: () => '/hygiene/app-grant', permission: 'hygiene:read' },
  ],
};
