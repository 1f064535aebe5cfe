import type { DomainPages } from '../shell/page.ts';

export const settings: DomainPages = {
  pages: [
    { path: '/settings', title: 'Settings', load: () => import('./settings-page.tsx') },
    { path: '/settings/organization', title: 'Organization', load: () => import('./organization-page.tsx') },
    { path: '/settings/sample', title: 'Sample company', load: () => import('./sample-page.tsx') },
    { path: '/settings/work-addresses', title: 'Work addresses', load: () => import('./work-addresses-page.tsx') },
    { path: '/settings/days-to-keep', title: 'Accounts of leavers', load: () => import('./days-to-keep-page.tsx') },
    { path: '/settings/members', title: 'Members and roles', load: () => import('./members-page.tsx') },
    { path: '/settings/company-sign-in', title: 'Company sign-in', load: () => import('./company-sign-in-page.tsx') },
    { path: '/settings/tokens', title: 'API tokens', load: () => import('./tokens-page.tsx') },
    { path: '/settings/set-up', title: 'Set-up check', load: () => import('./setup-check-page.tsx') },
    { path: '/settings/appearance', title: 'Appearance', load: () => import('./appearance-page.tsx') },
    { path: '/settings/restored', title: 'After a restore', load: () => import('./restored-page.tsx') },
  ],
  verbs: [
    { of: null, label: () => 'Make, open or remove the sample company…', to: () => '/settings/sample', permission: 'organization:manage' },
  ],
};
