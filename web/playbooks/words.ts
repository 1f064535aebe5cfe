import type { OutputOf } from '../shell/call.ts';

export type Playbook = OutputOf<'getPlaybook'>;
export type Definition = Playbook['definition'];
export type Step = Definition['steps'][number];
export type StepOf<Kind extends Step['kind']> = Extract<Step, { kind: Kind }>;
export type Outline = Playbook['outline'];
export type OutlinedStep = Outline[number];
export type Choices = Playbook['choices'];
export type Checked = OutputOf<'checkPlaybook'>;
export type Tried = OutputOf<'tryPlaybook'>;
export type Changes = NonNullable<Checked['changes']>;
export type ProblemLine = Checked['problems'][number];

export const momentWords: Record<Playbook['moment'], string> = {
  leaver: 'What happens when somebody leaves',
  joiner: 'What happens when an employee joins',
  contractor: 'What happens when somebody joins for a time',
};

/** The headings of the parts of a playbook, in time. */
export const partWords = (moment: Playbook['moment']): Record<OutlinedStep['part'], string> =>
  moment === 'leaver'
    ? { before: 'Before', day: 'On the last day', after: 'Afterwards' }
    : { before: 'Before the first day', day: 'On the first day', after: 'Afterwards' };

export const versionWords = ({ version, madeBy }: { version: number; madeBy: string | null }): string =>
  madeBy === null || madeBy === 'Groundcrew' ? `Version ${version}, as Groundcrew came with it` : `Version ${version}, saved by ${madeBy}`;

export const runsWords = (count: number): string => (count === 0 ? 'no open run' : count === 1 ? 'one open run' : `${count} open runs`);

/** `asked of facilities, due 2 days later` as a sentence. */
export const sentence = (phrases: string[]): string => {
  const text = phrases.join(' · ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
};
