import { type Answer, ConnectorError, type EntitlementTarget, type Session } from '../kit/index.ts';
import { type Change, changeResource, type PatchOperation, writable } from './change-resource.ts';
import { isMember } from './memberships.ts';
import { attribute, keyOf, quoted, type Resource, text, values } from './resource.ts';
import type { ScimSettings } from './settings.ts';

/** Gives an account a group, role or entitlement, or takes it away. */
export async function changeEntitlement(session: Session<ScimSettings>, target: EntitlementTarget, has: boolean): Promise<Answer> {
  const { account, entitlement } = target;
  switch (entitlement.kind) {
    case 'group':
      return changeResource(session, groupChange(entitlement.externalId, account.externalId, has, entitlement.name));
    case 'role':
      return changeResource(session, valueChange('roles', account.externalId, entitlement.externalId, has, entitlement.name));
    case 'entitlement':
      return changeResource(session, valueChange('entitlements', account.externalId, entitlement.externalId, has, entitlement.name));
    default:
      throw new ConnectorError(
        'unsupported',
        `${entitlement.name} is ${entitlement.kind}: it comes through another group and cannot be changed by itself. Nothing was changed.`,
      );
  }
}

function groupChange(groupId: string, userId: string, has: boolean, name: string): Change {
  return {
    endpoint: 'Groups',
    id: groupId,
    // A group that shows no members says nothing: large ones are often shown without.
    isDone: (group) => {
      const member = isMember(group, userId);
      return member === null ? null : member === has;
    },
    patches: (group) => patchesFor(group, 'members', userId, has),
    replaced: (group) => {
      const members = values(group, 'members');
      return members === undefined ? null : withValues(group, 'members', members, userId, has);
    },
    words: wordsFor(name, has, `The app says that there is no group ${name} any more. Nothing was sent.`),
  };
}

function valueChange(name: 'roles' | 'entitlements', userId: string, value: string, has: boolean, shown: string): Change {
  const isHeld = (user: Resource) => values(user, name)?.some((entry) => text(attribute(entry, 'value')) === value) ?? false;
  return {
    endpoint: 'Users',
    id: userId,
    isDone: (user) => isHeld(user) === has,
    patches: (user) => patchesFor(user, name, value, has),
    replaced: (user) => withValues(user, name, values(user, name) ?? [], value, has),
    words: wordsFor(shown, has, 'The app says that there is no such account any more. Nothing was sent.'),
  };
}

/**
 * Naming the one value (RFC 7644, section 3.5.2), then a form for servers that do not understand this. `remove` without a filter is never sent
 * while there are other values: by the same section it takes all of them, also when it carries one.
 */
function patchesFor(resource: Resource, path: string, value: string, has: boolean): PatchOperation[][] {
  if (has) return [[{ op: 'add', path, value: [{ value }] }], [{ op: 'add', value: { [path]: [{ value }] } }]];
  const named: PatchOperation[] = [{ op: 'remove', path: `${path}[value eq ${quoted(value)}]` }];
  const held = values(resource, path);
  if (held === undefined) return [named];
  const others = held.filter((entry) => text(attribute(entry, 'value')) !== value);
  return [named, [others.length > 0 ? { op: 'replace', path, value: others } : { op: 'remove', path }]];
}

function withValues(resource: Resource, name: string, before: Resource[], value: string, has: boolean): Resource {
  const others = before.filter((entry) => text(attribute(entry, 'value')) !== value);
  return { ...writable(resource), [keyOf(resource, name) ?? name]: has ? [...others, { value }] : others };
}

function wordsFor(name: string, has: boolean, gone: string): Change['words'] {
  const [now, before] = has ? ['in', 'without'] : ['without', 'in'];
  return {
    done: `shows the account ${now} ${name}`,
    notDone: `still shows the account ${before} ${name}`,
    already: `The account was ${now} ${name} already. Nothing was sent.`,
    gone,
  };
}
