import type { DomainPages } from '../shell/page.ts';

export const directory: DomainPages = {
  pages: [
    { path: '/directory', title: 'Directories', load: () => import('./directories-page.tsx') },
    { path: '/directory/$directoryConnectionId', title: 'Directory', load: () => import('./directory-page.tsx') },
    { path: '/directory/$directoryConnectionId/users', title: 'Users of a directory', load: () => import('./users-page.tsx') },
    { path: '/directory/$directoryConnectionId/groups', title: 'Groups of a directory', load: () => import('./groups-page.tsx') },
  ],
};
