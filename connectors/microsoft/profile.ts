import type { Profile } from '../kit/index.ts';
import { neededRights } from './rights.ts';
import { consentLink } from './settings.ts';

const entra = 'https://entra.microsoft.com/#view/Microsoft_AAD_RegisteredApps';

/** A page of the registered app in Entra, where its client ID was entered; else the list of apps. */
const appPage =
  (page: string) =>
  ({ clientId }: Record<string, unknown>): string =>
    typeof clientId === 'string' && clientId !== ''
      ? `${entra}/ApplicationMenuBlade/~/${page}/appId/${encodeURIComponent(clientId)}`
      : `${entra}/ApplicationsListBlade`;

export const microsoftProfile: Profile = {
  rights: neededRights.map(({ right, for: what }) => ({ right, for: what })),
  plan: 'Any plan with Entra ID, also the free one. Last activity and second factors need Entra ID P1 (part of Microsoft 365 Business Premium).',
  inbound: null,
  cannotKnow: [
    'When somebody last signed in, and who has a second factor, without Entra ID P1. What Microsoft tells of both comes some hours late.',
    'Who is in a group through another group: only direct members count, because only they can be taken out.',
    'Roles that somebody may switch on for a time (Privileged Identity Management): only roles that are on are seen.',
    'Which apps were opened to single people under Enterprise applications, and what an administrator allowed a program for everybody.',
    'Whether an account belongs to a program, a room or a shared mailbox rather than to a person.',
    "Accounts and groups that come from the company's own Active Directory are read, and cannot be changed from here: change them there.",
    'Dynamic groups, distribution lists and licences that come from a group are read, and cannot be given or taken one by one.',
    'A mailbox cannot become a shared one from here: Microsoft allows it only in the Exchange admin center and by PowerShell. Do it there before the licence is taken.',
    'Who may read the mailbox of somebody else, and forwarding that was set in Exchange: mail is forwarded by a rule of the inbox instead.',
    'Files keep their owner: a colleague is let in, and they are deleted with the account, 30 days later unless the company set more.',
    'An automatic reply has the subject that Microsoft gives it.',
    'A change of roles is seen only when everything is read, once a day; other changes are followed as they happen.',
    'To suspend administrators or reset their passwords, the app itself needs a role in Entra besides its rights: Privileged Authentication Administrator.',
  ],
  verifiedLive: null,
  setUp: [
    {
      words: 'Register an app named Groundcrew in Entra, for accounts in this organizational directory only, without a redirect address.',
      link: `${entra}/CreateApplicationBlade`,
    },
    { words: 'Enter here its Directory (tenant) ID and its Application (client) ID.' },
    {
      words: `Under API permissions choose Add a permission, Microsoft Graph, Application permissions, and tick: ${neededRights.map(({ right }) => right).join(', ')}. Leave out what Groundcrew should not do.`,
      link: appPage('CallAnAPI'),
    },
    {
      words:
        'Consent to them for the company, as a global administrator. A page that says that no reply address is registered may follow: the consent counts all the same.',
      link: consentLink,
    },
    {
      words:
        'Under Certificates & secrets make a new client secret, and enter its value here. Note when it expires: from that day on nothing can be read.',
      link: appPage('Credentials'),
    },
    { words: 'Test the connection. New rights may take some minutes until they count.' },
  ],
};
