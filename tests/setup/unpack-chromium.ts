import { chmodSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { unpackDebian } from './unpack-debian.ts';

/** Where this user's unpacked browser lives; `chromium` in it starts it. */
export const cacheFolder = (): string =>
  path.join(process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'groundcrew', 'browser');

/** Debian's Chromium for a user who may not install packages. Throws with apt's reason. */
export function unpackChromium(): void {
  unpackDebian({
    packages: ['chromium', 'fonts-dejavu-core'],
    to: cacheFolder(),
    needed: 'usr/lib/chromium/chromium',
    finish: writeStarter,
  });
}

function writeStarter(folder: string): void {
  const fonts = '<dir prefix="relative">root/usr/share/fonts</dir><dir>/usr/share/fonts</dir><cachedir prefix="xdg">fontconfig</cachedir>';
  writeFileSync(
    path.join(folder, 'fonts.conf'),
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>${fonts}</fontconfig>\n`,
  );
  const script = `#!/bin/sh
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
libraries=$here/root/usr/lib/chromium
for folder in "$here"/root/usr/lib/*-linux-gnu* "$here"/root/lib/*-linux-gnu*; do
  for inner in "$folder" "$folder"/*; do
    if [ -d "$inner" ]; then libraries=$libraries:$inner; fi
  done
done
export LD_LIBRARY_PATH="$libraries"
[ -e /etc/fonts/fonts.conf ] || export FONTCONFIG_FILE="$here/fonts.conf"
exec "$here/root/usr/lib/chromium/chromium" "$@"
`;
  writeFileSync(path.join(folder, 'chromium'), script);
  chmodSync(path.join(folder, 'chromium'), 0o755);
}
