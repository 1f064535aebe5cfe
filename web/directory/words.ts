import type { StatusKind } from '../design/status-kind.ts';
import type { OutputOf } from '../shell/call.ts';

export type Directory = OutputOf<'getDirectoryConnection'>;
export type DirectoryLine = OutputOf<'listDirectoryConnections'>['rows'][number];
export type Suspension = OutputOf<'listDirectorySuspensions'>['rows'][number];
export type PushedUser = OutputOf<'listDirectoryUsers'>['rows'][number];
export type System = DirectoryLine['system'];

export const systemNames: Record<System, string> = {
  entra: 'Microsoft Entra ID',
  okta: 'Okta',
  other: 'Another directory or HR system',
};

export const causeWords: Record<Suspension['cause'], string> = { deactivated: 'deactivated', deleted: 'deleted' };

/** How a directory fares, the most urgent first. */
export function directoryStatus({ held, asked, notTakenOver, lastContactAt }: DirectoryLine): { kind: StatusKind; word: string } {
  if (held > 0) return { kind: 'waiting', word: 'Held for you' };
  if (asked > 0) return { kind: 'waiting', word: 'Asks you' };
  if (lastContactAt === null) return { kind: 'planned', word: 'Not heard of yet' };
  if (notTakenOver > 0) return { kind: 'waiting', word: 'Not all taken over' };
  return { kind: 'good-read', word: 'Works' };
}

/** “1 user”, “1,200 users”. */
export const many = (count: number, one: string, more: string) => `${count.toLocaleString('en')} ${count === 1 ? one : more}`;
export const people = (count: number) => many(count, 'person', 'people');

/** What a directory brought, in words. */
export const broughtWords = ({ users, groups }: DirectoryLine): string => `${people(users)} and ${many(groups, 'group', 'groups')}`;

/** The state of a directory as the title of its page. */
export function directoryTitle(directory: DirectoryLine): string {
  const { name, held, asked, lastContactAt } = directory;
  if (held > 0) return `${name} wants to take out ${people(held)} at once. Nobody was touched.`;
  if (asked > 0)
    return asked === 1 ? `${name} took somebody out. Are they leaving?` : `${name} took ${asked} people out. Are they leaving?`;
  if (lastContactAt === null) return `${name} has not been heard of yet.`;
  return `${name} pushes ${broughtWords(directory)}.`;
}

/** What is done in the directory itself, step by step. */
export const setUpSteps: Record<System, string[]> = {
  entra: [
    'In the Entra admin center open Enterprise applications, New application, Create your own application, and choose “Integrate any other application you don’t find in the gallery”. Name it Groundcrew.',
    'In that application open Provisioning, then New configuration. Enter the address as Tenant URL and the token as Secret token, and press Test connection.',
    'Under Mappings leave users as they come; add employeeId, jobTitle, department and manager where they are not mapped yet.',
    'Under Users and groups assign the groups whose people work for you, and start provisioning. The first cycle can take up to 40 minutes.',
  ],
  okta: [
    'In the Okta admin console open Applications, Browse App Catalog, and add “SCIM 2.0 Test App (OAuth Bearer Token)”. Name it Groundcrew.',
    'Open its Provisioning tab, Configure API Integration. Enter the address as SCIM 2.0 Base Url and the token as OAuth Bearer Token, and press Test API Credentials.',
    'Under To App switch on Create Users, Update User Attributes and Deactivate Users.',
    'Under Assignments assign the groups whose people work for you; under Push Groups choose the groups that Groundcrew is to know.',
  ],
  other: [
    'Look for provisioning by SCIM 2.0 in its administration.',
    'Enter the address and the token. The token is a bearer token.',
    'Let it send users, and groups where they matter. userName is the work address; active false means that somebody is to be taken out.',
  ],
};
