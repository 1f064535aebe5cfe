/** How far a scope goes. `wide`: over mail, files, people or settings that are not the program's own; `narrow`: not; null: nobody here has judged it. */
export type ScopeWidth = 'wide' | 'narrow' | null;

export type JudgedScope = { scope: string; width: ScopeWidth; words: string };

type Rule = [pattern: RegExp, width: 'wide' | 'narrow', words: string];

// Read from the top: the first that fits counts.
const google: Rule[] = [
  [/^https:\/\/mail\.google\.com\/?$/, 'wide', 'read, send and delete all mail'],
  [/\/auth\/gmail\.(modify|compose|insert)$/, 'wide', 'read and change all mail'],
  [/\/auth\/gmail\.send$/, 'wide', 'send mail in their name'],
  [/\/auth\/gmail\.readonly$/, 'wide', 'read all mail'],
  [/\/auth\/gmail\.settings/, 'wide', 'change mail settings and forwarding'],
  [/\/auth\/gmail\.(metadata|labels)$/, 'wide', 'see who writes to whom'],
  [/\/auth\/drive\.(file|appdata|appfolder|install)$/, 'narrow', 'files that it made or was given'],
  [/\/auth\/drive(\.readonly|\.metadata(\.readonly)?)?$/, 'wide', 'see all files in Drive'],
  [/\/auth\/drive\./, 'wide', 'change files in Drive'],
  [/\/auth\/(documents|spreadsheets|presentations)(\.readonly)?$/, 'wide', 'see all documents of this kind'],
  [/\/auth\/(admin|apps\.|cloud-identity|ediscovery)/, 'wide', 'administer the company’s accounts'],
  [/\/auth\/(cloud-platform|devstorage|bigquery|compute)/, 'wide', 'act in Google Cloud'],
  [/\/auth\/chat\./, 'wide', 'read or write in Chat'],
  [/\/auth\/(contacts|directory)(\.\w+)?$|\/m8\/feeds/, 'wide', 'see all contacts'],
  [/\/auth\/calendar\.(events\.owned|freebusy|app\.created|settings\.readonly)/, 'narrow', 'when they are busy'],
  [/\/auth\/calendar/, 'wide', 'see or change all calendars'],
  [/\/auth\/(userinfo\.|plus\.|profile)|^(openid|email|profile)$/, 'narrow', 'who they are'],
];

const microsoft: Rule[] = [
  [/^(openid|profile|email|User\.Read)$/i, 'narrow', 'who they are'],
  [/^offline_access$/i, 'narrow', 'go on while they are away'],
  [/^(full_access_as_\w+|EWS\.AccessAsUser\.All|Exchange\.Manage\w*)$/i, 'wide', 'the whole mailbox'],
  [/^(IMAP|POP|SMTP)\.(AccessAsUser\.All|Send)$/i, 'wide', 'read or send all mail'],
  [/^Mail(boxSettings)?\.(ReadWrite|Send)/i, 'wide', 'change or send mail in their name'],
  [/^Mail\.Read/i, 'wide', 'read all mail'],
  [/^Files\.(\w+\.)?AppFolder/i, 'narrow', 'files in its own folder'],
  [/^Files\.\w+\.Selected$|^Sites\.Selected$/i, 'narrow', 'files that it was given'],
  [/^(Files|Sites)\./i, 'wide', 'all files that they can see'],
  [
    /^(AuditLog|Reports|SecurityEvents|IdentityRisk\w*|Policy|RoleManagement|Application|AppRoleAssignment|Device\w*)\./i,
    'wide',
    'the company’s settings and logs',
  ],
  [/^Directory\./i, 'wide', 'the company’s directory'],
  [/^(User|Group|GroupMember|People|Member)\.\w+\.All$/i, 'wide', 'all people and groups'],
  [/^User\.(ReadBasic\.All|ReadWrite)$/i, 'narrow', 'names of colleagues'],
  [/^(Chat|ChannelMessage|Channel|Team\w*)\./i, 'wide', 'read or write in Teams'],
  [/^Contacts\./i, 'wide', 'see all contacts'],
  [/^Calendars\./i, 'wide', 'see or change all calendars'],
  [/^(user_impersonation|\.default)$/i, 'wide', 'all that they may do there'],
];

const github: Rule[] = [
  [/^(repo|public_repo|delete_repo|repo:\w+)$/, 'wide', 'code in repositories'],
  [/^(admin|write):/, 'wide', 'administer the organization'],
  [/^(workflow|write:packages|delete:packages|site_admin)$/, 'wide', 'what is built and released'],
  [/^(read:user|user:email|user|read:org|gist|notifications)$/, 'narrow', 'who they are'],
];

const slack: Rule[] = [
  [/^admin|^auditlogs|^discovery|^scim/, 'wide', 'administer the workspace'],
  [/^(channels|groups|im|mpim|search|files):(history|read(:\w+)?|write\S*)$|^search:/, 'wide', 'read messages and files'],
  [/^chat:write/, 'narrow', 'write messages'],
  [/^(identity|users:read|users\.profile:read|identify|openid|profile|email)/, 'narrow', 'who they are'],
];

const dropbox: Rule[] = [
  [/^all files$/, 'wide', 'see and change all their files'],
  [/^its own folder$/, 'narrow', 'files in its own folder'],
];

const any: Rule[] = [
  [/^(openid|profile|email|offline_access|user:read|users:read)$/i, 'narrow', 'who they are'],
  [/(^|[.:_/-])(admin|manage|full[_-]?access|all)([.:_/-]|$)/i, 'wide', 'administer or see everything'],
];

const byConnector: Record<string, Rule[]> = { google, microsoft, github, slack, dropbox };

/** A scope as a person may read it. `connector`: the kind of the connection over which it was read. What is not known is neither wide nor narrow. */
export function judgeScope(connector: string | null, scope: string): JudgedScope {
  // Microsoft may name the interface before the scope.
  const name = connector === 'microsoft' ? (scope.match(/^(?:https|api):\/\/[^/]+\/(.+)$/)?.[1] ?? scope) : scope;
  const found = [...(byConnector[connector ?? ''] ?? []), ...any].find(([pattern]) => pattern.test(name));
  return found ? { scope, width: found[1], words: found[2] } : { scope, width: null, words: scope };
}

/** What scopes come to together: wide as soon as one of them is, and what for, each thing once. `notJudged`: scopes that nobody here knows. */
export function judgeScopes(
  connector: string | null,
  scopes: readonly string[],
): { isWide: boolean; wide: string[]; narrow: string[]; notJudged: string[] } {
  const judged = scopes.map((scope) => judgeScope(connector, scope));
  const words = (width: ScopeWidth) => [...new Set(judged.filter((each) => each.width === width).map((each) => each.words))];
  const wide = words('wide');
  return { isWide: wide.length > 0, wide, narrow: words('narrow'), notJudged: words(null) };
}
