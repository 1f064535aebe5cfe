import type { DepartmentName } from './places.ts';

/** One app of the sample. `who`: how its accounts come about; names without @ are service accounts. `by`: how Groundcrew reads and changes it. */
export type SampleApp = {
  name: string;
  capability: string;
  /** Index in the cast of who owns it and of who stands in. */
  owner: string;
  deputy: string | null;
  by: 'connection' | 'read-only' | 'list';
  writer: 'connection' | 'group' | 'manual' | 'outside';
  group?: string;
  signIn?: boolean;
  behaviour?: 'obeys' | 'lies' | 'slow';
  /** All, or the departments whose people have an account; `share` of them do. */
  who: 'all' | DepartmentName[];
  share: number;
  entitlements: string[];
  services?: string[];
  /** Accounts that belong to nobody on the list. */
  strangers?: string[];
  revoke?: string;
};

const technical: DepartmentName[] = ['Engineering', 'Product', 'Operations'];

/** Twenty-five apps: most obey, one lies, two are slow, some are worked by hand, two are run from outside. The one for sign-in stands first. */
export const sampleApps: SampleApp[] = [
  { name: 'Directory', capability: 'Sign-in', owner: 'Ines', deputy: 'Emre', by: 'connection', writer: 'connection', signIn: true, who: 'all', share: 1, entitlements: ['Everyone', 'Mail users', 'Meeting hosts', 'Wiki readers', 'Learners'], services: ['svc-backup', 'svc-printing'], strangers: ['temp.reception@fernhill.example'] },
  { name: 'Mail and calendar', capability: 'Mail', owner: 'Ines', deputy: 'Emre', by: 'read-only', writer: 'group', group: 'Mail users', who: 'all', share: 1, entitlements: ['Mailbox'] },
  { name: 'Chat', capability: 'Chat', owner: 'Emre', deputy: 'Ines', by: 'connection', writer: 'connection', who: 'all', share: 0.98, entitlements: ['Member', 'Guest'], services: ['bot-deploys', 'bot-standup'], strangers: ['agency.lisboa@partner.example', 'old.intern@fernhill.example'] },
  { name: 'Drive', capability: 'Files', owner: 'Ines', deputy: 'Marc', by: 'connection', writer: 'connection', behaviour: 'slow', who: 'all', share: 1, entitlements: ['Standard', 'External sharing'] },
  { name: 'Video meetings', capability: 'Meetings', owner: 'Marc', deputy: 'Ines', by: 'read-only', writer: 'group', group: 'Meeting hosts', who: 'all', share: 0.7, entitlements: ['Licensed'] },
  { name: 'Wiki', capability: 'Knowledge', owner: 'Sebastião', deputy: 'Siobhán', by: 'read-only', writer: 'group', group: 'Wiki readers', who: 'all', share: 0.95, entitlements: ['Reader', 'Editor'] },
  { name: 'Learning', capability: 'Training', owner: 'Yuki', deputy: 'Fatoumata', by: 'read-only', writer: 'group', group: 'Learners', who: 'all', share: 0.85, entitlements: ['Learner'] },
  { name: 'CRM', capability: 'Customers', owner: 'Owen', deputy: 'Aïcha', by: 'connection', writer: 'connection', who: ['Sales', 'Support', 'Marketing'], share: 0.9, entitlements: ['Standard', 'Read only', 'Reports'], services: ['crm-nightly-export'] },
  { name: 'Helpdesk', capability: 'Support', owner: 'Lucia', deputy: 'Bram', by: 'connection', writer: 'connection', behaviour: 'lies', who: ['Support', 'Operations'], share: 0.9, entitlements: ['Agent', 'Light agent'] },
  { name: 'Source code', capability: 'Development', owner: 'Tomáš', deputy: 'Oksana', by: 'connection', writer: 'connection', who: ['Engineering'], share: 0.9, entitlements: ['Read', 'Write', 'Maintain'], services: ['ci-runner'], strangers: ['j.placeholder@personal.example'] },
  { name: 'Issue tracker', capability: 'Development', owner: 'Tomáš', deputy: 'Ananya', by: 'connection', writer: 'connection', who: technical, share: 0.95, entitlements: ['User', 'Project lead'] },
  { name: 'Cloud console', capability: 'Infrastructure', owner: 'Emre', deputy: 'Tomáš', by: 'connection', writer: 'connection', who: ['Engineering'], share: 0.35, entitlements: ['Viewer', 'Operator'], services: ['nightly-jobs', 'image-builder', 'log-shipper'] },
  { name: 'Monitoring', capability: 'Infrastructure', owner: 'Emre', deputy: 'Nikhil', by: 'connection', writer: 'connection', who: ['Engineering', 'Support'], share: 0.4, entitlements: ['Viewer', 'On call'] },
  { name: 'Status page', capability: 'Infrastructure', owner: 'Bram', deputy: 'Emre', by: 'connection', writer: 'connection', who: ['Support'], share: 0.6, entitlements: ['Editor'] },
  { name: 'Design studio', capability: 'Design', owner: 'Siobhán', deputy: 'Sebastião', by: 'connection', writer: 'connection', who: ['Product', 'Marketing'], share: 0.9, entitlements: ['Viewer', 'Editor'] },
  { name: 'Newsletter', capability: 'Marketing', owner: 'Camille', deputy: 'Noor', by: 'connection', writer: 'connection', who: ['Marketing', 'Sales'], share: 0.5, entitlements: ['Author', 'Sender'] },
  { name: 'Expenses', capability: 'Finance', owner: 'Lucia', deputy: 'Graham', by: 'connection', writer: 'connection', who: 'all', share: 0.8, entitlements: ['Traveller', 'Approver'] },
  { name: 'HR records', capability: 'People', owner: 'Yuki', deputy: 'Fatoumata', by: 'connection', writer: 'connection', who: ['People', 'Finance'], share: 0.8, entitlements: ['Self service', 'HR'] },
  { name: 'Production planning', capability: 'Production', owner: 'Agnieszka', deputy: 'Rüdiger', by: 'connection', writer: 'connection', behaviour: 'slow', who: ['Production', 'Finance', 'Operations'], share: 0.9, entitlements: ['Planner', 'Shop floor'], services: ['label-printer'] },
  { name: 'Survey tool', capability: 'Marketing', owner: 'Camille', deputy: null, by: 'list', writer: 'manual', who: ['Marketing', 'Sales'], share: 0.3, entitlements: ['Creator'], revoke: 'Open Settings, Team. Set the person to “deactivated” and move their surveys.' },
  { name: 'Badges', capability: 'Buildings', owner: 'Arjun', deputy: 'Marc', by: 'list', writer: 'manual', who: 'all', share: 0.95, entitlements: ['Building'], strangers: ['cleaning.night@contractor.example'], revoke: 'Open the badge console, People. Block the badge; do not delete the person.' },
  { name: 'Phone system', capability: 'Telephony', owner: 'Marc', deputy: 'Arjun', by: 'list', writer: 'manual', who: ['Sales', 'Support', 'Operations'], share: 0.8, entitlements: ['Extension'], revoke: 'Open the console, Extensions. Remove the person and send calls to the team.' },
  { name: 'Lab bench', capability: 'Laboratory', owner: 'Rüdiger', deputy: 'Agnieszka', by: 'list', writer: 'manual', who: ['Engineering', 'Production'], share: 0.25, entitlements: ['Operator'], strangers: ['bench-shared'], revoke: 'At the bench terminal: Administration, Operators, Lock.' },
  { name: 'Payroll', capability: 'Finance', owner: 'Lucia', deputy: 'Yuki', by: 'list', writer: 'outside', who: 'all', share: 0.97, entitlements: ['Payslips'] },
  { name: 'Bank portal', capability: 'Finance', owner: 'Lucia', deputy: 'Graham', by: 'list', writer: 'outside', who: ['Finance'], share: 0.4, entitlements: ['Payments', 'Statements'] },
];
