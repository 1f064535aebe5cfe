import type { SampleApp } from './sample-apps.ts';
import type { SamplePerson } from './sample-people.ts';

type Choice = (person: SamplePerson) => string;

const by =
  (field: 'department' | 'title' | 'employmentType', special: Record<string, string>, otherwise: string): Choice =>
  (person) =>
    special[person[field]] ?? otherwise;

/** Which role somebody's work brings in the apps that have several. */
const choices: Record<string, Choice> = {
  Chat: by('employmentType', { contractor: 'Guest', temporary: 'Guest' }, 'Member'),
  Drive: by('department', { Sales: 'External sharing', Marketing: 'External sharing', Support: 'External sharing' }, 'Standard'),
  Wiki: by('department', { Engineering: 'Editor', Product: 'Editor', Operations: 'Editor' }, 'Reader'),
  CRM: by('department', { Support: 'Read only', Marketing: 'Reports' }, 'Standard'),
  Helpdesk: by('department', { Support: 'Agent' }, 'Light agent'),
  'Source code': by(
    'title',
    { 'Software engineer': 'Write', 'Firmware engineer': 'Write', 'Head of engineering': 'Maintain', 'Engineering lead': 'Maintain' },
    'Read',
  ),
  'Issue tracker': by('department', { Product: 'Project lead' }, 'User'),
  'Cloud console': by('title', { 'Software engineer': 'Operator' }, 'Viewer'),
  Monitoring: by('department', { Engineering: 'On call' }, 'Viewer'),
  'Design studio': by('department', { Product: 'Editor' }, 'Viewer'),
  Newsletter: by('department', { Marketing: 'Sender' }, 'Author'),
  Expenses: ({ title }) => (/^Head of| lead$|director/i.test(title) ? 'Approver' : 'Traveller'),
  'HR records': by('department', { People: 'HR' }, 'Self service'),
  'Production planning': by('department', { Production: 'Shop floor' }, 'Planner'),
  'Bank portal': by('title', { Accountant: 'Payments' }, 'Statements'),
};

/** The role that somebody of this work has in an app, where nothing special happened. */
export const usualRole = (person: SamplePerson, app: SampleApp): string => choices[app.name]?.(person) ?? app.entitlements[0]!;
