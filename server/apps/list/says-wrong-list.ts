import { headingKey } from '../../platform/tabular/index.ts';
import { type AccountField, accountMeaningOf } from './account-headings.ts';
import type { AccountMapping } from './recognise-account-columns.ts';

/** Headings that only a list of people has. */
const ofPeople =
  /manager|supervisor|report(s|ing) to|vorgesetzt|f(ü|ue)hrungskraft|(start|hire|joining|service|leave|leaving|exit|end|termination|separation) ?date|date of (hire|joining|birth|termination|leaving)|^(start|hired|end|ende|joined company)$|hired on|terminated|dismiss|employment|payroll|eintritt|austritt|einstellung|working day|day of work|arbeitstag|arbeits(ende|beginn)|contract|vertrag|besch(ä|ae)ftig|anstellung|probation|probezeit|birth|geburt|salary|gehalt|legal entity|worker (category|type)|(personal|private?) e-?mail|e-?mail.{0,12}privat|notice|k(ü|ue)ndigung/i;
/** Headings that a list of people has, and many an app too. */
const ofBoth =
  /^(department|abteilung|bereich|job ?title|position|cost cent(re|er)|kostenstelle|location|standort|office|employee (type|title)|.* department description|personalnummer|pnr)$/i;
const ofApp =
  /2fa|2sv|2sa|mfa|two.?(factor|step)|\bsso\b|sign.?in|log.?in|logon|credential|password|storage|usage$|org unit path|dirsync|proxy addresses|object id|client version|invit|workspace|\bseats?\b|licen[cs]e|lizenz|vault|account enabled|accountenabled|anmeldung/i;
const fieldsOfApps: AccountField[] = ['userName', 'blocked', 'endedAt', 'isAdmin', 'lastActivityAt', 'licences'];

/** What is said of people and of no account. */
const employmentWords = new Set(
  'employed|notice|under notice|on notice|notice period|garden leave|on leave|leave of absence|parental leave|maternity leave|sabbatical|full time|part time|contingent|probation|probation period|retired|resigned|hired|pre hire|terminated voluntary|terminated involuntary|beschäftigt|angestellt|beurlaubt|elternzeit|mutterschutz|auszeit|ruhend|probezeit|freigestellt|in kündigung|vollzeit|teilzeit|rente|ruhestand|onboarding|offboarding'
    .split('|')
    .map(headingKey),
);

const isOfApp = (heading: string): boolean => {
  const meaning = accountMeaningOf(heading);
  return ofApp.test(heading) || (meaning?.certain === true && fieldsOfApps.includes(meaning.field));
};

/**
 * A sentence when a list does not look like the user list of an app, else null. It looks like one of people by its headings, of which those of
 * people must outweigh those of apps (`ID`, `Team`, `Group` and `Type` prove nothing), or by `states` that only people have; and like neither
 * when names are all that is known of it.
 */
export function saysWrongList(list: { headings: readonly string[]; mapping: AccountMapping; states?: readonly string[] }): string | null {
  const { headings, mapping, states = [] } = list;
  const app = headings.filter(isOfApp).length;
  const surely = headings.filter((heading) => !isOfApp(heading) && ofPeople.test(heading));
  const staff = headings.filter((heading) => surely.includes(heading) || ofBoth.test(heading.trim()));
  if (surely.length > 0 && staff.length >= 2 && (app === 0 || (surely.length >= 2 && staff.length > app))) {
    const some = [...surely, ...staff.filter((heading) => !surely.includes(heading))].slice(0, 3).join(', ');
    return `The headings look like a people list (${some}), not like the user list of an app. Give it under People.`;
  }
  const ofEmployment = states.filter((state) => employmentWords.has(headingKey(state)));
  if (app === 0 && ofEmployment.length >= 2) {
    const words = [...new Set(ofEmployment)].slice(0, 3).map((word) => `"${word}"`);
    return `It says how people are employed (${words.join(', ')}), as a people list does and the user list of an app does not. Give it under People.`;
  }
  if (Object.keys(mapping).some((field) => !names.includes(field as AccountField))) return null;
  return 'It holds names and nothing else that the user list of an app has: no address, no user name, no status. Is it the right file?';
}

const names: AccountField[] = ['displayName', 'givenName', 'familyName'];
