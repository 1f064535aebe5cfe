import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'ldapts';
import { findSlapd } from './find-slapd.ts';

export const suffix = 'dc=acme,dc=example';
export const rootName = `cn=admin,${suffix}`;
export const rootPassword = 'admin-password';

export type RunningSlapd = {
  /** ldap:// with StartTLS, and ldaps://; the certificate is that of `localhost`. */
  plain: string;
  secure: string;
  ports: number[];
  /** A client that is signed in as the root, for looking behind the scenes. */
  behind: Client;
  stop(): Promise<void>;
};

const certificates = path.join(import.meta.dirname, '..', 'certificates');

/** Attributes of Active Directory that OpenLDAP does not know, so that its dialect can be spoken to a real server. Object ids are from its own arc. */
const activeDirectorySchema = `
attributetype ( 1.2.840.113556.1.4.2 NAME 'objectGUID' EQUALITY octetStringMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.40 SINGLE-VALUE )
attributetype ( 1.2.840.113556.1.4.656 NAME 'userPrincipalName' EQUALITY caseIgnoreMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 SINGLE-VALUE )
attributetype ( 1.2.840.113556.1.4.221 NAME 'sAMAccountName' EQUALITY caseIgnoreMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 SINGLE-VALUE )
attributetype ( 1.2.840.113556.1.4.8 NAME 'userAccountControl' EQUALITY integerMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.27 SINGLE-VALUE )
attributetype ( 1.2.840.113556.1.4.782 NAME 'objectCategory' EQUALITY caseIgnoreMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 SINGLE-VALUE )
attributetype ( 1.2.840.113556.1.4.90 NAME 'unicodePwd' EQUALITY octetStringMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.40 SINGLE-VALUE )
attributetype ( 1.2.840.113556.1.4.1696 NAME 'lastLogonTimestamp' EQUALITY integerMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.27 SINGLE-VALUE )
attributetype ( 1.2.840.113556.1.2.210 NAME 'proxyAddresses' EQUALITY caseIgnoreMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 )
attributetype ( 1.2.840.113556.1.2.141 NAME 'department' EQUALITY caseIgnoreMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 SINGLE-VALUE )
objectclass ( 1.2.840.113556.1.5.9 NAME 'user' SUP inetOrgPerson STRUCTURAL MAY ( objectGUID $ userPrincipalName $ sAMAccountName $ userAccountControl $ objectCategory $ unicodePwd $ lastLogonTimestamp $ proxyAddresses $ department ) )
objectclass ( 1.2.840.113556.1.5.8 NAME 'group' SUP top STRUCTURAL MUST cn MAY ( member $ objectGUID $ sAMAccountName $ description ) )
`;

/** Starts OpenLDAP's slapd with an empty tree below `suffix`, the password policy and, where asked for, Active Directory's names. */
export async function startSlapd(options: { activeDirectory?: boolean; sizeLimit?: number } = {}): Promise<RunningSlapd> {
  const { program, modules, schemas, libraries } = findSlapd();
  const folder = mkdtempSync(path.join(os.tmpdir(), 'groundcrew-slapd-'));
  mkdirSync(path.join(folder, 'data'));
  for (const name of ['valid.pem', 'server.key.pem', 'authority.pem']) cpSync(path.join(certificates, name), path.join(folder, name));
  writeFileSync(path.join(folder, 'ad.schema'), activeDirectorySchema);
  writeFileSync(
    path.join(folder, 'slapd.conf'),
    [
      ...['core', 'cosine', 'inetorgperson', 'nis'].map((name) => `include ${schemas}/${name}.schema`),
      options.activeDirectory ? `include ${folder}/ad.schema` : '',
      `modulepath ${modules}`,
      'moduleload back_mdb',
      'moduleload ppolicy',
      'moduleload memberof',
      `pidfile ${folder}/slapd.pid`,
      `TLSCertificateFile ${folder}/valid.pem`,
      `TLSCertificateKeyFile ${folder}/server.key.pem`,
      `TLSCACertificateFile ${folder}/authority.pem`,
      options.sizeLimit ? `sizelimit size.soft=${options.sizeLimit} size.hard=${options.sizeLimit} size.prtotal=unlimited` : '',
      'database mdb',
      'maxsize 268435456',
      'dbnosync',
      `suffix "${suffix}"`,
      `rootdn "${rootName}"`,
      `rootpw ${rootPassword}`,
      `directory ${folder}/data`,
      'index objectClass,uid,entryUUID,mail eq',
      `access to attrs=userPassword by dn="cn=reader,${suffix}" none by anonymous auth by * none`,
      `access to * by dn="cn=reader,${suffix}" read by dn="cn=blind,${suffix}" none by anonymous auth by * none`,
      'overlay ppolicy',
      `ppolicy_default "cn=policy,${suffix}"`,
      ...(options.activeDirectory ? ['overlay memberof', 'memberof-group-oc group'] : []),
    ]
      .filter((line) => line !== '')
      .join('\n'),
  );
  const ports = [await freePort(), await freePort()];
  const [plain, secure] = [`ldap://localhost:${ports[0]}`, `ldaps://localhost:${ports[1]}`];
  const child = spawn(
    program,
    [
      '-f',
      `${folder}/slapd.conf`,
      '-h',
      `${plain.replace('localhost', '127.0.0.1')}/ ${secure.replace('localhost', '127.0.0.1')}/`,
      '-d',
      '0',
    ],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, ...(libraries ? { LD_LIBRARY_PATH: libraries } : {}) },
    },
  );
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += chunk;
  });
  const behind = new Client({ url: `ldap://127.0.0.1:${ports[0]}`, strictDN: false });
  await untilBound(
    behind,
    () => child.exitCode !== null || child.signalCode !== null,
    () => said,
  );
  await behind.add(suffix, { objectClass: ['top', 'dcObject', 'organization'], dc: 'acme', o: 'Acme' });
  for (const ou of ['people', 'groups']) await behind.add(`ou=${ou},${suffix}`, { objectClass: 'organizationalUnit', ou });
  await behind.add(`cn=policy,${suffix}`, {
    objectClass: ['organizationalRole', 'pwdPolicy'],
    cn: 'policy',
    pwdAttribute: 'userPassword',
    pwdLockout: 'TRUE',
  });
  for (const cn of ['reader', 'blind'])
    await behind.add(`cn=${cn},${suffix}`, {
      objectClass: ['organizationalRole', 'simpleSecurityObject'],
      cn,
      userPassword: `${cn}-password`,
    });
  return {
    plain,
    secure,
    ports,
    behind,
    async stop() {
      await behind.unbind();
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      if (child.exitCode === null) await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A server of somebody else takes a moment to listen; it cannot tell us when. */
async function untilBound(client: Client, isOver: () => boolean, said: () => string): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    try {
      await client.bind(rootName, rootPassword);
      return;
    } catch (error) {
      if (isOver()) throw new Error(`slapd ended: ${said()}`);
      if (attempt === 199) throw error;
      await pause(25);
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
