import { connectors } from '../../connectors/index.ts';
import { ruleVariables } from '../access/rules/rule-facts.ts';
import { inspectExpression } from '../platform/expressions/index.ts';
import { didYouMean } from './nearest-word.ts';
import type { Parsed } from './parse-configuration.ts';
import { complain, isSound, type Push } from './push.ts';
import { type Current, declared } from './read-current.ts';
import type { Path } from './read-yaml.ts';
import { keysAt, unknownKey } from './shape-problems.ts';

type Loose = Record<string, unknown>;

/**
 * Checks what entries name: apps, connectors, settings, conditions. Also of entries whose shape is wrong elsewhere, so that all mistakes of a
 * file are told at once.
 */
export function checkReferences(push: Push, { value, appNames }: Parsed, current: Current): void {
  const names = [...current.apps.map(({ name }) => name), ...appNames];
  for (const [index, app] of entriesOf(value.apps)) {
    const path = ['apps', index];
    if (isGroup(app.group)) checkApp(push, [...path, 'group', 'app'], app.group.app, names);
    if (isGroup(app.connection) && app.connection.removed === undefined) checkConnection(push, [...path, 'connection'], app.connection);
  }
  for (const [index, rule] of entriesOf(value.access)) {
    const path = ['access', index];
    if (typeof rule.when === 'string' && isSound(push, [...path, 'when'])) {
      const condition = inspectExpression(rule.when, ruleVariables);
      if ('problem' in condition) complain(push, [...path, 'when'], condition.problem.message);
    }
    for (const [at, grant] of entriesOf(rule.grants)) checkApp(push, [...path, 'grants', at, 'app'], grant.app, names);
  }
}

const isGroup = (value: unknown): value is Loose => typeof value === 'object' && value !== null && !Array.isArray(value);

const entriesOf = (list: unknown): [number, Loose][] =>
  Array.isArray(list) ? list.flatMap((each, index): [number, Loose][] => (isGroup(each) ? [[index, each]] : [])) : [];

function checkApp(push: Push, path: Path, app: unknown, names: string[]): void {
  if (typeof app !== 'string' || app.trim() === '' || names.some((name) => name.toLowerCase() === app.trim().toLowerCase())) return;
  complain(push, path, `There is no app '${app}' here.${didYouMean(app, names)} Add it under 'apps'.`);
}

/** Unknown settings and secrets are refused: a connector would drop them without a word. */
function checkConnection(push: Push, path: Path, { connector: id, settings = {}, secrets = {}, takesPeople }: Loose): void {
  if (typeof id !== 'string') return;
  const connector = declared(id);
  const possible = connectors.filter((each) => each.reads === 'connection').map((each) => each.id);
  if (!connector) {
    complain(
      push,
      [...path, 'connector'],
      `There is no connector called '${id}'.${didYouMean(id, possible)} There is: ${possible.join(', ')}.`,
    );
    return;
  }
  if (connector.reads !== 'connection') {
    complain(push, [...path, 'connector'], `${connector.name} needs no connection. Leave 'connection' out.`);
    return;
  }
  if (takesPeople === true && !connector.listPeople)
    complain(push, [...path, 'takesPeople'], `${connector.name} does not know who works here. Leave 'takesPeople' out.`);
  const [ofSettings, ofSecrets] = [keysAt(connector.settings, []), keysAt(connector.secrets, [])];
  if (isGroup(settings)) {
    for (const key of Object.keys(settings)) {
      if (ofSettings.includes(key)) continue;
      const isSecret = ofSecrets.includes(key);
      const mend = `'${key}' is a secret. It stands under 'secrets', as { env: NAME_OF_THE_VARIABLE }.`;
      complain(push, [...path, 'settings', key], isSecret ? mend : unknownKey(key, ofSettings));
    }
    const shape = connector.settings.safeParse(settings);
    for (const issue of shape.error?.issues ?? [])
      complain(push, [...path, 'settings', ...(issue.path as (string | number)[])], settingWords(issue.message, issue.path.at(-1)));
  }
  if (isGroup(secrets))
    for (const key of Object.keys(secrets))
      if (!ofSecrets.includes(key)) complain(push, [...path, 'secrets', key], unknownKey(key, ofSecrets));
}

function settingWords(message: string, key: PropertyKey | undefined): string {
  if (/received undefined$/.test(message)) return `'${String(key)}' is missing.`;
  return /^[a-z]/.test(message) ? `This must be ${message}.` : message;
}
