import { type AccountField, accountMeaningOf } from './account-headings.ts';

const ofStaff =
  /^(department|abteilung|manager|line manager|supervisor|reports to|vorgesetzte[rn]?|fuehrungskraft|führungskraft|cost cent(re|er)|kostenstelle|start date|hire date|start|eintritt(sdatum)?|last working day|letzter arbeitstag|austritt(sdatum)?|termination date|contract end|vertragsende|employment type|beschäftigungsart|legal entity|birthday|date of birth|geburtsdatum|salary|gehalt|personal e-?mail|private e-?mail)$/i;
const ofPeople =
  /manager|supervisor|reports to|vorgesetzt|f(ü|ue)hrungskraft|date|start|working day|arbeitstag|eintritt|austritt|contract|vertrag|employment/i;
const ofApps: AccountField[] = [
  'userName',
  'externalId',
  'blocked',
  'endedAt',
  'isAdmin',
  'lastActivityAt',
  'licences',
  'groups',
  'userType',
];

/** A sentence when the headings are those of a people list and nothing in them is of an app, else null. */
export function saysWrongList(headings: readonly string[]): string | null {
  if (headings.some((heading) => ofApps.includes(accountMeaningOf(heading)?.field as AccountField))) return null;
  const staff = headings.filter((heading) => ofStaff.test(heading.trim()));
  if (staff.length < 2 || !staff.some((heading) => ofPeople.test(heading))) return null;
  return `The headings look like a people list (${staff.slice(0, 3).join(', ')}), not like the user list of an app. Give it under People.`;
}
