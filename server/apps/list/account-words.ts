import { headingKey } from '../../platform/tabular/index.ts';

const keys = (words: string) => new Set(words.split('|').map(headingKey));

const active = keys(
  'active|aktiv|enabled|aktiviert|member|full member|regular|user|admin|owner|primary owner|workspace owner|workspace admin|org owner|org admin|guest|single channel guest|multi channel guest|restricted|ultra restricted|licensed|basic|provisioned|confirmed|verified|accepted|joined|live|normal|ok|in use|password expired|locked out|recovery|recovery started|password reset|allowed|registered|signed in|team member|angemeldet|freigeschaltet|gast|mitglied|administrator|standard|on|idle|away|online|offline|bot|app user',
);
const invited = keys(
  'invited|pending|invitation sent|invite sent|invite pending|pending invitation|pending user|staged|not joined|awaiting|eingeladen|einladung gesendet|ausstehend|pending activation|unverified|not activated|awaiting acceptance|pending invite|invitation pending|provisional|never logged in|uninvited pending',
);
const suspended = keys(
  'suspended|deactivated|disabled|inactive|blocked|deprovisioned|archived|deleted|removed|terminated|gesperrt|deaktiviert|inaktiv|blockiert|geloescht|ausgesetzt|archiviert|entfernt|sign in blocked|off|closed|frozen|banned|revoked|offboarded|account disabled|soft deleted|former member|deactivated user|stillgelegt|abgelaufen|expired|denied|not allowed|nicht aktiv|not active',
);

/** What a status word says. Somebody invited can still come in: active, with a note. null: the word is not known. */
export function accountStatusOf(text: string): { status: 'active' | 'suspended' | null; note: string | null } {
  const word = headingKey(text);
  if (suspended.has(word)) return { status: 'suspended', note: null };
  if (active.has(word)) return { status: 'active', note: null };
  if (invited.has(word))
    return { status: 'active', note: `"${text}": the account counts as active, because the invitation can still be accepted.` };
  return { status: null, note: `The status "${text}" is not known to us, so whether the account is active is not known.` };
}

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
