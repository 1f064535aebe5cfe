import { Checkbox } from '@mantine/core';
import classes from './settings.module.css';

/** The roles, in the order of what they may do, with what that is. */
export const roleWords = {
  owner: ['Owner', 'Everything, also who may sign in.'],
  ops: ['Operations', 'People, apps, connections, leaving: the daily work.'],
  hr: ['HR', 'People and their dates; lets people leave.'],
  finance: ['Finance', 'Contracts, seats and costs.'],
  manager: ['Manager', 'The people who report to them.'],
  'app-owner': ['App owner', 'The apps that they own.'],
  employee: ['Employee', 'Their own page and tasks.'],
  auditor: ['Auditor', 'Reads everything that is told, changes nothing.'],
} as const;
export type RoleName = keyof typeof roleWords;

export const rolesInWords = (roles: readonly string[]): string =>
  Object.entries(roleWords)
    .filter(([role]) => roles.includes(role))
    .map(([, [label]]) => label)
    .join(', ');

/** A choice of roles, at least one. */
export function RoleChoice({ value, onChange, problem }: { value: RoleName[]; onChange: (roles: RoleName[]) => void; problem?: string }) {
  return (
    <fieldset className={classes.roles}>
      <legend>Roles</legend>
      {(Object.keys(roleWords) as RoleName[]).map((role) => (
        <Checkbox
          key={role}
          label={roleWords[role][0]}
          description={roleWords[role][1]}
          checked={value.includes(role)}
          onChange={(event) => onChange(event.currentTarget.checked ? [...value, role] : value.filter((each) => each !== role))}
        />
      ))}
      {problem !== undefined && <p style={{ color: 'var(--gc-wrong)' }}>{problem}</p>}
    </fieldset>
  );
}
