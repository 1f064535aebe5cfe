import { useState } from 'react';
import { EmptyPage } from '../design/empty-page.tsx';
import { PageBody } from '../design/page-body.tsx';
import { PageHeader } from '../design/page-header.tsx';
import { Problem } from '../design/problem.tsx';
import { RowList } from '../design/row-list.tsx';
import { Skeleton } from '../design/skeleton.tsx';
import { ZonedTime } from '../design/zoned-time.tsx';
import { problemProps } from '../shell/api-problem.ts';
import type { OutputOf } from '../shell/call.ts';
import { useAct, useCall } from '../shell/use-call.ts';
import { AddTokenDialog } from './add-token-dialog.tsx';

type Token = OutputOf<'listTokens'>['rows'][number];

/** Tokens with which programs use the API. */
export default function TokensPage() {
  const { data, error } = useCall('listTokens', { query: { limit: 200 } });
  const [adding, setAdding] = useState(false);
  const revoke = useAct('revokeToken', { changes: ['listTokens'] });
  const rows = data?.rows ?? [];
  const add = { label: 'Make a token…', onClick: () => setAdding(true) };
  return (
    <PageBody>
      <PageHeader
        crumb={[{ label: 'Settings', to: '/settings' }]}
        title="API tokens"
        lede="A token lets a program do what you may do, as far as its scopes go, until it ends. The API is described at /api/v1/openapi.json."
        acts={rows.length > 0 ? [{ ...add, filled: true }] : []}
      />
      {error !== null && <Problem {...problemProps(error)} />}
      {revoke.error !== null && <Problem {...problemProps(revoke.error)} />}
      {data === undefined && error === null && <Skeleton as="rows" />}
      {data !== undefined && rows.length === 0 && (
        <EmptyPage title="No program has access yet" act={add}>
          The command line and your own scripts use a token. Give each its own, with the narrowest scopes that do.
        </EmptyPage>
      )}
      <div style={{ marginTop: 20 }}>
        <RowList rows={rows.map((token) => tokenRow(token, () => revoke.mutate({ params: { tokenId: token.id } })))} />
      </div>
      {adding && <AddTokenDialog onClose={() => setAdding(false)} />}
    </PageBody>
  );
}

const tokenRow = (token: Token, onRevoke: () => void) => ({
  key: token.id,
  title: token.name,
  detail: (
    <>
      {token.scopes.join(', ')} · acts as {token.memberName} ·{' '}
      {token.lastUsedAt === null ? (
        'never used'
      ) : (
        <>
          last used <ZonedTime instant={token.lastUsedAt} />
        </>
      )}
    </>
  ),
  due: (
    <>
      ends <ZonedTime instant={token.expiresAt} />
    </>
  ),
  act: { label: 'Revoke', ariaLabel: `Revoke ${token.name}`, onClick: onRevoke },
});
