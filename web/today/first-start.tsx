import { ActButton } from '../design/act.tsx';
import { PageBody } from '../design/page-body.tsx';
import { PageHeader } from '../design/page-header.tsx';
import { PlaceLink } from '../design/place-link.tsx';
import { useMay } from '../shell/session.ts';
import { SampleCompany } from './sample-company.tsx';
import classes from './today.module.css';

/** The first day: two files, and in a minute the first finding. */
export function FirstStart({ above, hello }: { above: string; hello: string }) {
  const mayImport = useMay('people:import');
  const mayApps = useMay('apps:manage');
  const mayMake = useMay('organization:manage');
  const mayHire = useMay('joining:manage');
  return (
    <PageBody>
      <PageHeader
        above={above}
        title={`${hello} Two files, and you know who has left and still has an account.`}
        lede="Nothing is connected for this and no credential is needed. You see what each file would change before it does."
      />
      <div className={classes.files}>
        <section aria-labelledby="first-people">
          <h2 id="first-people">1. The list of your people</h2>
          <p>
            CSV or Excel, from payroll, the HR system or your own sheet. Columns are recognised in English and German. Leavers may be
            missing in it.
          </p>
          {mayImport ? (
            <ActButton act={{ label: 'Give the people list', to: '/people/imports' }} filled />
          ) : (
            <p className="gc-dimmed">HR or operations can give it.</p>
          )}
        </section>
        <section aria-labelledby="first-app">
          <h2 id="first-app">2. The list of users of one app</h2>
          <p>Any app with an admin page exports one: chat, mail, CRM. Begin with the one that you worry about most.</p>
          {mayApps ? (
            <ActButton act={{ label: 'Give an app’s list', to: '/apps/new' }} />
          ) : (
            <p className="gc-dimmed">Operations can give it.</p>
          )}
        </section>
      </div>
      {mayHire && (
        <p className={classes.hire}>
          Somebody starts soon? <PlaceLink to="/joining?hire=new">Hire them now</PlaceLink>: name, personal address, first day and whose
          role it is like are enough.
        </p>
      )}
      {mayMake && <SampleCompany />}
    </PageBody>
  );
}
