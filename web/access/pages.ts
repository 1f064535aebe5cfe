import type { DomainPages } from '../shell/page.ts';

export const access: DomainPages = {
  pages: [
    { path: '/access-rules', title: 'Access rules', load: () => import('./rules-page.tsx') },
    { path: '/access-rules/new', title: 'Write a rule', load: () => import('./new-rule-page.tsx') },
    { path: '/access-rules/proposals', title: 'Proposed rules', load: () => import('./proposals-page.tsx') },
    { path: '/access-rules/plan', title: 'Plan', load: () => import('./plan-page.tsx') },
    { path: '/access-rules/plans', title: 'Plans made so far', load: () => import('./plans-page.tsx') },
    { path: '/access-rules/plans/$planId', title: 'Plan', load: () => import('./made-plan-page.tsx') },
    { path: '/access-rules/$ruleId', title: 'Access rule', load: () => import('./rule-page.tsx') },
    { path: '/access-rules/$ruleId/change', title: 'Change a rule', load: () => import('./change-rule-page.tsx') },
  ],
  verbs: [
    {
      of: 'person',
      label: (name) => `See what ${name} should have`,
      detail: 'and what they have',
      to: (id) => `/people/${id}#access`,
      permission: 'access:read',
    },
    {
      of: 'person',
      label: (name) => `Give ${name} what the rules say…`,
      detail: 'shows what happens first',
      to: (id) => `/access-rules/plan?person=${id}`,
      permission: 'access:manage',
    },
    {
      of: 'app',
      label: (name) => `See what rules would change in ${name}…`,
      detail: 'shows what happens first',
      to: (id) => `/access-rules/plan?app=${id}`,
      permission: 'access:read',
    },
    { of: null, label: () => 'Write an access rule…', to: () => '/access-rules/new', permission: 'access:manage' },
    {
      of: null,
      label: () => 'Propose access rules from what people have…',
      detail: 'changes nothing',
      to: () => '/access-rules/proposals',
      permission: 'access:manage',
    },
  ],
};
