import { Button, NativeSelect, TextInput } from '@mantine/core';
import { ChoiceCards } from '../../design/choice-cards.tsx';
import { Section } from '../../design/section.tsx';
import { roleWords } from '../role-choice.tsx';
import classes from '../settings.module.css';
import own from './company.module.css';
import type { Draft, MappedRole } from './draft.ts';

type PartProps = { draft: Draft; onChange: (change: Partial<Draft>) => void; problems: Record<string, string> };

const mapped = Object.entries(roleWords)
  .filter(([role]) => role !== 'owner')
  .map(([value, [label]]) => ({ value, label }));

/** Which group at the provider gives which role, and what becomes of people in none of them. */
export function RolesPart({ draft, onChange, problems }: PartProps) {
  const rows = draft.groupRoles;
  const change = (index: number, to: Partial<(typeof rows)[number]>) =>
    onChange({ groupRoles: rows.map((row, at) => (at === index ? { ...row, ...to } : row)) });
  return (
    <Section
      title="Roles"
      note="Groups are read at each sign-in: roles that they give come and go with them. Roles given by hand on Members and roles stay. Owners are named by hand alone."
    >
      <div className={classes.form}>
        {draft.kind !== 'google' && (
          <>
            <TextInput
              label={draft.kind === 'saml' ? 'Attribute with the groups' : 'Claim with the groups'}
              description="Usually groups. Leave it empty where nobody gets a role by a group."
              autoComplete="off"
              value={draft.groupsClaim}
              error={problems.groupsClaim}
              onChange={(event) => onChange({ groupsClaim: event.currentTarget.value })}
            />
            {rows.map((row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name of their own while they are typed.
              <div key={index} className={own.mapping}>
                <TextInput
                  label={`Group ${index + 1}`}
                  autoComplete="off"
                  value={row.group}
                  onChange={(event) => change(index, { group: event.currentTarget.value })}
                />
                <NativeSelect
                  label={`gives the role`}
                  aria-label={`Role of group ${index + 1}`}
                  data={mapped}
                  value={row.role}
                  onChange={(event) => change(index, { role: event.currentTarget.value as MappedRole })}
                />
                <Button
                  aria-label={`Remove group ${index + 1}`}
                  onClick={() => onChange({ groupRoles: rows.filter((_, at) => at !== index) })}
                >
                  Remove
                </Button>
              </div>
            ))}
            <div className={classes.acts}>
              <Button onClick={() => onChange({ groupRoles: [...rows, { group: '', role: 'ops' }] })}>Add a group</Button>
            </div>
          </>
        )}
        <ChoiceCards
          legend="People whose groups give them no role"
          value={draft.withoutGroup}
          onChange={(withoutGroup) => onChange({ withoutGroup })}
          choices={[
            { value: 'employee', label: 'Are employees', detail: 'They see their own page and tasks.' },
            { value: 'refuse', label: 'Are not let in', detail: 'Unless they have a role by hand. They read who can help.' },
          ]}
        />
      </div>
    </Section>
  );
}
