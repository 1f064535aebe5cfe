import { PageBody } from '../design/page-body.tsx';
import { PageHeader } from '../design/page-header.tsx';
import { toast } from '../design/toast.tsx';
import { usePlace } from '../shell/place.ts';
import { useAct } from '../shell/use-call.ts';
import { RuleForm } from './rule-form.tsx';

/** Writes a rule. */
export default function NewRulePage() {
  const { go } = usePlace();
  const create = useAct('createAccessRule', {
    onDone: ({ id }, { body }) => {
      toast(`“${body.name}” is saved.`);
      go(`/access-rules/${id}`);
    },
  });
  return (
    <PageBody>
      <PageHeader
        crumb={[{ label: 'Access rules', to: '/access-rules' }]}
        title="Write a rule"
        lede="Whom it means, and what they get. You see both on today’s people before it is saved."
      />
      <RuleForm
        rule={null}
        busy={create.isPending}
        error={create.error}
        onSubmit={(body) => create.mutate({ body })}
        onCancel={() => go('/access-rules')}
      />
    </PageBody>
  );
}
