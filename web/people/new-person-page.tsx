import { PageBody } from '../design/page-body.tsx';
import { PageHeader } from '../design/page-header.tsx';
import { usePlace } from '../shell/place.ts';
import { useAct } from '../shell/use-call.ts';
import { PersonForm } from './person-form.tsx';

/** Adds one person. */
export default function NewPersonPage() {
  const { go } = usePlace();
  const add = useAct('addPerson', { onDone: ({ id }) => go(`/people/${id}`) });
  return (
    <PageBody>
      <PageHeader
        crumb={[{ label: 'People', to: '/people' }]}
        title="Add a person"
        lede="Only a name is needed. With a work address their accounts are found by themselves."
      />
      <PersonForm
        person={null}
        busy={add.isPending}
        error={add.error}
        actLabel="Add them"
        onCancel={() => go('/people')}
        onSubmit={(body) => add.mutate({ body })}
      />
    </PageBody>
  );
}
