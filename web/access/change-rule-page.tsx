import { PageBody } from '../design/page-body.tsx';
import { PageHeader } from '../design/page-header.tsx';
import { Problem } from '../design/problem.tsx';
import { Skeleton } from '../design/skeleton.tsx';
import { toast } from '../design/toast.tsx';
import { problemProps } from '../shell/api-problem.ts';
import { useTitle } from '../shell/page-title.ts';
import { usePlace } from '../shell/place.ts';
import { useAct, useCall } from '../shell/use-call.ts';
import { RuleForm } from './rule-form.tsx';

/** Changes a rule; the state before stays in its history. */
export default function ChangeRulePage() {
  const { params, go } = usePlace();
  const ruleId = params.ruleId ?? '';
  const { data: rule, error } = useCall('getAccessRule', { params: { ruleId } });
  const change = useAct('changeAccessRule', {
    onDone: (_answer, { body }) => {
      toast(`“${body.name}” was changed.`);
      go(`/access-rules/${ruleId}`);
    },
  });
  useTitle(rule === undefined ? undefined : `Change ${rule.name}`);
  if (error !== null)
    return (
      <PageBody>
        <PageHeader crumb={[{ label: 'Access rules', to: '/access-rules' }]} title="Change a rule" />
        <Problem {...problemProps(error)} />
      </PageBody>
    );
  if (rule === undefined) return <Skeleton />;
  return (
    <PageBody>
      <PageHeader
        crumb={[
          { label: 'Access rules', to: '/access-rules' },
          { label: rule.name, to: `/access-rules/${ruleId}` },
        ]}
        title={`Change “${rule.name}”`}
        lede="You see who would get or lose something before it is saved. The state before stays in its history."
      />
      <RuleForm
        key={rule.version}
        rule={rule}
        busy={change.isPending}
        error={change.error}
        onSubmit={(body) => change.mutate({ params: { ruleId }, body })}
        onCancel={() => go(`/access-rules/${ruleId}`)}
      />
    </PageBody>
  );
}
