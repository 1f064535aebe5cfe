import { Button, Checkbox } from '@mantine/core';
import { useState } from 'react';
import { saveFile } from '../shell/save-file.ts';
import classes from './identity.module.css';

/** Recovery codes, shown this once: to be saved or written down before going on. */
export function RecoveryCodes({ codes, onKept }: { codes: string[]; onKept: () => void }) {
  const [kept, setKept] = useState(false);
  const save = () =>
    saveFile({
      name: 'groundcrew-recovery-codes.txt',
      blob: new Blob([`Groundcrew recovery codes. Each works once.\n\n${codes.join('\n')}\n`], { type: 'text/plain' }),
    });
  return (
    <div className={classes.form}>
      <ul className={classes.codes} aria-label="Recovery codes">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <Checkbox
        label="I have kept them where I find them without my phone"
        checked={kept}
        onChange={(event) => setKept(event.currentTarget.checked)}
      />
      <div className={classes.acts}>
        <Button variant="filled" disabled={!kept} onClick={onKept}>
          Go on
        </Button>
        <Button onClick={save}>Save as a file</Button>
      </div>
    </div>
  );
}
