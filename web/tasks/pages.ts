import type { DomainPages } from '../shell/page.ts';

export const tasks: DomainPages = {
  pages: [
    { path: '/tasks', title: 'My tasks', load: () => import('./my-tasks-page.tsx') },
    { path: '/tasks/$taskId', title: 'Task', load: () => import('./task-page.tsx') },
    { path: '/task', title: 'Your tasks', load: () => import('./link-page.tsx'), bare: true },
  ],
};
