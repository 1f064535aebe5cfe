import { useState } from 'react';
import { MoreMenu } from '../design/more-menu.tsx';
import { PageBody } from '../design/page-body.tsx';
import { PageHeader } from '../design/page-header.tsx';
import { Problem } from '../design/problem.tsx';
import { RowList } from '../design/row-list.tsx';
import { Section } from '../design/section.tsx';
import { Skeleton } from '../design/skeleton.tsx';
import { StatusChip } from '../design/status-chip.tsx';
import { ZonedTime } from '../design/zoned-time.tsx';
import { problemProps } from '../shell/api-problem.ts';
import type { OutputOf } from '../shell/call.ts';
import { useMay } from '../shell/session.ts';
import { useAct, useCall } from '../shell/use-call.ts';
import { InviteDialog } from './invite-dialog.tsx';
import { LinkDialog } from './link-dialog.tsx';
import { EndMembershipDialog, RolesDialog } from './member-dialogs.tsx';
import { rolesInWords } from './role-choice.tsx';

export type Member = OutputOf<'listMembers'>['rows'][number];
type Open = { what: 'invite' } | { what: 'roles' | 'end'; member: Member } | { what: 'link'; name: string; link: string } | null;

/** Who may sign in, with which roles. */
export default function MembersPage() {
  const { data, error } = useCall('listMembers', { query: { limit: 200 } });
  const may = useMay('members:manage');
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  const rows = data?.rows ?? [];
  const active = rows.filter((member) => member.disabledAt === null);
  const former = rows.filter((member) => member.disabledAt !== null);
  const waiting = active.filter((member) => !member.joined && !member.byCompany && member.invitedUntil !== null).length;
  return (
    <PageBody>
      <PageHeader
        crumb={[{ label: 'Settings', to: '/settings' }]}
        title="Members and roles"
        lede={data === undefined ? undefined : summary(active.length, waiting)}
        acts={may ? [{ label: 'Invite somebody…', onClick: () => setOpen({ what: 'invite' }), filled: true }] : []}
      />
      {error !== null && <Problem {...problemProps(error)} />}
      {data === undefined && error === null && <Skeleton as="rows" />}
      <div style={{ marginTop: 20 }}>
        <RowList rows={active.map((member) => row(member, may, setOpen))} />
      </div>
      {former.length > 0 && (
        <Section title="No longer members" note="Their access has ended. What they did stays in the audit.">
          <RowList rows={former.map((member) => row(member, may, setOpen))} />
        </Section>
      )}
      {open?.what === 'invite' && <InviteDialog onClose={close} onLink={(name, link) => setOpen({ what: 'link', name, link })} />}
      {open?.what === 'roles' && <RolesDialog member={open.member} onClose={close} />}
      {open?.what === 'end' && <EndMembershipDialog member={open.member} onClose={close} />}
      {open?.what === 'link' && <LinkDialog name={open.name} link={open.link} onClose={close} />}
    </PageBody>
  );
}

const summary = (active: number, waiting: number): string => {
  const first = active === 1 ? 'One person may sign in.' : `${active} people may sign in.`;
  return waiting === 0 ? first : `${first} ${waiting === 1 ? 'One has' : `${waiting} have`} not used their invitation yet.`;
};

const row = (member: Member, may: boolean, open: (next: Open) => void) => ({
  key: member.id,
  title: member.name,
  detail: (
    <>
      {member.address} · {rolesInWords(member.roles)}
    </>
  ),
  right: (
    <div style={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 12 }}>
      <Standing member={member} />
      {may && <MemberMenu member={member} open={open} />}
    </div>
  ),
});

function Standing({ member }: { member: Member }) {
  if (member.disabledAt !== null)
    return (
      <span className="gc-dimmed">
        Ended <ZonedTime instant={member.disabledAt} />
      </span>
    );
  if (member.byCompany) return <span className="gc-dimmed">Signs in through the company</span>;
  if (member.invitedUntil !== null && !member.joined) {
    return (
      <StatusChip kind="waiting">
        Invited until <ZonedTime instant={member.invitedUntil} />
      </StatusChip>
    );
  }
  return member.joined ? <span className="gc-dimmed">Signs in</span> : <StatusChip kind="unknown">Has no sign-in yet</StatusChip>;
}

function MemberMenu({ member, open }: { member: Member; open: (next: Open) => void }) {
  const again = useAct('inviteAgain', { onDone: ({ link }) => link !== null && open({ what: 'link', name: member.name, link }) });
  const resume = useAct('resumeMembership');
  const unlink = useAct('unlinkFromCompany');
  const params = { memberId: member.id };
  const problem = again.error ?? resume.error ?? unlink.error;
  const items =
    member.disabledAt !== null
      ? [{ label: 'Let in again', onClick: () => resume.mutate({ params }) }]
      : [
          { label: 'Change roles…', onClick: () => open({ what: 'roles', member }) },
          {
            label: member.joined ? 'Send a link to set up the sign-in anew' : 'Send the invitation again',
            onClick: () => again.mutate({ params }),
          },
          ...(member.byCompany
            ? [{ label: 'Unlink from the company’s provider, to be linked anew', onClick: () => unlink.mutate({ params }) }]
            : []),
          { label: 'End access…', onClick: () => open({ what: 'end', member }) },
        ];
  return (
    <>
      <MoreMenu label={`More for ${member.name}`} items={items} />
      {problem !== null && <Problem {...problemProps(problem)} />}
    </>
  );
}
