import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Dialog } from '../design/dialog.tsx';
import { Problem } from '../design/problem.tsx';
import { toast } from '../design/toast.tsx';
import { fieldProblems, problemProps } from '../shell/api-problem.ts';
import { useAct } from '../shell/use-call.ts';
import { RoleChoice, type RoleName } from './role-choice.tsx';
import classes from './settings.module.css';

/** Invites somebody: a mail with a link, or the link itself where no mail goes out. */
export function InviteDialog({ onClose, onLink }: { onClose: () => void; onLink: (name: string, link: string) => void }) {
  const [name, setName] = useState('');
  const [address, setAddress] = useState('');
  const [roles, setRoles] = useState<RoleName[]>([]);
  const invite = useAct('addMemberByInvitation', {
    onDone: ({ link }) => {
      if (link !== null) onLink(name, link);
      else {
        toast(`${name} gets a mail with a link.`);
        onClose();
      }
    },
  });
  const problems = fieldProblems(invite.error);
  return (
    <Dialog opened onClose={onClose} title="Whom do you invite?">
      <form
        className={classes.dialog}
        onSubmit={(event) => {
          event.preventDefault();
          invite.mutate({ body: { name, address, roles } });
        }}
      >
        <TextInput
          label="Name"
          required
          autoComplete="off"
          maxLength={200}
          value={name}
          error={problems.name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          label="Work address"
          type="email"
          required
          autoComplete="off"
          value={address}
          error={problems.address}
          onChange={(event) => setAddress(event.currentTarget.value)}
        />
        <RoleChoice value={roles} onChange={setRoles} problem={problems.roles} />
        {invite.error !== null && Object.keys(problems).length === 0 && <Problem {...problemProps(invite.error)} />}
        <div className={classes.acts}>
          <Button onClick={onClose}>Invite nobody</Button>
          <Button type="submit" variant="filled" loading={invite.isPending} disabled={roles.length === 0}>
            Invite
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
