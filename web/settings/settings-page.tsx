import { PageBody } from '../design/page-body.tsx';
import { PageHeader } from '../design/page-header.tsx';
import { RowList } from '../design/row-list.tsx';
import { useSession } from '../shell/session.ts';

const rows = [
  { to: '/settings/sign-in', title: 'How I sign in', detail: 'My passkeys, my password, my recovery codes.' },
  { to: '/settings/appearance', title: 'Appearance', detail: 'Light or dark, and how close the rows of lists stand.' },
  {
    to: '/settings/organization',
    title: 'Organization',
    detail: 'Its name, its time zone, a further organization.',
    permission: 'organization:read',
  },
  {
    to: '/settings/sample',
    title: 'Sample company',
    detail: 'A made-up company to look around in: make it, open it, remove it.',
    permission: 'organization:manage',
  },
  {
    to: '/settings/work-addresses',
    title: 'Work addresses',
    detail: 'How the addresses of new colleagues are made.',
    permission: 'people:manage',
  },
  {
    to: '/settings/days-to-keep',
    title: 'Accounts of leavers',
    detail: 'How long they are kept before somebody is asked whether they may be deleted.',
    permission: 'access:read',
  },
  { to: '/settings/members', title: 'Members and roles', detail: 'Who may sign in, and what they may do.', permission: 'members:read' },
  {
    to: '/settings/company-sign-in',
    title: 'Company sign-in',
    detail: 'People come in through Google, Entra, Okta or another provider of your company.',
    permission: 'organization:manage',
  },
  { to: '/settings/tokens', title: 'API tokens', detail: 'For programs that read or change something here.', permission: 'tokens:manage' },
  {
    to: '/settings/set-up',
    title: 'Set-up check',
    detail: 'What this installation lacks to be relied upon: HTTPS, mail, backup.',
    permission: 'settings:read',
  },
];

/** The list of settings that the reader may see. */
export default function SettingsPage() {
  const permissions = useSession().data?.permissions ?? [];
  const visible = rows.filter(({ permission }) => permission === undefined || permissions.includes(permission));
  return (
    <PageBody>
      <PageHeader title="Settings" />
      <div style={{ marginTop: 20 }}>
        <RowList rows={visible.map(({ to, title, detail }) => ({ key: to, to, title, detail }))} />
      </div>
    </PageBody>
  );
}
