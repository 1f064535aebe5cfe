import { Button, Checkbox } from '@mantine/core';
import { useState } from 'react';
import { Dialog, DialogActs } from '../design/dialog.tsx';
import { Problem } from '../design/problem.tsx';
import { problemProps } from '../shell/api-problem.ts';
import { useMay } from '../shell/session.ts';
import { useCall } from '../shell/use-call.ts';
import classes from './hygiene.module.css';
import type { Item } from './take-dialog.tsx';
import { counted, type FindingRow } from './words.ts';

const mostHolders = 200;

/** Who lets a program act in their name; some of them, or all, are chosen to have it taken. */
export function HoldersDialog({ row, onTake, onClose }: { row: FindingRow; onTake: (items: Item[]) => void; onClose: () => void }) {
  const program = row.program ?? '';
  const mayManage = useMay('hygiene:manage');
  const { data, error } = useCall('listProgramHolders', { query: { appId: row.appId, program, limit: mostHolders } });
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const rows = data?.rows ?? [];
  const chosen = rows.filter(({ accountId }) => !left.has(accountId));
  return (
    <Dialog opened onClose={onClose} title={`Who lets ${row.who} act in ${row.app}?`}>
      <div className={classes.form}>
        <p>{row.why}</p>
        {error !== null && <Problem {...problemProps(error)} />}
        <ul className={classes.lines} aria-label="Accounts">
          {rows.map(({ accountId, who, account, wide }) => (
            <li key={accountId}>
              {mayManage ? (
                <Checkbox
                  label={`${who}${account === who ? '' : `, ${account}`}`}
                  description={wide.join('; ')}
                  checked={!left.has(accountId)}
                  onChange={(event) => {
                    const next = new Set(left);
                    if (event.currentTarget.checked) next.delete(accountId);
                    else next.add(accountId);
                    setLeft(next);
                  }}
                />
              ) : (
                `${who}: ${wide.join('; ')}`
              )}
            </li>
          ))}
        </ul>
        {data !== undefined && data.total > rows.length && (
          <p className="gc-dimmed">And {counted(data.total - rows.length, 'account', 'accounts')} more, once these are settled.</p>
        )}
        <DialogActs>
          <Button onClick={onClose}>Leave it as it is</Button>
          {mayManage && (
            <Button
              variant="filled"
              disabled={chosen.length === 0}
              onClick={() => onTake(chosen.map(({ accountId }) => ({ accountId, program })))}
            >
              Take it from {counted(chosen.length, 'account', 'accounts')}…
            </Button>
          )}
        </DialogActs>
      </div>
    </Dialog>
  );
}
