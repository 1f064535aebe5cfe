import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

export type Resource = { [name: string]: unknown };
export type ScimUser = Resource & { id: string; userName: string; active: boolean };
export type ScimGroup = Resource & { id: string; displayName: string; members: { value: string; display?: string }[] };

/** A user to begin with. `groups`: names of groups, made when they are not there. */
export type SeedUser = {
  id?: string;
  userName: string;
  active?: boolean;
  givenName?: string;
  familyName?: string;
  address?: string;
  employeeNumber?: string;
  userType?: string;
  roles?: string[];
  groups?: string[];
};

/** The users and groups of a fake server, kept in a file when one is given so that another process finds them. */
export type Directory = { users: Map<string, ScimUser>; groups: Map<string, ScimGroup>; save(): void };

export function openDirectory(seeds: SeedUser[], stateFile: string | null): Directory {
  const kept =
    stateFile !== null && existsSync(stateFile)
      ? (JSON.parse(readFileSync(stateFile, 'utf8')) as { users: ScimUser[]; groups: ScimGroup[] })
      : null;
  const { users, groups } = kept ?? seeded(seeds);
  const directory: Directory = {
    users: new Map(users.map((user) => [user.id, user])),
    groups: new Map(groups.map((group) => [group.id, group])),
    save() {
      if (stateFile === null) return;
      writeFileSync(
        `${stateFile}.new`,
        JSON.stringify({ users: [...directory.users.values()], groups: [...directory.groups.values()] }, null, 1),
      );
      renameSync(`${stateFile}.new`, stateFile);
    },
  };
  directory.save();
  return directory;
}

/** So many made-up users, every fifth of them suspended. */
export function seedUsers(count: number): SeedUser[] {
  return Array.from({ length: count }, (_, index) => ({
    userName: `person${index + 1}@acme.example`,
    givenName: 'Person',
    familyName: `Number ${index + 1}`,
    address: `person${index + 1}@acme.example`,
    employeeNumber: String(1_000 + index),
    active: index % 5 !== 4,
    groups: index % 2 === 0 ? ['Everyone', 'Even'] : ['Everyone'],
  }));
}

export const userSchema = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const enterpriseSchema = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
export const groupSchema = 'urn:ietf:params:scim:schemas:core:2.0:Group';

function seeded(seeds: SeedUser[]): { users: ScimUser[]; groups: ScimGroup[] } {
  const groups = new Map<string, ScimGroup>();
  const users = seeds.map((seed): ScimUser => {
    const id = seed.id ?? identifier(seed.userName);
    for (const displayName of seed.groups ?? []) {
      const group = groups.get(displayName) ?? { schemas: [groupSchema], id: identifier(displayName), displayName, members: [] };
      group.members.push({ value: id, display: seed.userName });
      groups.set(displayName, group);
    }
    return {
      schemas: seed.employeeNumber ? [userSchema, enterpriseSchema] : [userSchema],
      id,
      userName: seed.userName,
      active: seed.active ?? true,
      ...(seed.givenName || seed.familyName ? { name: { givenName: seed.givenName ?? '', familyName: seed.familyName ?? '' } } : {}),
      ...(seed.address ? { emails: [{ value: seed.address, type: 'work', primary: true }] } : {}),
      ...(seed.userType ? { userType: seed.userType } : {}),
      ...(seed.roles ? { roles: seed.roles.map((value) => ({ value })) } : {}),
      ...(seed.employeeNumber ? { [enterpriseSchema]: { employeeNumber: seed.employeeNumber } } : {}),
    };
  });
  return { users, groups: [...groups.values()] };
}

/** A stable id, so that a restarted server gives the same. */
export function identifier(name: string): string {
  return createHash('sha256').update(name).digest('hex').slice(0, 24);
}

/** A weak version of a record (RFC 7644, section 3.14). */
export function versionOf(resource: Resource): string {
  return `W/"${createHash('sha256').update(JSON.stringify(resource)).digest('hex').slice(0, 16)}"`;
}
