import { Button, CopyButton } from '@mantine/core';
import { Dialog } from '../design/dialog.tsx';
import classes from './settings.module.css';

/** A link to be handed over by whoever invited, because no mail goes out. */
export function LinkDialog({ name, link, onClose }: { name: string; link: string; onClose: () => void }) {
  return (
    <Dialog opened onClose={onClose} title={`Give ${name} this link yourself`}>
      <div className={classes.dialog}>
        <p>
          No mail server is set up, so nobody gets a mail. The link works once, for seven days, for whoever opens it first: send it to{' '}
          {name} alone.
        </p>
        <p className={classes.text}>
          <code>{link}</code>
        </p>
        <div className={classes.acts}>
          <CopyButton value={link}>
            {({ copied, copy }) => (
              <Button variant="filled" onClick={copy}>
                {copied ? 'Copied' : 'Copy the link'}
              </Button>
            )}
          </CopyButton>
          <Button onClick={onClose}>Close</Button>
        </div>
      </div>
    </Dialog>
  );
}
