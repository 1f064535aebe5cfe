import type { DepartmentName } from './places.ts';

/** One app of the sample. `owner` and `deputy` are given names in the cast; `by` is how Groundcrew reads it. */
export type SampleApp = {
  name: string;
  capability: string;
  owner: string;
  deputy: string | null;
  by: 'connection' | 'read-only' | 'list';
  writer: 'connection' | 'group' | 'manual' | 'outside';
  /** The departments whose people have an account; `share` of them do. */
  who: 'all' | DepartmentName[];
  share: number;
  entitlements: string[];
  group?: string;
  signIn?: boolean;
  behaviour?: 'lies' | 'slow';
  /** Accounts of programs. */
  services?: string[];
  /** Accounts that belong to nobody on the list. */
  strangers?: string[];
  revoke?: string;
};

type Way = Pick<SampleApp, 'by' | 'writer'> & Partial<SampleApp>;
type Holders = [who: SampleApp['who'], share: number];

const app = (
  name: string,
  capability: string,
  owner: string,
  deputy: string | null,
  [who, share]: Holders,
  entitlements: string[],
  way: Way,
  more: Partial<SampleApp> = {},
): SampleApp => ({ name, capability, owner, deputy, who, share, entitlements, ...way, ...more });

const connected: Way = { by: 'connection', writer: 'connection' };
const grantedBy = (group: string): Way => ({ by: 'read-only', writer: 'group', group });
const byHand = (revoke: string): Way => ({ by: 'list', writer: 'manual', revoke });
const outside: Way = { by: 'list', writer: 'outside' };
const technical: DepartmentName[] = ['Engineering', 'Product', 'Operations'];

/** Twenty-five apps: most obey, one lies, two are slow, some are worked by hand, two are run from outside. The one for sign-in stands first. */
export const sampleApps: SampleApp[] = [
  app(
    'Directory',
    'Sign-in',
    'Ines',
    'Emre',
    ['all', 1],
    ['Everyone', 'Mail users', 'Meeting hosts', 'Wiki readers', 'Learners'],
    connected,
    {
      signIn: true,
      services: ['svc-backup', 'svc-printing'],
      strangers: ['temp.reception@fernhill.example'],
    },
  ),
  app('Mail and calendar', 'Mail', 'Ines', 'Emre', ['all', 1], ['Mailbox'], grantedBy('Mail users')),
  app('Chat', 'Chat', 'Emre', 'Ines', ['all', 0.98], ['Member', 'Guest'], connected, {
    services: ['bot-deploys', 'bot-standup'],
    strangers: ['agency.lisboa@partner.example', 'old.intern@fernhill.example'],
  }),
  app('Drive', 'Files', 'Ines', 'Marc', ['all', 1], ['Standard', 'External sharing'], connected, { behaviour: 'slow' }),
  app('Video meetings', 'Meetings', 'Marc', 'Ines', ['all', 0.7], ['Licensed'], grantedBy('Meeting hosts')),
  app('Wiki', 'Knowledge', 'Sebastião', 'Siobhán', ['all', 0.95], ['Reader', 'Editor'], grantedBy('Wiki readers')),
  app('Learning', 'Training', 'Yuki', 'Fatoumata', ['all', 0.85], ['Learner'], grantedBy('Learners')),
  app('CRM', 'Customers', 'Owen', 'Aïcha', [['Sales', 'Support', 'Marketing'], 0.9], ['Standard', 'Read only', 'Reports'], connected, {
    services: ['crm-nightly-export'],
  }),
  app('Helpdesk', 'Support', 'Lucia', 'Bram', [['Support', 'Operations'], 0.9], ['Agent', 'Light agent'], connected, { behaviour: 'lies' }),
  app('Source code', 'Development', 'Tomáš', 'Oksana', [['Engineering'], 0.9], ['Read', 'Write', 'Maintain'], connected, {
    services: ['ci-runner'],
    strangers: ['j.placeholder@personal.example'],
  }),
  app('Issue tracker', 'Development', 'Tomáš', 'Ananya', [technical, 0.95], ['User', 'Project lead'], connected),
  app('Cloud console', 'Infrastructure', 'Emre', 'Tomáš', [['Engineering'], 0.35], ['Viewer', 'Operator'], connected, {
    services: ['nightly-jobs', 'image-builder', 'log-shipper'],
  }),
  app('Monitoring', 'Infrastructure', 'Emre', 'Nikhil', [['Engineering', 'Support'], 0.4], ['Viewer', 'On call'], connected),
  app('Status page', 'Infrastructure', 'Bram', 'Emre', [['Support'], 0.6], ['Editor'], connected),
  app('Design studio', 'Design', 'Siobhán', 'Sebastião', [['Product', 'Marketing'], 0.9], ['Viewer', 'Editor'], connected),
  app('Newsletter', 'Marketing', 'Camille', 'Noor', [['Marketing', 'Sales'], 0.5], ['Author', 'Sender'], connected),
  app('Expenses', 'Finance', 'Lucia', 'Graham', ['all', 0.8], ['Traveller', 'Approver'], connected),
  app('HR records', 'People', 'Yuki', 'Fatoumata', [['People', 'Finance'], 0.8], ['Self service', 'HR'], connected),
  app(
    'Production planning',
    'Production',
    'Agnieszka',
    'Rüdiger',
    [['Production', 'Finance', 'Operations'], 0.9],
    ['Planner', 'Shop floor'],
    connected,
    { behaviour: 'slow', services: ['label-printer'] },
  ),
  app(
    'Survey tool',
    'Marketing',
    'Camille',
    null,
    [['Marketing', 'Sales'], 0.3],
    ['Creator'],
    byHand('Open Settings, Team. Set the person to “deactivated” and move their surveys.'),
  ),
  app(
    'Badges',
    'Buildings',
    'Arjun',
    'Marc',
    [['Production', 'Support', 'Operations'], 0.9],
    ['Building'],
    byHand('Open the badge console, People. Block the badge; do not delete the person.'),
    { strangers: ['cleaning.night@contractor.example'] },
  ),
  app(
    'Phone system',
    'Telephony',
    'Marc',
    'Arjun',
    [['Sales', 'Support', 'Operations'], 0.8],
    ['Extension'],
    byHand('Open the console, Extensions. Remove the person and send calls to the team.'),
  ),
  app(
    'Lab bench',
    'Laboratory',
    'Rüdiger',
    'Agnieszka',
    [['Engineering', 'Production'], 0.25],
    ['Operator'],
    byHand('At the bench terminal: Administration, Operators, Lock.'),
    { strangers: ['bench-shared'] },
  ),
  app('Payroll', 'Finance', 'Lucia', 'Yuki', [['Finance', 'People'], 0.9], ['Payslips'], outside),
  app('Bank portal', 'Finance', 'Lucia', 'Graham', [['Finance'], 0.25], ['Payments', 'Statements'], outside),
];
