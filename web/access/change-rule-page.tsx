import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { PageBody } from '../design/page-body.tsx';
import { PageHeader } from '../design/page-header.tsx';
import { Problem } from '../design/problem.tsx';
import { toast } from '../design/toast.tsx';
import { ApiProblem } from '../shell/api-problem.ts';
import { NotShown } from '../shell/not-shown.tsx';
import { useTitle } from '../shell/page-title.ts';
import { usePlace } from '../shell/place.ts';
import { useAct, useCall } from '../shell/use-call.ts';
import { RuleForm } from './rule-form.tsx';
import { versionWords } from './version-words.ts';
import type { RuleDetail } from './words.ts';

/** Changes a rule; the state before stays in its history. */
export default function ChangeRulePage() {
  const { params } = usePlace();
  const ruleId = params.ruleId ?? '';
  const { data: rule, error } = useCall('getAccessRule', { params: { ruleId } });
  useTitle(rule === undefined ? undefined : `Change ${rule.name}`);
  if (rule === undefined) return <NotShown what="rule" error={error} crumb={[{ label: 'Access rules', to: '/access-rules' }]} />;
  return <Change key={rule.id} rule={rule} />;
}

/** What is typed stays, also when the rule is changed elsewhere meanwhile: then it is not written over before somebody has said so. */
function Change({ rule }: { rule: RuleDetail }) {
  const { go } = usePlace();
  const client = useQueryClient();
  const [begun] = useState(rule);
  const [basedOn, setBasedOn] = useState(rule.version);
  const change = useAct('changeAccessRule', {
    onDone: (_answer, { body }) => {
      toast(`“${body.name}” was changed.`);
      go(`/access-rules/${rule.id}`);
    },
  });
  const isRefused = change.error instanceof ApiProblem && change.error.code === 'rule_changed';
  const theirs = rule.versions.find(({ version }) => version === rule.version);
  const before = rule.versions.find(({ version }) => version === basedOn);
  return (
    <PageBody>
      <PageHeader
        crumb={[
          { label: 'Access rules', to: '/access-rules' },
          { label: rule.name, to: `/access-rules/${rule.id}` },
        ]}
        title={`Change “${begun.name}”`}
        lede="You see who would get or lose something before it is saved. The state before stays in its history."
      />
      <RuleForm
        rule={begun}
        busy={change.isPending}
        error={change.error}
        meanwhile={
          isRefused ? (
            <Problem
              what={`${theirs?.changedBy ?? 'Somebody'} changed this rule while you were at it.`}
              unchanged={
                <>
                  Nothing of yours was saved, and what you typed is still here.
                  {theirs !== undefined && rule.version !== basedOn && ` Theirs: ${versionWords(theirs, before)}`}
                </>
              }
              todo="Go on with yours if it still holds: you see what it would change now, and save it then. Theirs stays in the history."
              act={{
                label: 'Go on with mine',
                onClick: () => {
                  setBasedOn(rule.version);
                  change.reset();
                },
              }}
            />
          ) : undefined
        }
        onSubmit={(body) =>
          change.mutate({ params: { ruleId: rule.id }, body: { ...body, basedOn } }, { onError: () => void client.invalidateQueries() })
        }
        onCancel={() => go(`/access-rules/${rule.id}`)}
      />
    </PageBody>
  );
}
