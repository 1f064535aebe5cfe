import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { Dialog, DialogActs } from '../design/dialog.tsx';
import { Problem } from '../design/problem.tsx';
import { toast } from '../design/toast.tsx';
import { problemProps } from '../shell/api-problem.ts';
import { usePlace } from '../shell/place.ts';
import { useAct, useCall } from '../shell/use-call.ts';
import classes from './access.module.css';
import { BrakePart, isReleased } from './brake-part.tsx';
import { RuleEffects } from './rule-effects.tsx';
import type { RuleDetail } from './words.ts';

/** Does without a rule: shows first who would lose what it gave. */
export function ArchiveDialog({ rule, onClose }: { rule: RuleDetail; onClose: () => void }) {
  const { go } = usePlace();
  const [reason, setReason] = useState('');
  const [typed, setTyped] = useState('');
  const [why, setWhy] = useState('');
  const grants = rule.grants.map(({ appId, entitlement, kind }) => ({ appId, entitlement, kind }));
  const preview = useCall('previewAccessRule', { body: { ruleId: rule.id, when: rule.when, grants, archive: true } });
  const archive = useAct('archiveAccessRule', {
    onDone: () => {
      toast(`“${rule.name}” gives nothing any more.`);
      go('/access-rules');
    },
  });
  const brake = preview.data?.brake ?? null;
  const losing = preview.data?.losses.people ?? 0;
  const released = brake === null || isReleased(losing, typed, why);
  return (
    <Dialog opened onClose={onClose} title={`Do without “${rule.name}”?`}>
      <form
        className={classes.choice}
        onSubmit={(event) => {
          event.preventDefault();
          archive.mutate({
            params: { ruleId: rule.id },
            body: {
              ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
              ...(brake === null ? {} : { brake: { people: losing, reason: why.trim() } }),
            },
          });
        }}
      >
        {preview.error !== null && <Problem {...problemProps(preview.error)} />}
        {preview.data === undefined && preview.error === null && <p className="gc-small gc-dimmed">The effects are being counted.</p>}
        {preview.data !== undefined && (
          <div>
            <h3 style={{ marginBottom: 6 }}>If you confirm</h3>
            <RuleEffects preview={preview.data} ends />
          </div>
        )}
        <p className={classes.detail}>
          It takes away only what this rule gave and no other rule gives, and only once the plan is applied. What was there before
          Groundcrew stays. The rule stays in the history.
        </p>
        {brake !== null && preview.data !== undefined && (
          <BrakePart
            limit={brake.limit}
            inADay={brake.people}
            losing={losing}
            names={preview.data.losses.names}
            typed={typed}
            onTyped={setTyped}
            reason={why}
            onReason={setWhy}
          />
        )}
        {brake === null && (
          <Textarea
            label="Why"
            description="For the history. You may leave it out."
            autosize
            maxLength={1000}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        )}
        {archive.error !== null && <Problem {...problemProps(archive.error)} />}
        <DialogActs>
          <Button onClick={onClose} disabled={archive.isPending}>
            Keep the rule
          </Button>
          <Button type="submit" variant="filled" loading={archive.isPending} disabled={preview.data === undefined || !released}>
            Do without it
          </Button>
        </DialogActs>
      </form>
    </Dialog>
  );
}
