import { existsSync, readdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { unpackDebian } from '../../setup/unpack-debian.ts';

/** OpenLDAP's server, its modules and schemas, and the libraries that it needs besides the machine's. */
export type Slapd = { program: string; modules: string; schemas: string; libraries: string };

const cacheFolder = () => path.join(process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'groundcrew', 'slapd');

/**
 * Debian's slapd: the one that is installed, else one unpacked into the user's cache, which needs no rights and starts no service. Two test
 * processes at once may both unpack it; the folder appears whole either way. Throws with apt's reason.
 */
export function findSlapd(): Slapd {
  if (existsSync('/usr/sbin/slapd') && existsSync('/usr/lib/ldap/back_mdb.so'))
    return { program: '/usr/sbin/slapd', modules: '/usr/lib/ldap', schemas: '/etc/ldap/schema', libraries: '' };
  const root = path.join(cacheFolder(), 'root');
  if (!existsSync(path.join(root, 'usr/sbin/slapd'))) {
    console.error('Groundcrew: No OpenLDAP server for the tests of directories was found. Fetching Debian’s slapd, once.');
    unpackDebian({ packages: ['slapd'], to: cacheFolder(), needed: 'usr/sbin/slapd' });
  }
  const folders = ['usr/lib', 'lib'].flatMap((name) => linuxFolders(path.join(root, name)));
  return {
    program: path.join(root, 'usr/sbin/slapd'),
    modules: path.join(root, 'usr/lib/ldap'),
    schemas: path.join(root, 'etc/ldap/schema'),
    libraries: [...folders, path.join(root, 'usr/lib'), path.join(root, 'usr/lib/ldap')].join(':'),
  };
}

const linuxFolders = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.includes('-linux-gnu'))
        .map((name) => path.join(folder, name))
    : [];
