import { usePlace } from '../shell/place.ts';
import { ReasonDialog } from '../shell/reason-dialog.tsx';
import { useAct } from '../shell/use-call.ts';
import { hasStarted, type Joiner } from './joiner-state.ts';
import classes from './joining.module.css';

/** Somebody does not come, or did not: everything is revoked at once, with proof. */
export function NoShowDialog({ joiner, now, onClose }: { joiner: Joiner; now: number; onClose: () => void }) {
  const { go } = usePlace();
  const noShow = useAct('noShow', {
    onDone: ({ runId }) => {
      onClose();
      go(`/runs/${runId}`);
    },
  });
  const opened = joiner.lines.filter(({ state, appId }) => state === 'ready' && appId !== null).length;
  const started = hasStarted(joiner, now);
  return (
    <ReasonDialog
      title={started ? `${joiner.person} did not come?` : `${joiner.person} does not come?`}
      label="Why? For the history; nobody outside reads it."
      actLabel={started ? 'They did not come: close everything' : 'They do not come: close everything'}
      busy={noShow.isPending}
      error={noShow.error}
      onAct={(reason) => noShow.mutate({ params: { runId: joiner.id }, body: { reason } })}
      onClose={onClose}
    >
      <ul className={classes.notes}>
        <li>
          {opened === 0
            ? 'Nothing has been opened as far as we read; every app is looked at all the same.'
            : `${opened} ${opened === 1 ? 'thing that was given is' : 'things that were given are'} taken back at once and read back, the sign-in first.`}
        </li>
        <li>The welcome link ends, and nothing more is asked of anybody for the first day.</li>
        <li>You get a proof as for everybody who leaves. Accounts are suspended, never deleted by this.</li>
        <li>0 other people lose anything. Should they come after all, hire them again: they get the same work address.</li>
      </ul>
    </ReasonDialog>
  );
}
