import { isDeepStrictEqual } from 'node:util';
import { formOf } from '../connections/queries.ts';
import type { Context } from '../platform/context.ts';
import { type Current, type CurrentApp, type CurrentRule, declared, readCurrent } from './read-current.ts';
import { MAX_LENGTH } from './read-yaml.ts';
import { mayChange } from './refuse-beyond.ts';
import { variableNames } from './variable-names.ts';
import { writeYaml } from './write-yaml.ts';

type Value = Record<string, unknown>;

export type Exported = {
  /** The file that `push` accepts. */
  yaml: string;
  /** The same as JSON. */
  value: Value;
  /** What is in the organization and could not be written, in plain words. */
  notes: string[];
};

/** The configuration of the organization as one file, without secrets: where one is, the file names the variable that is to hold it. */
export async function exportConfiguration(ctx: Context): Promise<Exported> {
  const current = await readCurrent(ctx);
  const notes: string[] = [];
  const value: Value = {
    organization: current.organization.name,
    timezone: current.organization.timezone,
    locations: current.locations.map(({ name, timezone, country }) => filled({ name, timezone, country })),
    departments: current.departments.map(({ name }) => name),
    ...(current.address ? { address: current.address } : {}),
    ...(current.signIn && mayChange(ctx, 'sign-in') ? { signIn: signInOf(current.signIn) } : {}),
    apps: appsOf(current, notes),
    access: current.rules.map(ruleOf),
    milestones: current.milestones.map(({ name, when, targetDays }) => ({ name, ...(when === 'true' ? {} : { when }), targetDays })),
    playbooks: current.playbooks.filter(({ own }) => own).map(({ definition }) => definition),
  };
  const yaml = writeYaml(value);
  if (yaml.length > MAX_LENGTH)
    notes.push(`This is longer than the ${MAX_LENGTH} characters that a push takes. Push its sections from files of their own.`);
  return { yaml, value, notes };
}

/** Without what is empty. */
const filled = (value: Value): Value =>
  Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== null && entry !== undefined));

/** Without what is usual anyway. Whether it is switched on, and its secret, stand in no file. */
const signInOf = ({
  groupRoles,
  certificates,
  withoutGroup,
  outsideRoster,
  sessionHours,
  ...signIn
}: NonNullable<Current['signIn']>): Value =>
  filled({
    ...signIn,
    certificates: certificates.length > 0 ? certificates : null,
    groupRoles: groupRoles.length > 0 ? groupRoles : null,
    withoutGroup: withoutGroup === 'employee' ? null : withoutGroup,
    outsideRoster: outsideRoster === 'refuse' ? null : outsideRoster,
    sessionHours: sessionHours === 24 ? null : sessionHours,
  });

const ruleOf = ({ name, when, grants, mend, graceDays }: CurrentRule): Value => ({
  name,
  when,
  grants: grants.map((grant) => filled(grant)),
  ...(mend === 'shown' ? {} : { mend }),
  ...(graceDays === 0 ? {} : { graceDays }),
});

function appsOf({ apps }: Current, notes: string[]): Value[] {
  const names = variableNames(apps.map((app) => ({ app: app.name, secrets: secretNames(app) })));
  return apps.map((app) => {
    const { instructionsGrant: grant, instructionsRevoke: revoke, writer } = app;
    return filled({
      name: app.name,
      capability: app.capability,
      owner: addressOf(app.owner, `The owner of ${app.name}`, notes),
      deputy: addressOf(app.deputy, `The deputy of ${app.name}`, notes),
      writer,
      ...(app.signIn ? { signIn: true } : {}),
      group: writer === 'group' ? app.group : null,
      deepLink: app.deepLink,
      ...(grant || revoke ? { instructions: filled({ grant, revoke }) } : {}),
      connection: connectionOf(app, names, notes),
    });
  });
}

function addressOf(person: CurrentApp['owner'], what: string, notes: string[]): string | null {
  if (person && !person.address) notes.push(`${what}, ${person.name}, has no work address and is not written.`);
  return person?.address ?? null;
}

const secretNames = ({ connection }: CurrentApp): string[] =>
  Object.entries(connection?.secrets ?? {})
    .filter(([, secret]) => secret !== null && secret !== undefined)
    .map(([name]) => name)
    .sort();

function connectionOf(app: CurrentApp, names: Map<string, string>, notes: string[]): Value | null {
  if (!app.connection) return null;
  const { connector, settings, secrets, syncEveryMinutes, takesPeople } = app.connection;
  const known = declared(connector);
  if (!known) {
    notes.push(`The connection of ${app.name} exists only in a sample company and is not written.`);
    return null;
  }
  if (secrets === null)
    notes.push(`The secrets of ${app.name} cannot be opened with this installation’s key: their names are not written.`);
  const secretRefs = secretNames(app).map((name) => [name, { env: names.get(`${app.name}\n${name}`)! }]);
  return {
    connector,
    settings: chosenSettings(known, settings),
    ...(secretRefs.length > 0 ? { secrets: Object.fromEntries(secretRefs) } : {}),
    ...(syncEveryMinutes === 60 ? {} : { syncEveryMinutes }),
    ...(takesPeople ? { takesPeople } : {}),
  };
}

/** The settings that are not as the connector has them anyway. */
function chosenSettings(connector: NonNullable<ReturnType<typeof declared>>, settings: Value): Value {
  const fields = formOf(connector.settings);
  const order = fields.map(({ name }) => name);
  const usual = new Map(fields.map((field) => [field.name, field.default]));
  return Object.fromEntries(
    Object.entries(settings)
      .filter(([name, value]) => !isDeepStrictEqual(value, usual.get(name) ?? null))
      .sort(([one], [other]) => order.indexOf(one) - order.indexOf(other)),
  );
}
