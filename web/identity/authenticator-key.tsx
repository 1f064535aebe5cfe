import { Anchor } from '@mantine/core';
import classes from './outside.module.css';

/** The key of an authenticator app: as a link for an app on this device, and as text to be typed. */
export function AuthenticatorKey({ address, secret }: { address: string; secret: string }) {
  return (
    <div className={classes.key}>
      <p className="gc-small gc-second">Choose “enter a key” in your app, with the account name Groundcrew and this key, by time:</p>
      <code>
        {secret
          .replace(/=+$/, '')
          .replaceAll(/(.{4})/g, '$1 ')
          .trim()}
      </code>
      <p className="gc-small" style={{ marginTop: 8 }}>
        <Anchor href={address}>Open in an app on this device</Anchor>
      </p>
    </div>
  );
}
