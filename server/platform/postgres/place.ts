import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Refusal } from '../errors.ts';
import { type Binaries, copyBinaries, findBinaries, isRootsOwn, linkLibraries, type RunAs, unusable, whyNotRunning } from './binaries.ts';

/** Where one installation's PostgreSQL lives and which account runs it. `cluster` is PGDATA, `folder` the one that holds it. */
export type Place = { folder: string; cluster: string; binaries: Binaries; runAs: RunAs | undefined };

/**
 * Settles where the database of `dataFolder` lives. A normal user: in that folder. Root, whom PostgreSQL refuses: in a folder that the
 * database account may enter, below the first usable of `rootBases`, with the file `place` in the data folder pointing to it.
 */
export function settlePlace(dataFolder: string, rootBases: string[]): Place {
  const pointer = path.join(dataFolder, 'place');
  const inPlace = path.join(dataFolder, 'cluster');
  const isRoot = process.getuid?.() === 0;
  if (!isRoot) {
    if (existsSync(pointer)) {
      throw new Refusal(
        503,
        'database_of_root',
        'The database of this data folder was made by root. Start Groundcrew as root, or choose another GROUNDCREW_DATA.',
      );
    }
    if (existsSync(inPlace) && statSync(inPlace).uid !== process.getuid?.()) {
      throw new Refusal(
        503,
        'database_of_another',
        `The database in ${inPlace} belongs to another user of this machine. Start Groundcrew as that user.`,
      );
    }
    const binaries = findBinaries();
    linkLibraries(binaries.folder);
    const why = whyNotRunning(binaries, undefined);
    if (why) throw unusable(why);
    return { folder: dataFolder, cluster: inPlace, binaries, runAs: undefined };
  }
  if (!existsSync(pointer) && existsSync(inPlace)) {
    const { uid, gid } = statSync(inPlace);
    return { folder: dataFolder, cluster: inPlace, ...rootBinaries(rootBases, { uid, gid }) };
  }
  const known = existsSync(pointer) ? readFileSync(pointer, 'utf8').trim() : null;
  if (known) {
    checkOwner(known, dataFolder);
    const cluster = path.join(known, 'cluster');
    const owner = existsSync(cluster) ? statSync(cluster) : null;
    const { binaries, runAs } = rootBinaries(rootBases, owner ? { uid: owner.uid, gid: owner.gid } : databaseAccount());
    return { folder: known, cluster, binaries, runAs };
  }
  const { base, binaries, runAs } = rootBinaries(rootBases, databaseAccount());
  const folder = path.join(base, `data-${randomBytes(4).toString('hex')}`);
  mkdirSync(folder, { mode: 0o755 });
  chmodSync(folder, 0o755);
  writeFileSync(path.join(folder, 'data-folder'), dataFolder);
  writeFileSync(pointer, `${folder}\n`, { mode: 0o600 });
  return { folder, cluster: path.join(folder, 'cluster'), binaries, runAs };
}

/** Gives `file` to the account that runs the database, when that is not the one that runs us. */
export function giveTo(file: string, account: RunAs | undefined): void {
  if (account) chownSync(file, account.uid, account.gid);
}

/** A data folder that was copied points to the database of the first: two installations must never share one. A moved one is followed. */
function checkOwner(folder: string, dataFolder: string): void {
  const note = path.join(folder, 'data-folder');
  if (!existsSync(note)) {
    throw new Refusal(
      503,
      'database_gone',
      `The database of this data folder should be in ${folder}, and that is not there. Nothing was changed. Restore a backup into an empty data folder.`,
    );
  }
  const owner = readFileSync(note, 'utf8').trim();
  if (owner === dataFolder) return;
  const other = path.join(owner, 'place');
  if (existsSync(other) && readFileSync(other, 'utf8').trim() === folder && realpathSync(owner) !== dataFolder) {
    throw new Refusal(
      503,
      'database_of_a_copy',
      `This data folder is a copy of ${owner}, whose database is in use there. Nothing was changed. Use backup and restore to make a second installation.`,
    );
  }
  writeFileSync(note, dataFolder);
}

function rootBinaries(bases: string[], runAs: RunAs): { base: string; binaries: Binaries; runAs: RunAs } {
  const found = findBinaries();
  let why = 'no folder was found that the database account may enter';
  for (const base of bases) {
    try {
      if (!isRootsOwn(base)) {
        why = `${base} can be written by others than root`;
        continue;
      }
      const binaries = copyBinaries(found, base);
      const fault = whyNotRunning(binaries, runAs);
      if (!fault) return { base, binaries, runAs };
      why = fault;
    } catch (error) {
      why = (error as Error).message;
    }
  }
  throw unusable(why);
}

/** An account that exists and is not root: initdb looks its name up. */
function databaseAccount(): RunAs {
  const accounts = existsSync('/etc/passwd') ? readFileSync('/etc/passwd', 'utf8').split('\n') : [];
  for (const name of ['postgres', '_postgres', 'nobody', 'daemon']) {
    const fields = accounts.find((line) => line.startsWith(`${name}:`))?.split(':');
    const uid = Number(fields?.[2]);
    if (fields && uid > 0) return { uid, gid: Number(fields[3]) };
  }
  throw unusable('root cannot run PostgreSQL and this machine has no account called postgres or nobody');
}

/** The folders in which root keeps databases, the best first. */
export const defaultRootBases = ['/var/lib/groundcrew', '/var/tmp/groundcrew', path.join(os.tmpdir(), 'groundcrew')];
