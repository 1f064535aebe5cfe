import { EmptyPage } from '../design/empty-page.tsx';
import { Problem } from '../design/problem.tsx';
import { RowList } from '../design/row-list.tsx';
import { Section } from '../design/section.tsx';
import { StatusChip } from '../design/status-chip.tsx';
import type { StatusKind } from '../design/status-kind.ts';
import { ZonedTime } from '../design/zoned-time.tsx';
import { problemProps } from '../shell/api-problem.ts';
import type { OutputOf } from '../shell/call.ts';
import { useMay } from '../shell/session.ts';
import { counted, type Person } from './words.ts';

type Account = OutputOf<'listPersonAccounts'>['rows'][number];

type PersonAccountsProps = { person: Person; accounts: Account[] | null; error: unknown };

/** The accounts of a person as they were read, those that should not be open first. */
export function PersonAccounts({ person, accounts, error }: PersonAccountsProps) {
  const mayApps = useMay('apps:read');
  if (error !== null) return <Problem {...problemProps(error)} />;
  if (accounts === null) return null;
  if (accounts.length === 0) {
    // The head of the page says that their data was erased.
    if (person.erasedAt !== null) return null;
    return (
      <Section title="Accounts">
        <EmptyPage title="No account of theirs has been read." act={mayApps ? { label: 'Look at the apps', to: '/apps' } : undefined}>
          <p>Accounts are found by their work address, other addresses and employee number, in every app whose users were read.</p>
        </EmptyPage>
      </Section>
    );
  }
  const rank = (account: Account) =>
    standing(person, account).kind === 'wrong' ? 0 : account.status === null ? 1 : account.status === 'gone' ? 3 : 2;
  const sorted = [...accounts].sort((a, b) => rank(a) - rank(b) || a.app.localeCompare(b.app));
  const open = accounts.filter(({ status }) => status === 'active' || status === null).length;
  return (
    <div id="accounts">
      <Section title="Accounts" note={`${counted(accounts.length, 'account', 'accounts')} in all, ${open} of them open.`}>
        <RowList
          rows={sorted.map((account) => {
            const { kind, word } = standing(person, account);
            return {
              key: account.id,
              title: account.app,
              to: mayApps ? `/apps/${account.appId}` : undefined,
              detail: (
                <>
                  {[account.address ?? account.userName, grantWords(account)].filter(Boolean).join(' · ')}
                  {' · read '}
                  <ZonedTime instant={account.asOf} />
                </>
              ),
              right: <StatusChip kind={kind}>{word}</StatusChip>,
            };
          })}
        />
      </Section>
    </div>
  );
}

function standing(person: Person, { status, isAdmin }: Account): { kind: StatusKind; word: string } {
  const admin = isAdmin === true ? ', admin' : '';
  const left = person.status === 'left';
  switch (status) {
    case 'active':
      return left ? { kind: 'wrong', word: `Open${admin}, and has left` } : { kind: 'working', word: `Active${admin}` };
    case 'suspended':
      return left ? { kind: 'good-read', word: 'Suspended' } : { kind: 'away', word: 'Suspended' };
    case 'gone':
      return { kind: 'working', word: 'Not there any more' };
    default:
      return { kind: 'unknown', word: `Not known whether active${admin}` };
  }
}

const grantWords = ({ grants }: Account): string => {
  const names = grants.map(({ name }) => name);
  return names.length > 4 ? `${names.slice(0, 4).join(', ')} and ${names.length - 4} more` : names.join(', ');
};
