import type { Profile } from '../kit/index.ts';
import { scopes } from './scopes.ts';

const rights = [
  { right: scopes.users, for: 'read accounts, create, change, suspend, restore and delete them' },
  { right: scopes.groups, for: 'read groups and who is in them' },
  { right: scopes.members, for: 'put accounts into groups and take them out' },
  { right: scopes.roles, for: 'read, give and take roles of administrators' },
  { right: scopes.licences, for: 'read, give and take licences' },
  { right: scopes.security, for: 'end sessions, reset second factors, shut programs out' },
  { right: scopes.transfer, for: 'hand files and calendars over' },
  { right: scopes.audit, for: 'see which programs accounts let in, and that sessions were ended' },
  { right: scopes.usage, for: 'see when accounts were last used, not only when they last signed in' },
  { right: scopes.autoReply, for: 'set automatic replies, read forwarding' },
  { right: scopes.forwarding, for: 'forward mail' },
  { right: scopes.events, for: 'cancel meetings of somebody who leaves' },
];

const list = rights.map(({ right }) => right).join(',');

/** The page of the Admin console where the key is let in, filled out where the client ID is known. */
const delegation = 'https://admin.google.com/ac/owl/domainwidedelegation';

function delegationLink({ clientId }: Record<string, unknown>): string {
  if (typeof clientId !== 'string' || clientId === '') return delegation;
  return `${delegation}?overwriteClientId=true&clientIdToAdd=${encodeURIComponent(clientId)}&clientScopeToAdd=${encodeURIComponent(list)}`;
}

const apis = ['admin', 'licensing', 'gmail', 'calendar-json'].map((name) => `${name}.googleapis.com`).join(',');

export const googleProfile: Profile = {
  rights,
  plan: 'Any edition of Google Workspace or Cloud Identity. Licences, mail and calendars only where the edition has them.',
  inbound: null,
  cannotKnow: [
    'Licences that were bought and that nobody holds: Google counts only those that somebody has.',
    'Which programs accounts let in longer than 180 days ago, in the list of all accounts: it comes from the audit log. For one account it is always known, and each account that leaves is asked about by itself.',
    'When somebody used the account in the last two or three days without signing in anew: Google makes its reports of use late.',
    'A second factor that another sign-in system asks for: only the 2-Step Verification of Google shows.',
    'Who is in a group through another group: only direct members count, because only they can be taken out.',
    'How many files and mails an account has: only their owner can count them.',
    'Whether an account belongs to a program rather than to a person.',
    'What changed since the last reading: Google has no list of changes, and its audit log leaves out what people change themselves and comes late, so everything is read each time.',
    'A mailbox cannot become a shared one: Google has none. Forward the mail, or give the address to a group after the account is deleted.',
    'Meetings in other calendars than the main one of an account: only that one is released.',
    'Mail settings and calendars of a suspended account: Google lets nobody in. Set the reply and the forwarding, and release the calendar, before it is suspended.',
    'Whether sessions were ended or a password was changed shows only in the audit log, some minutes later.',
  ],
  verifiedLive: null,
  setUp: [
    {
      words: 'Make a project for Groundcrew in the Google Cloud console, signed in as a super administrator.',
      link: 'https://console.cloud.google.com/projectcreate',
    },
    {
      words: 'Switch on the four interfaces that are needed: Admin SDK, Enterprise License Manager, Gmail and Google Calendar.',
      link: `https://console.cloud.google.com/flows/enableapi?apiid=${apis}`,
    },
    {
      words:
        'Make a service account named Groundcrew. It needs no role. Open it, choose Keys, Add key, Create new key, JSON: a file is downloaded. Where this is forbidden, an administrator of Google Cloud has to lift "iam.disableServiceAccountKeyCreation" for the project.',
      link: 'https://console.cloud.google.com/iam-admin/serviceaccounts/create',
    },
    { words: 'Enter here the whole content of the file, its "client_id", and the address of a super administrator.' },
    {
      words: `Let the key in: this link opens the Admin console, filled out where the client ID was entered. Otherwise choose Add new, paste the client ID, and paste these ${rights.length} scopes with their commas, but without the full stop at the end: ${list}.`,
      link: delegationLink,
    },
    { words: 'Test the connection. What was let in may take some minutes, at most 24 hours, until Google knows it everywhere.' },
  ],
};
