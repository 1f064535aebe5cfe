import { Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { DryRun } from '../design/dry-run.tsx';
import type { TallyLine } from '../design/tally.tsx';
import { ApiProblem, problemProps } from '../shell/api-problem.ts';
import { usePlace } from '../shell/place.ts';
import { useAct } from '../shell/use-call.ts';
import { Names } from './names.tsx';
import { kindOfLine } from './plan-filters.ts';
import { changeWords, dealWords, type Gap, type GapLine, isLoss, people } from './words.ts';

type ApplyDialogProps = {
  gap: Gap;
  /** Its lines as far as they were read. */
  lines: GapLine[];
  only: { personId?: string; appId?: string };
  onClose: () => void;
};

/** So many may lose something without their number being typed. */
const mostUnconfirmed = 5;

/** Applies the plan as it was shown: the numbers once more with their names, also those that calm. */
export function ApplyDialog({ gap, lines, only, onClose }: ApplyDialogProps) {
  const { go } = usePlace();
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const [opened, setOpened] = useState<string | null>(null);
  const { totals, brake } = gap;
  const apply = useAct('applyPlan', {
    onDone: ({ planId }) => {
      if (planId === null) onClose();
      else go(`/access-rules/plans/${planId}`);
    },
  });
  const again = lines.filter(({ administratorAgain }) => administratorAgain).length;
  const changed = apply.error instanceof ApiProblem && apply.error.code === 'gap_changed';
  const tally = (key: string, value: number, one: string, many: string, of: (line: GapLine) => boolean): TallyLine => {
    const text = value === 1 ? one : many;
    const rows = lines.filter(of).map((line) => ({ id: line.personId, name: line.person, more: `${changeWords(line)} in ${line.app}` }));
    return {
      key,
      value,
      onOpen: rows.length === 0 ? undefined : () => setOpened(opened === key ? null : key),
      text: (
        <>
          {text}
          {opened === key && <Names label={text} rows={rows} total={Math.max(rows.length, key === 'losing' ? 0 : value)} />}
        </>
      ),
    };
  };
  return (
    <DryRun
      opened
      onClose={onClose}
      title={`${dealWords(totals)}?`}
      lines={[
        tally('gives', totals.gives, 'grant is given', 'grants are given', (line) => !isLoss(line)),
        tally('takes', totals.takes, 'grant is taken', 'grants are taken', isLoss),
        tally('losing', totals.losing, 'person loses something', 'people lose something', isLoss),
        tally(
          'hand',
          totals.byHand,
          'line is done by hand: the owner of its app is asked',
          'lines are done by hand: one task for each app, to its owner',
          (line) => kindOfLine(line).includes('hand'),
        ),
        ...(again === 0
          ? []
          : [
              tally(
                'again',
                again,
                'account opens with the rights of an administrator that it has from before: decide on the person’s page what goes',
                'accounts open with the rights of an administrator that they have from before: decide on each person’s page what goes',
                (line) => line.administratorAgain,
              ),
            ]),
        {
          key: 'before',
          value: 0,
          text: 'people lose what they had before Groundcrew, unless somebody decided that it goes',
        },
      ]}
      undo={
        brake === null
          ? 'Each line is read back in the app itself. You can undo the whole plan afterwards.'
          : `${brake.people > totals.losing ? `With those of the last 24 hours ${people(brake.people)} would lose something. ` : ''}More than ${people(brake.limit)} in a day are held: the plan is stored, nobody is touched yet, and it waits until you let it go on with a reason.`
      }
      confirmName={brake === null && totals.losing > mostUnconfirmed ? String(totals.losing) : undefined}
      actLabel={brake === null ? dealWords(totals) : 'Store it, nobody is touched'}
      onAct={() => apply.mutate({ body: { hash: gap.hash, ...only, ...(reason.trim() === '' ? {} : { reason: reason.trim() }) } })}
      busy={apply.isPending}
      problem={
        apply.error === null
          ? undefined
          : {
              ...problemProps(apply.error),
              ...(changed
                ? {
                    act: {
                      label: 'See the plan as it is now',
                      onClick: () => {
                        void client.invalidateQueries();
                        onClose();
                      },
                    },
                  }
                : {}),
            }
      }
    >
      <Textarea
        label="Why"
        description="For the history. You may leave it out."
        autosize
        maxLength={1000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </DryRun>
  );
}
