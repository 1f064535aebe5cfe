import { z } from 'zod';
import type { Action, actionNames, Connector, FormMeta, Profile } from '../../../connectors/kit/index.ts';
import { generatedNote, table } from './table.ts';

const readWords: Record<Connector['reads'], string> = {
  connection: 'It reads over the network: all accounts, suspended ones too.',
  list: 'It reads nothing by itself: accounts are known from the lists that people give.',
  people: 'It reads nothing: the owner of the app says what was seen, with evidence.',
};

const capabilities: [keyof Connector, string][] = [
  ['listAccounts', 'lists every account'],
  ['readAccount', 'reads one account afresh (the read-back)'],
  ['findAccount', 'finds an account by its user name'],
  ['listEntitlements', 'lists entitlements (groups, roles, licences)'],
  ['listChanges', 'follows changes without reading everything again'],
  ['listAppGrants', 'lists what programs of others may do in the name of accounts'],
  ['listOwned', 'lists what an account owns that outlives it'],
  ['listPeople', 'lists the people it knows, for the roster'],
  ['test', 'tests a connection in plain words'],
];

type ActionName = (typeof actionNames)[number];

const actionWords: Record<ActionName, string> = {
  suspendAccount: 'Suspend an account',
  restoreAccount: 'Restore an account',
  deleteAccount: 'Delete an account',
  createAccount: 'Create an account',
  grantEntitlement: 'Grant an entitlement',
  revokeEntitlement: 'Revoke an entitlement',
  setPassword: 'Set the first password that its person chose',
  changeAccount: 'Change names and numbers of an account',
  endSessions: 'End all sessions and their tokens',
  resetPassword: 'Set a password that nobody knows',
  resetSecondFactor: 'Forget the second factors',
  revokeAppGrant: 'Take back what a program may do in the name of an account',
  handOverFiles: 'Hand files over to somebody else',
  forwardMail: 'Send mail on to another address',
  setAutoReply: 'Set the automatic reply',
  convertToSharedMailbox: 'Make the mailbox a shared one',
  releaseCalendars: 'Cancel the meetings it organises and free the rooms',
};

/** docs/reference/connectors.md: what each connector reads, can do, needs to know, and how repeatable it is. */
export function connectorsPage(connectors: readonly Connector[], actions: readonly ActionName[]): string {
  return `# Connectors

${generatedNote}

A connector is a kind of way into an app; a connection is one that was configured. What a connector can do follows from its declaration
in \`connectors/\`: a capability exists if its key exists. Each change has one of three effect classes. **convergent**: it reads, then writes, and repeating it is
harmless. **keyed**: it carries a key by which the other system knows a repetition. **unrepeatable**: after an uncertain crash the step becomes
*unknown*, and a person is asked.

Every connection reaches only the hosts that its settings name. Secrets are sealed and are never shown again.

${connectors.map((connector) => connectorText(connector, actions)).join('\n\n')}
`;
}

function connectorText(connector: Connector, actions: readonly ActionName[]): string {
  const can = capabilities.filter(([key]) => connector[key]).map(([, words]) => words);
  const changes = actions
    .filter((name) => connector[name])
    .map((name) => [actionWords[name], (connector[name] as Action<unknown, unknown>).effect]);
  const settings = fields(connector.settings);
  const secrets = fields(connector.secrets);
  return [
    `## ${connector.name} (\`${connector.id}\`)`,
    connector.sentence,
    connector.profile ? profileText(connector.profile, connector.webhook !== undefined) : null,
    `${readWords[connector.reads]}${can.length > 0 ? ` It ${can.join(', ')}.` : ''}`,
    changes.length > 0
      ? table(['Change', 'Effect class'], changes)
      : 'It changes nothing by itself: whoever owns the app is asked, with an exact instruction and a due time.',
    settings.length > 0
      ? table(
          ['Setting', 'Name on the page', 'Value', 'If left out', 'What it is'],
          settings.map(({ name, title, value, standard, words }) => [`\`${name}\``, title, value, standard, words]),
        )
      : 'It has no settings.',
    secrets.length > 0 ? `Secrets: ${secrets.map(({ name, title }) => `\`${name}\` (${title})`).join(', ')}.` : 'It has no secrets.',
    settlingWords(connector),
    connector.rateLimit ? `It makes at most ${connector.rateLimit.perSecond} calls a second, ${connector.rateLimit.burst} at once.` : null,
  ]
    .filter((part) => part !== null)
    .join('\n\n');
}

function reachWords({ inbound }: Profile, hears: boolean): string {
  if (inbound !== null) return `The installation must be reachable from outside: ${inbound}`;
  return `The installation need not be reachable from outside${hears ? '; where it is, the vendor can tell it of changes at once' : ''}.`;
}

function profileText(profile: Profile, hears: boolean): string {
  const live = profile.verifiedLive === null ? 'never; it is tested against fixtures' : profile.verifiedLive;
  return [
    `Verified live: ${live}. Plan: ${profile.plan} ${reachWords(profile, hears)}`,
    table(
      ['Right that the credential needs', 'What for'],
      profile.rights.map(({ right, for: what }) => [`\`${right}\``, what]),
    ),
    `What it cannot know or do:\n\n${profile.cannotKnow.map((words) => `- ${words}`).join('\n')}`,
    `Setting it up:\n\n${profile.setUp.map(({ words, link }, index) => `${index + 1}. ${words}${typeof link === 'string' ? ` (<${link}>)` : ''}`).join('\n')}`,
  ].join('\n\n');
}

function settlingWords(connector: Connector): string {
  const standard = fields(connector.settings).find(({ name }) => name === 'settlingSeconds')?.standard;
  return standard === undefined
    ? 'Settling time: none.'
    : `Settling time: ${standard} seconds unless the connection says otherwise. For so long after a change a read may still show the old state before the app counts as disobedient.`;
}

type Field = { name: string; title: string; value: string; standard: string; words: string };
type JsonField = Partial<FormMeta> & {
  type?: string;
  format?: string;
  enum?: unknown[];
  default?: unknown;
  minimum?: number;
  maximum?: number;
  items?: JsonField;
};

function fields(schema: z.ZodType): Field[] {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as {
    properties?: Record<string, JsonField>;
    required?: string[];
  };
  return Object.entries(json.properties ?? {}).map(([name, field]) => ({
    name,
    title: field.title ?? name,
    value: valueWords(field),
    standard: field.default === undefined ? (json.required?.includes(name) ? '(needed)' : 'not set') : standardWords(field.default),
    words: wordsOf(field),
  }));
}

const choiceWords = (value: string, { choiceTitles }: JsonField): string =>
  choiceTitles?.[value] === undefined ? `\`${value}\`` : `\`${value}\` (${choiceTitles[value]})`;

const wordsOf = ({ description, onlyFor, rare }: JsonField): string =>
  [
    description,
    onlyFor === undefined ? undefined : `Only where \`${onlyFor.setting}\` is \`${onlyFor.value}\`.`,
    rare ? 'Under *More* on the page.' : undefined,
  ]
    .filter((part) => part !== undefined)
    .join(' ');

const standardWords = (value: unknown): string => (Array.isArray(value) ? value.join(', ') || 'empty' : String(value));

function valueWords(field: JsonField): string {
  if (field.enum) return field.enum.map((value) => choiceWords(String(value), field)).join(' or ');
  if (field.type === 'integer') return `${field.minimum} to ${field.maximum}`;
  if (field.type === 'array') return 'list of texts';
  return field.format === 'uri' ? 'address' : (field.type ?? 'text').replace('string', 'text');
}
