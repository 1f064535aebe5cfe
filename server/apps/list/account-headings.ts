import { headingKey } from '../../platform/tabular/index.ts';

/** What a column of an app's user list can mean. `enabled` and `blocked` are yes-or-no columns, `endedAt` a date that is there once an account is closed. */
export type AccountField =
  | 'externalId'
  | 'userName'
  | 'address'
  | 'aliases'
  | 'displayName'
  | 'givenName'
  | 'familyName'
  | 'employeeNumber'
  | 'status'
  | 'enabled'
  | 'blocked'
  | 'endedAt'
  | 'isAdmin'
  | 'role'
  | 'lastActivityAt'
  | 'licences'
  | 'groups'
  | 'userType';

const certain: Record<AccountField, string> = {
  externalId:
    'user id|userid|account id|accountid|object id|objectid|external id|member id|uuid|guid|unique id|immutable id|slack id|zoom user id|user guid|uid|benutzer id|konto id|okta id|figma id|person id|user identifier|atlassian id|aws user id',
  userName:
    'username|user name|login|login name|loginname|handle|account name|github com login|github login|samaccountname|nick|benutzername|anmeldename|login id|user login|kontoname|account|nutzername|screen name|userprincipalname|user principal name|upn',
  address:
    'email|e mail|mail|email address|e mail address|primary email|work email|user email|emailaddress|e mail adresse|mailadresse|email adresse|primary email address|github com saml name id|saml name id|saml nameid|nameid|sign in email|account email|member email|email id|login email|primarysmtpaddress|primary smtp address|contact email',
  aliases:
    'aliases|alias|email aliases|proxy addresses|proxyaddresses|other emails|secondary email|secondary emails|alias email addresses|github com verified domain emails|work secondary email|all emails',
  displayName:
    'name|full name|fullname|display name|displayname|real name|github com name|user|member|member name|user full name|anzeigename|vollstaendiger name|person|benutzer|nutzer|mitglied|display',
  givenName: 'first name|firstname|given name|givenname|vorname|forename',
  familyName: 'last name|lastname|surname|family name|familyname|nachname|familienname',
  employeeNumber:
    'employee number|employee id|employeeid|employeenumber|employee no|personalnummer|mitarbeiternummer|personal nr|staff id|personnel number|hr id|worker id',
  status:
    'status|user status|account status|userstatus|member status|membership status|lifecycle status|kontostatus|benutzerstatus|zustand|account state|user state|login status|activation status|sign in status|mitgliedsstatus|mitgliedstatus|mitgliederstatus|nutzerstatus|anmeldestatus',
  enabled:
    'active|aktiv|enabled|account enabled|accountenabled|is active|isactive|user active|login enabled|sign in allowed|sign in enabled|konto aktiviert|aktiviert|is enabled|active user|freigeschaltet|can login|can log in|can sign in|login allowed|konto aktiv|zugang aktiv|login aktiv|is user active',
  blocked:
    'suspended|blocked|blocked sign in|block sign in|block credential|blockcredential|sign in blocked|signin blocked|disabled|deactivated|is suspended|is disabled|is blocked|locked|gesperrt|deaktiviert|archived|is archived|is deleted|deleted|anmeldung blockiert|anmeldung gesperrt|konto gesperrt|is deactivated|inactive|account disabled|deprovisioned|is deprovisioned|frozen|is frozen|isfrozen|login disabled|is login disabled|is locked|islocked|account locked|lockedout|revoked|is revoked|removed|is removed|isdeleted|issuspended|isarchived|konto deaktiviert|zugang gesperrt|login gesperrt|benutzer gesperrt|geloescht|archiviert',
  endedAt:
    'deactivated at|deactivation date|deactivated on|suspended at|deleted at|deletion date|soft deletion time stamp|softdeletiontimestamp|disabled at|date deactivated|removed at|archived at|deactivated date|deaktiviert am|gesperrt am|geloescht am|deleteddatetime|deleted date time|date removed|removed on|suspended on|suspension date|date suspended|deleted on|archived on|disabled on|deaktivierungsdatum|gesperrt seit|deaktiviert seit|geloescht seit|deprovisioned at|deprovisioned on|revoked at|revoked on|deactivation time',
  isAdmin:
    'admin|is admin|isadmin|administrator|super admin|superadmin|is super admin|team admin|org admin|workspace admin|is owner|owner|admin access|ist admin|is administrator|site admin|is org admin|admin status',
  role: 'role|roles|user role|org role|organization role|organisation role|team role|workspace role|account role|permission|permissions|permission set|permission level|access level|access|rolle|rollen|berechtigung|berechtigungen|benutzerrolle|github com member roles|admin role|membership|user type role|membership type|account type role|rights|admin roles|profile name|billing admin|is billing admin|is guest|guest|gast',
  lastActivityAt:
    'last login|last sign in|last sign in date|last active|last activity|last seen|last access|last accessed|last logged in|last auth|last used|last active date|last activity date|last login date|last login time|last login utc|last sign in time|last sign in date time|lastlogin|lastsignindatetime|last signin|last edit|last viewed|last active at|last login at|letzte anmeldung|letzter login|letzte aktivitaet|zuletzt aktiv|zuletzt angemeldet|letzter zugriff|last interaction|last successful sign in date|last active on|last connection|last online|last activity time|most recent activity|last logon date|lastlogondate|last logon|lastlogon|last logon timestamp|lastlogontimestamp|last authenticated|last authentication|last used on|password last used|last interactive sign in|last interactive sign in date time|most recent sign in|most recent login|last activity on|zuletzt gesehen|zuletzt online|zuletzt eingeloggt|zuletzt genutzt|letzte nutzung|letzter zugriff am',
  licences:
    'licenses|license|licences|licence|assigned licenses|assigned licences|product licenses|products|subscription|subscriptions|plan|license type|licence type|seat|seat type|seats|lizenz|lizenzen|zugewiesene lizenzen|produkte|paid seat|product access|edition|assigned products|licenses sku|license status type|design seat|dev seat|figjam seat|account type',
  groups:
    'groups|group|group memberships|group membership|teams|team|team memberships|user groups|usergroups|member of|memberof|collections|vaults|spaces|workspaces|gruppe|gruppen|gruppenmitgliedschaft|kanaele|channels|group names|assigned groups',
  userType: 'user type|usertype|type|account kind|is bot|bot|member type|kontotyp|benutzertyp|typ|is service account|service account|kind',
};

