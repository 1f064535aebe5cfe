import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Dialog } from '../design/dialog.tsx';
import { Problem } from '../design/problem.tsx';
import { fieldProblems, problemProps } from '../shell/api-problem.ts';
import { useAct } from '../shell/use-call.ts';
import type { Member } from './members-page.tsx';
import { RoleChoice, type RoleName } from './role-choice.tsx';
import classes from './settings.module.css';

/** Changes the roles of a member. */
export function RolesDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const [roles, setRoles] = useState(member.roles as RoleName[]);
  const save = useAct('setMemberRoles', { onDone: onClose });
  const problems = fieldProblems(save.error);
  return (
    <Dialog opened onClose={onClose} title={`What may ${member.name} do?`}>
      <form
        className={classes.dialog}
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate({ params: { memberId: member.id }, body: { roles } });
        }}
      >
        <RoleChoice value={roles} onChange={setRoles} problem={problems.roles} />
        {save.error !== null && problems.roles === undefined && <Problem {...problemProps(save.error)} />}
        <div className={classes.acts}>
          <Button onClick={onClose}>Keep as it is</Button>
          <Button type="submit" variant="filled" loading={save.isPending} disabled={roles.length === 0}>
            Save the roles
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** Ends a member's access, after saying what that means. */
export function EndMembershipDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const [reason, setReason] = useState('');
  const end = useAct('endMembership', { onDone: onClose });
  return (
    <Dialog opened onClose={onClose} title={`End ${member.name}’s access to Groundcrew?`}>
      <form
        className={classes.dialog}
        onSubmit={(event) => {
          event.preventDefault();
          end.mutate({ params: { memberId: member.id }, body: reason.trim() === '' ? {} : { reason } });
        }}
      >
        <p>
          {member.name} is signed out of this organization at once, and their tokens stop working. Their accounts in apps stay as they are.
          You can let them in again.
        </p>
        <TextInput
          label="Reason, for the audit"
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {end.error !== null && <Problem {...problemProps(end.error)} />}
        <div className={classes.acts}>
          <Button onClick={onClose}>Keep as it is</Button>
          <Button type="submit" variant="filled" loading={end.isPending}>
            End the access now
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
