import type { NeededRight } from '../kit/index.ts';

/** Application permissions of Microsoft Graph, by their exact names (https://learn.microsoft.com/graph/permissions-reference). */
export const rights = {
  users: 'User.Read.All',
  groups: 'GroupMember.Read.All',
  directory: 'Directory.Read.All',
  activity: 'AuditLog.Read.All',
  changeUsers: 'User.ReadWrite.All',
  enable: 'User.EnableDisableAccount.All',
  password: 'User-PasswordProfile.ReadWrite.All',
  sessions: 'User.RevokeSessions.All',
  secondFactor: 'UserAuthenticationMethod.ReadWrite.All',
  members: 'GroupMember.ReadWrite.All',
  roles: 'RoleManagement.ReadWrite.Directory',
  licences: 'LicenseAssignment.ReadWrite.All',
  programs: 'DelegatedPermissionGrant.ReadWrite.All',
  mail: 'MailboxSettings.ReadWrite',
  calendars: 'Calendars.ReadWrite',
  files: 'Files.ReadWrite.All',
} as const;

/** What each right is for, what is missing without it, and which wider rights do as well. */
export const neededRights: (NeededRight & { without: string; orBy: string[] })[] = [
  {
    right: rights.users,
    for: 'read accounts and people',
    without: 'no account can be read',
    orBy: [rights.changeUsers, rights.directory, 'Directory.ReadWrite.All'],
  },
  {
    right: rights.groups,
    for: 'read groups and who is in them',
    without: 'what any account holds is not known, unless "group" is left out of what is read',
    orBy: [rights.members, 'Group.Read.All', 'Group.ReadWrite.All', rights.directory, 'Directory.ReadWrite.All'],
  },
  {
    right: rights.directory,
    for: 'read roles, licences, programs, and what somebody owns',
    without: 'roles, licences, programs and ownership are not known',
    orBy: ['Directory.ReadWrite.All'],
  },
  {
    right: rights.activity,
    for: 'read the last sign-in and whether there is a second factor (needs Entra ID P1 too)',
    without: 'last activity and second factors are not known, and nobody sees whether sessions were ended',
    orBy: [],
  },
  {
    right: rights.changeUsers,
    for: 'create, change and delete accounts, and set their country',
    without: 'accounts cannot be created, changed or deleted',
    orBy: ['Directory.ReadWrite.All'],
  },
  {
    right: rights.enable,
    for: 'suspend and restore accounts',
    without: 'accounts cannot be suspended or restored',
    orBy: [rights.changeUsers, 'Directory.ReadWrite.All'],
  },
  { right: rights.password, for: 'set and reset passwords', without: 'passwords cannot be set or reset', orBy: [] },
  {
    right: rights.sessions,
    for: 'end sessions',
    without: 'sessions cannot be ended',
    orBy: [rights.changeUsers, 'Directory.ReadWrite.All'],
  },
  { right: rights.secondFactor, for: 'reset second factors', without: 'second factors cannot be reset', orBy: [] },
  {
    right: rights.members,
    for: 'put accounts into groups and take them out',
    without: 'groups cannot be given or taken',
    orBy: ['Group.ReadWrite.All', 'Directory.ReadWrite.All'],
  },
  {
    right: rights.roles,
    for: 'give and take roles of administrators, and change groups that carry such roles',
    without: 'roles cannot be given or taken',
    orBy: [],
  },
  {
    right: rights.licences,
    for: 'give and take licences',
    without: 'licences cannot be given or taken',
    orBy: [rights.changeUsers, 'Directory.ReadWrite.All'],
  },
  {
    right: rights.programs,
    for: 'shut programs out that act for somebody',
    without: 'programs cannot be shut out',
    orBy: ['Directory.ReadWrite.All'],
  },
  {
    right: rights.mail,
    for: 'set automatic replies and forward mail',
    without: 'automatic replies cannot be set and mail not be forwarded',
    orBy: [],
  },
  {
    right: rights.calendars,
    for: 'cancel meetings of somebody who leaves',
    without: 'meetings cannot be cancelled',
    orBy: [],
  },
  {
    right: rights.files,
    for: 'let a colleague into the files of somebody who leaves',
    without: 'files cannot be handed over',
    orBy: ['Sites.ReadWrite.All', 'Sites.FullControl.All'],
  },
];
