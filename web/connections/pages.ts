import type { DomainPages } from '../shell/page.ts';

export const connections: DomainPages = {
  pages: [
    { path: '/connections', title: 'Connections', load: () => import('./connections-page.tsx') },
    { path: '/connections/new', title: 'Connect an app', load: () => import('./connect-page.tsx') },
    { path: '/connections/$connectionId', title: 'Connection', load: () => import('./connection-page.tsx') },
  ],
  verbs: [{ of: null, label: () => 'Connect an app…', to: () => '/connections/new', permission: 'connections:manage' }],
};
