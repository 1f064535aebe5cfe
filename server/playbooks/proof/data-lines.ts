import { type ActionLine, type DataInput, type DataKind, type DataSection, kindRules } from '../../access/index.ts';
import type { ProofLine, SectionKey } from './proof-document.ts';

/** The sections about the data of a leaver that a person signs, as far as there is something of the kind. */
export const signedDataSections: { key: SectionKey & DataSection; title: string }[] = [
  { key: 'sessions', title: 'Sessions and tokens' },
  { key: 'files', title: 'Files' },
  { key: 'mail', title: 'Mail' },
  { key: 'calendar', title: 'Calendar' },
  { key: 'secrets', title: 'Shared passwords' },
  { key: 'automations', title: 'Automations' },
];

/** The lines of one section: each names the app, what was wanted, and why where somebody (or nobody) decided it. */
export function dataLines(all: { action: ActionLine; line: ProofLine }[], section: DataSection): ProofLine[] {
  return all
    .filter(
      ({ action }) =>
        kindRules[action.kind as DataKind]?.section === section ||
        // Handed over together: one line in each.
        (section === 'calendar' && action.kind === 'hand-over-files' && (action.input as DataInput | null)?.meetings === true),
    )
    .map(({ action, line }) => ({ ...line, detail: detailOf(action).slice(0, 500) }));
}

function detailOf(action: ActionLine): string {
  const input = (action.input ?? {}) as DataInput;
  const along = action.kind === 'hand-over-files' && input.meetings === true;
  const what = [
    along ? 'Files and meetings' : null,
    along ? null : (action.label ?? kindRules[action.kind as DataKind].title),
    action.account,
  ]
    .filter(Boolean)
    .join(', ');
  const to = input.to ? ` to ${input.to.name}` : '';
  const until = input.until ? ` until ${input.until}` : '';
  return `${what}${to}${until}${input.because ? `. ${input.because}` : ''}`;
}
