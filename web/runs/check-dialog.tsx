import { Button } from '@mantine/core';
import { Dialog, DialogActs } from '../design/dialog.tsx';
import { Problem } from '../design/problem.tsx';
import { problemProps } from '../shell/api-problem.ts';
import { saveFile } from '../shell/save-file.ts';
import { useCall } from '../shell/use-call.ts';
import classes from './runs.module.css';

/** How somebody checks a proof without this server, and the key they need for it. */
export function CheckDialog({ onClose }: { onClose: () => void }) {
  const { data, error } = useCall('getSigningKey');
  const save = () => {
    if (data !== undefined)
      saveFile({ name: 'groundcrew-public-key.pem', blob: new Blob([data.publicKey], { type: 'application/x-pem-file' }) });
  };
  return (
    <Dialog opened onClose={onClose} title="Check a signature">
      <div className={classes.body}>
        <p>
          The PDF and the JSON each carry a signature over their exact bytes. Whoever has the file and our public key can check it, without
          this server and without our data:
        </p>
        <code className={classes.command}>./groundcrew proof verify FILE --key groundcrew-public-key.pem</code>
        <p>
          It says whom the file is about and whether a single byte was changed. Give the key to whoever will check a proof before they need
          it: a key that comes with the proof proves nothing.
        </p>
        {error !== null && <Problem {...problemProps(error)} />}
        {data !== undefined && (
          <>
            <p className="gc-small gc-dimmed">
              Fingerprint <span className="gc-code">{data.fingerprint}</span>
            </p>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
            <section className={`${classes.command} ${classes.key}`} tabIndex={0} aria-label="The public key">
              <code>{data.publicKey}</code>
            </section>
          </>
        )}
        <DialogActs>
          <Button onClick={onClose}>Close</Button>
          <Button disabled={data === undefined} onClick={save}>
            Save the public key
          </Button>
        </DialogActs>
      </div>
    </Dialog>
  );
}
