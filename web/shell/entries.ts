/** An entry of the navigation. */
export type Entry = {
  label: string;
  to: string;
  /** Shown only to those who may. */
  permission?: string;
  /** Its number in the counts. */
  count?: string;
  /** Its number is what needs me: a vest tag. */
  needsMe?: boolean;
  /** Only where no mail server is set up. */
  withoutMail?: boolean;
};

/** The rail: groups without captions. */
export const entries: Entry[][] = [
  [
    { label: 'Today', to: '/', count: 'today', needsMe: true },
    { label: 'My tasks', to: '/tasks', count: 'tasks' },
  ],
  [
    { label: 'People', to: '/people', permission: 'people:read', count: 'people' },
    { label: 'Joining', to: '/joining', permission: 'joining:read', count: 'joining' },
    { label: 'Leaving', to: '/leaving', permission: 'leaving:read', count: 'leaving' },
    { label: 'Runs', to: '/runs', permission: 'leaving:read' },
    { label: 'Playbooks', to: '/playbooks', permission: 'playbooks:read' },
  ],
  [
    { label: 'Apps', to: '/apps', permission: 'apps:read', count: 'apps' },
    { label: 'Access rules', to: '/access-rules', permission: 'access:read' },
    { label: 'Connections', to: '/connections', permission: 'connections:read' },
    { label: 'Hygiene', to: '/hygiene', permission: 'hygiene:read' },
  ],
  [
    { label: 'Audit', to: '/audit', permission: 'audit:read' },
    { label: 'Outbox', to: '/outbox', permission: 'outbox:read', withoutMail: true },
    { label: 'Settings', to: '/settings' },
  ],
];

/** Pages below an entry, which *Find or do…* leads to. */
export const furtherEntries: Entry[] = [
  { label: 'Places and departments', to: '/people/places', permission: 'people:read' },
  { label: 'What hires waited for', to: '/joining/report', permission: 'joining:read' },
  { label: 'Milestones', to: '/joining/milestones', permission: 'joining:read' },
  { label: 'Plan: what rules would change', to: '/access-rules/plan', permission: 'access:read' },
  { label: 'Plans made so far', to: '/access-rules/plans', permission: 'access:read' },
  { label: 'Directories that push people in', to: '/directory', permission: 'directory:read' },
  { label: 'How I sign in', to: '/settings/sign-in' },
  { label: 'Appearance', to: '/settings/appearance' },
  { label: 'Organization', to: '/settings/organization', permission: 'organization:read' },
  { label: 'Members and roles', to: '/settings/members', permission: 'members:read' },
  { label: 'API tokens', to: '/settings/tokens', permission: 'tokens:manage' },
  { label: 'Set-up check', to: '/settings/set-up', permission: 'settings:read' },
];

/** The five words at the bottom of the phone. */
export const phoneEntries: Entry[] = [
  { label: 'Today', to: '/', count: 'today', needsMe: true },
  { label: 'Tasks', to: '/tasks', count: 'tasks' },
  { label: 'People', to: '/people', permission: 'people:read' },
  { label: 'Leaving', to: '/leaving', permission: 'leaving:read' },
  { label: 'More', to: '/more' },
];

/** Whether an entry is the one that the reader is in. */
export const isCurrent = (to: string, path: string): boolean => (to === '/' ? path === '/' : path === to || path.startsWith(`${to}/`));

/** The entries that this session may see; groups that lost all of theirs are gone. */
export const visibleEntries = (groups: Entry[][], session: { permissions: string[]; mail: boolean }): Entry[][] =>
  groups
    .map((group) =>
      group.filter(
        ({ permission, withoutMail }) =>
          (permission === undefined || session.permissions.includes(permission)) && (withoutMail !== true || !session.mail),
      ),
    )
    .filter((group) => group.length > 0);
