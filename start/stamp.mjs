import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** A hash of files: of their names and contents, in the order of their names. Folders count with all below them that `keep` keeps. */
export function hashOf(root, entries, keep = () => true) {
  const hash = createHash('sha256');
  for (const file of entries.flatMap((entry) => listFiles(root, entry, keep)).sort()) {
    const content = readFileSync(path.join(root, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/** The files at or below `entry`, relative to `root`, with `/` between folders. */
export function listFiles(root, entry, keep = () => true) {
  let below;
  try {
    below = readdirSync(path.join(root, entry), { withFileTypes: true });
  } catch (error) {
    if (error.code === 'ENOTDIR') return [entry];
    if (error.code === 'ENOENT') return [];
    throw error;
  }
  return below
    .map((item) => ({ item, name: entry === '.' ? item.name : `${entry}/${item.name}` }))
    .filter(({ name }) => keep(name))
    .flatMap(({ item, name }) => (item.isDirectory() ? listFiles(root, name, keep) : [name]));
}

/**
 * What an installation lacks of `package-lock.json`: the paths of packages that are missing or of another version. `installed` is
 * npm's own record (`node_modules/.package-lock.json`). Optional ones, made for other machines, may be missing; those for development
 * only count `withDevelopment`.
 */
export function missingPackages(lock, installed, withDevelopment) {
  return Object.entries(lock.packages)
    .filter(([place]) => place !== '')
    .filter(([place, wanted]) => {
      const has = installed.packages[place];
      if (has) return has.version !== wanted.version;
      if (wanted.optional || wanted.devOptional || wanted.peer) return false;
      return withDevelopment || !wanted.dev;
    })
    .map(([place]) => place);
}
