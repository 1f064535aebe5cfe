import { connectorWith } from '../../connectors/kit/index.ts';
import { checkAddressPattern } from '../people/index.ts';
import { parsePlaybookValue } from '../playbooks/schedule/parse-playbook.ts';
import { signInMeant } from './apply-sign-in.ts';
import {
  type AddressEntry,
  type AppEntry,
  type ConnectionEntry,
  connectionOf,
  type LocationEntry,
  type MilestoneEntry,
  type RuleEntry,
  type Section,
  type SignInEntry,
} from './configuration-shape.ts';
import { declared, grantKey } from './read-current.ts';

type Value = Record<string, unknown>;

/**
 * What an entry of a section means, key by key, whatever it leaves out or how it is written: two entries that mean the same are deeply equal.
 * Left out and `null` are the same, and so are left out and what is there when nothing is said.
 */
export function meaningOf(section: Section, value: unknown): unknown {
  switch (section) {
    case 'address':
      return orAsItIs(value, (given) => ({ ...checkAddressPattern(given as AddressEntry) }));
    case 'signIn':
      return signInMeant(value as SignInEntry, null);
    case 'departments':
      return (value as string).toLowerCase();
    case 'apps':
      return appMeaning(value as AppEntry);
    case 'access':
      return ruleMeaning(value as RuleEntry);
    case 'milestones':
      return { ...(value as MilestoneEntry), when: (value as MilestoneEntry).when ?? 'true' };
    case 'playbooks':
      return orAsItIs(value, (given) => parsePlaybookValue(given));
    case 'locations':
      return { timezone: null, country: null, ...(value as LocationEntry) };
    default:
      return value;
  }
}

function orAsItIs(value: unknown, read: (value: unknown) => unknown): unknown {
  try {
    return read(value);
  } catch {
    return value;
  }
}

const ruleMeaning = ({ name, when, grants, mend = 'shown', graceDays = 0 }: RuleEntry): Value => ({
  name,
  when,
  grants: [...new Set(grants.map(grantKey))].sort(),
  mend,
  graceDays,
});

function appMeaning(app: AppEntry): Value {
  const connection = connectionOf(app);
  const kind = connection === null ? null : declared(connection.connector);
  const writes = kind !== null && connectorWith(kind, connection?.settings).suspendAccount !== undefined;
  const writer = app.writer ?? (writes ? 'connection' : 'manual');
  return {
    name: app.name,
    capability: app.capability ?? null,
    owner: app.owner?.toLowerCase() ?? null,
    deputy: app.deputy?.toLowerCase() ?? null,
    writer,
    signIn: app.signIn ?? false,
    group: writer === 'group' && app.group ? { ...app.group, app: app.group.app.toLowerCase() } : null,
    deepLink: app.deepLink ?? null,
    instructions: instructionsMeaning(app),
    connection: connection && connectionMeaning(connection),
  };
}

function instructionsMeaning({ instructions }: AppEntry): Value | null {
  const { grant = null, revoke = null } = instructions ?? {};
  return grant === null && revoke === null ? null : { grant, revoke };
}

function connectionMeaning({ connector, settings = {}, secrets = {}, syncEveryMinutes = 60, takesPeople = false }: ConnectionEntry): Value {
  const known = declared(connector)?.settings.safeParse(settings);
  return { connector, settings: known?.success ? known.data : settings, secrets, syncEveryMinutes, takesPeople };
}
