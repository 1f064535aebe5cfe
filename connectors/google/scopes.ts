const google = 'https://www.googleapis.com/auth/';

/** What the key may do, by Google's own names (OAuth scopes). Each call asks for a token of one of them, so that one that is missing stops nothing else. */
export const scopes = {
  users: `${google}admin.directory.user`,
  groups: `${google}admin.directory.group.readonly`,
  members: `${google}admin.directory.group.member`,
  roles: `${google}admin.directory.rolemanagement`,
  security: `${google}admin.directory.user.security`,
  licences: `${google}apps.licensing`,
  transfer: `${google}admin.datatransfer`,
  audit: `${google}admin.reports.audit.readonly`,
  usage: `${google}admin.reports.usage.readonly`,
  autoReply: `${google}gmail.settings.basic`,
  forwarding: `${google}gmail.settings.sharing`,
  events: `${google}calendar.events.owned`,
} as const;

export type Scope = (typeof scopes)[keyof typeof scopes];
