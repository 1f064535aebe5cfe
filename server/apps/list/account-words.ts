import { headingKey } from '../../platform/tabular/index.ts';

/** "Suspended (Admin)" and "deleted [bot]" say what stands before the brackets; a word in brackets alone stays. */
function wordKey(text: string): string {
  const bare = text.replace(/[[(][^\])]*[\])]/g, ' ').trim();
  return headingKey(bare === '' ? text : bare);
}
const keys = (words: string) => new Set(words.split('|').map(headingKey));

/** Words that say outright that the account can be used. */
const surelyActive = keys(
  'active|aktiv|enabled|aktiviert|live|in use|freigeschaltet|freigegeben|active paid|active licensed|has access|is active|active user|allowed|can sign in|nicht gesperrt|not suspended|not blocked',
);
/** Words of an account that is there: its role, its seat, what it does. */
const active = keys(
  'member|full member|regular|user|admin|owner|primary owner|workspace owner|workspace admin|org owner|org admin|guest|single channel guest|multi channel guest|restricted|ultra restricted|licensed|basic|provisioned|confirmed|verified|accepted|joined|normal|ok|password expired|locked out|recovery|recovery started|recovery pending|password reset|registered|signed in|team member|angemeldet|gast|mitglied|administrator|standard|on|idle|away|online|offline|bot|app user|paid|full|limited|connected|invite accepted|invitation accepted|employed|billed|billable',
);
/** Somebody who has not come in yet, and still can. */
const invited = keys(
  'invited|pending|invitation sent|invite sent|invite pending|pending invitation|pending user|staged|not joined|awaiting|eingeladen|einladung gesendet|ausstehend|pending activation|unverified|not activated|awaiting acceptance|pending invite|invitation pending|provisional|never logged in|uninvited pending|pending user action|blocked pending approval|pending approval|never signed in|unconfirmed|provisioning|waiting for confirmation',
);
/** It is to be closed, and is not yet. */
const closing = keys(
  'pending deletion|pending removal|deprovisioning|scheduled for deletion|deletion pending|removal pending|wird geloescht',
);
const suspended = keys(
  'suspended|deactivated|disabled|inactive|blocked|deprovisioned|archived|deleted|removed|terminated|gesperrt|deaktiviert|inaktiv|blockiert|geloescht|ausgesetzt|archiviert|entfernt|sign in blocked|off|closed|frozen|banned|revoked|offboarded|account disabled|soft deleted|former member|deactivated user|stillgelegt|abgelaufen|expired|denied|not allowed|nicht aktiv|not active|ldap blocked|locked|cancelled|canceled|left|removed from org|removed from organization|deleted user|user removed|user deleted|access revoked|access removed|no access|suspended by admin|disabled by admin|suspended by administrator|disabled by administrator|trashed|purged|merged|beendet|gekuendigt|geschlossen|ausgeschieden|zugriff entzogen|zugang entzogen|kein zugriff|kein zugang|voruebergehend gesperrt|dauerhaft gesperrt|konto gesperrt',
);

/** `sure`: the word says outright that the account can be used, so that a sign of the contrary beside it contradicts it. */
export type SaidStatus = { status: 'active' | 'suspended' | null; sure: boolean; note: string | null };

/** What a status word says. Somebody invited can still come in, and what is to be closed is not closed: active, with a note. null: the word is not known. */
export function accountStatusOf(text: string): SaidStatus {
  const word = wordKey(text);
  if (suspended.has(word)) return { status: 'suspended', sure: true, note: null };
  if (surelyActive.has(word)) return { status: 'active', sure: true, note: null };
  if (active.has(word)) return { status: 'active', sure: false, note: null };
  if (invited.has(word)) {
    const note = `"${text}": the account counts as active, because the invitation can still be accepted.`;
    return { status: 'active', sure: false, note };
  }
  if (closing.has(word)) {
    return { status: 'active', sure: false, note: `"${text}": the account counts as active until it is really closed.` };
  }
  const note = `The status "${text}" is not known to us, so whether the account is active is not known.`;
  return { status: null, sure: false, note };
}

const seats = keys('paid|free|full|full seat|free seat|paid seat|viewer|viewer seat|editor|unpaid');

/** Words of a seat, which say what is paid for and not whether the account can be used. */
export const isSeatWord = (text: string): boolean => seats.has(wordKey(text));

const yes = keys('true|yes|ja|1|y|j|x|wahr|on|enabled|active|aktiv|t');
const no = keys('false|no|nein|0|n|falsch|off|disabled|inactive|inaktiv|f');

/** TRUE, yes, ja, 1 … → true; FALSE, no, nein, 0 … → false; else null. */
export function yesOrNo(text: string): boolean | null {
  const word = headingKey(text);
  if (yes.has(word)) return true;
  return no.has(word) ? false : null;
}

/** A role that may change the app for others, as far as its name tells. */
export const isAdminRole = (role: string): boolean =>
  /\b(?:super[- ]?)?(?:admin|administrator|administratorin|owner|eigentümer|inhaber|superuser|root)s?\b/i.test(role) &&
  !/\b(?:non|not|no|kein)[- ]/i.test(role);

const service =
  /^(?:bot|service|service account|servicekonto|dienstkonto|system|app|application|integration|api|machine|robot|automation|shared mailbox|room|resource)(?: user| account)?$/i;

/** What a "user type" says: a machine, a person, or nothing that we know. */
export function isServiceType(text: string): boolean | null {
  if (service.test(text.trim())) return true;
  return /^(?:member|user|human|person|employee|guest|internal|regular|standard|mitglied|benutzer)(?: user| account)?$/i.test(text.trim())
    ? false
    : null;
}
