import { Checkbox } from '@mantine/core';
import { useCall } from '../shell/use-call.ts';
import classes from './leaving.module.css';

const roleNames: Record<string, string> = {
  owner: 'Owner',
  ops: 'Operations',
  hr: 'HR',
  finance: 'Finance',
  manager: 'Manager',
  'app-owner': 'App owner',
  employee: 'Employee',
  auditor: 'Auditor',
};

/** Who may know of a sensitive exit, besides whoever confirms it. */
export function MemberChoice({ chosen, onChange }: { chosen: string[]; onChange: (chosen: string[]) => void }) {
  const { data, error } = useCall('listMembers', { query: { limit: 200 } });
  if (error !== null) return <p className={classes.note}>Who is here could not be read. You alone will know of it.</p>;
  const members = (data?.rows ?? []).filter(({ disabledAt }) => disabledAt === null);
  const toggle = (id: string) => onChange(chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen, id]);
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot scroll in every browser */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <div className={classes.names} role="group" aria-label="Who may know" tabIndex={0}>
        {members.map(({ id, name, roles }) => (
          <Checkbox
            key={id}
            size="xs"
            label={
              <>
                {name} <span className="gc-dimmed">{roles.map((role) => roleNames[role] ?? role).join(', ')}</span>
              </>
            }
            checked={chosen.includes(id)}
            onChange={() => toggle(id)}
          />
        ))}
      </div>
      <p className={classes.hint}>You are always one of them. For everybody else it is nowhere to be seen, also not as a count.</p>
    </>
  );
}
