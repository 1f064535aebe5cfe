import { EmptyPage } from '../design/empty-page.tsx';
import { PageBody } from '../design/page-body.tsx';
import { useTitle } from './page-title.ts';

/** For an address that leads nowhere, and for what is not here or not for the reader: it never tells which. */
export function NotFound() {
  useTitle('Not found');
  return (
    <PageBody>
      <h1>There is nothing here.</h1>
      <EmptyPage title="It may have been removed, or it is not yours to see." act={{ label: 'Go to Today', to: '/' }}>
        If a link brought you here, ask whoever gave it to you. The organization may also be another one than the link meant.
      </EmptyPage>
    </PageBody>
  );
}
