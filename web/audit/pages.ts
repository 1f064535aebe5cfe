import type { DomainPages } from '../shell/page.ts';

export const audit: DomainPages = { pages: [{ path: '/audit', title: 'Audit', load: () => import('./audit-page.tsx') }] };
