import type { DomainPages } from '../shell/page.ts';

export const outbox: DomainPages = { pages: [{ path: '/outbox', title: 'Outbox', load: () => import('./outbox-page.tsx') }] };