const likely: Partial<Record<AccountField, string>> = {
  externalId: 'id|key|user key|number|nr',
  displayName: 'owner name|contact|label',
  status: 'state|seat status|invite status|invitation status|access status|license status|licence status',
  role: 'profile',
};

function lookUp(words: Partial<Record<AccountField, string>>): Map<string, AccountField> {
  return new Map(
    (Object.entries(words) as [AccountField, string][]).flatMap(([field, list]) =>
      list.split('|').map((word) => [headingKey(word), field] as const),
    ),
  );
}

const certainKeys = lookUp(certain);
const likelyKeys = lookUp(likely);
const activity =
  /^(last(seen|active|login|logon|signin|activity|used)|letzte(anmeldung|raktivitaet))|(lastseen|lastactive|lastactivitydate|lastsignin|lastlogin|lastlogon|lastused)(date|time|on|at)*$/;
const aboutActivity =
  /(ip|ipaddress|location|device|country|app|type|by|city|browser|method|result|status|count|dayssince|daysinactive)$|^days/;
const prefixes = ['user', 'account', 'member', 'profile', 'person', 'benutzer', 'githubcom', 'employee'];

/** The field that a heading means, or null. */
export function accountMeaningOf(heading: string): { field: AccountField; certain: boolean } | null {
  const key = headingKey(heading);
  for (const candidate of [key, ...prefixes.filter((prefix) => key.startsWith(prefix)).map((prefix) => key.slice(prefix.length))]) {
    const sure = certainKeys.get(candidate);
    if (sure !== undefined) return { field: sure, certain: true };
    const perhaps = likelyKeys.get(candidate);
    if (perhaps !== undefined) return { field: perhaps, certain: false };
  }
  if (activity.test(key) && !aboutActivity.test(key)) return { field: 'lastActivityAt', certain: false };
  return null;
}
