import type { DomainPages } from '../shell/page.ts';

export const playbooks: DomainPages = {
  pages: [
    { path: '/playbooks', title: 'Playbooks', load: () => import('./playbooks-page.tsx') },
    { path: '/playbooks/$playbookId', title: 'Playbook', load: () => import('./playbook-page.tsx') },
  ],
};
