import { Anchor } from '@mantine/core';
import { renderSVG } from 'uqr';
import classes from './identity.module.css';

/** The key of an authenticator app: as a picture for the phone's camera, as text to be typed, and as a link for an app on this device. */
export function AuthenticatorKey({ address, secret }: { address: string; secret: string }) {
  return (
    <div className={classes.key}>
      <p className="gc-small gc-second">Point your app’s camera at this:</p>
      <img
        src={`data:image/svg+xml,${encodeURIComponent(renderSVG(address, { border: 2 }))}`}
        alt="The key, to be read by a camera"
        width={176}
        height={176}
      />
      <p className="gc-small gc-second">Or choose “enter a key”, with the account name Groundcrew and this key, by time:</p>
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
