import { Button, CopyButton } from '@mantine/core';
import classes from './directory.module.css';

/** A text that is copied into the directory: the address, or a token that is shown this once. */
export function CopyText({ label, text }: { label: string; text: string }) {
  return (
    <div className={classes.copy}>
      <p className={classes.label}>{label}</p>
      <p className={classes.text}>
        <code>{text}</code>
      </p>
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Button onClick={copy} aria-label={`Copy the ${label.toLowerCase()}`}>
            {copied ? 'Copied' : `Copy the ${label.toLowerCase()}`}
          </Button>
        )}
      </CopyButton>
    </div>
  );
}

/** The address of the SCIM server, and whether a directory in the cloud can reach it at all. */
export function ScimAddress({ address }: { address: string }) {
  const { protocol, hostname } = new URL(address);
  const isInside = protocol !== 'https:' || /^(localhost|127\.|10\.|192\.168\.)/.test(hostname);
  return (
    <>
      <CopyText label="Address" text={address} />
      {isInside && (
        <p className="gc-dimmed">
          A directory in the cloud cannot reach this address: it needs one that begins with https:// and is open to the internet. Whoever
          runs Groundcrew sets it as GROUNDCREW_URL.
        </p>
      )}
    </>
  );
}
