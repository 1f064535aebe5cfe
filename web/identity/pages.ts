import type { DomainPages } from '../shell/page.ts';

export const identity: DomainPages = {
  pages: [
    { path: '/setup', title: 'Set up Groundcrew', load: () => import('./setup-page.tsx'), bare: true },
    { path: '/sign-in', title: 'Sign in', load: () => import('./sign-in-page.tsx'), bare: true },
    { path: '/sign-in/with/$organizationId', title: 'Sign in', load: () => import('./company-link-page.tsx'), bare: true },
    { path: '/sign-in/return/$organizationId', title: 'Signing in', load: () => import('./company-return-page.tsx'), bare: true },
    { path: '/settings/sign-in', title: 'How I sign in', load: () => import('./my-sign-in-page.tsx') },
    { path: '/invitation', title: 'Invitation', load: () => import('./invitation-page.tsx'), bare: true },
  ],
};
