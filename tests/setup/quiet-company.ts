import { markServiceAccount } from '../../server/apps/index.ts';
import { openCompany } from '../leaving-company.ts';
import { openMailSink } from './mail-sink.ts';
import { type Twin, tokenOf, twinWorlds } from './twin-worlds.ts';

type Teardown = { after(work: () => Promise<void> | void): void };

const bytes = (text: string) => new TextEncoder().encode(text);
const user = (name: string) => ({ userName: `${name}@acme.example`, address: `${name}@acme.example`, givenName: name });

/** The dates of the exit that nobody may read: each is a text that nothing else in the company says. */
export const secretDates = {
  at: '2026-12-11T17:23',
  lastWorkingDay: '2026-12-10',
  legalEnd: '2026-12-29',
  toldAt: '2026-12-09T09:41:00Z',
  reason: 'Zinnober stands for the reason.',
};
/** How these dates may stand in a text: as given, in UTC, and in words. */
export const secretWords = [
  '2026-12-11',
  '2026-12-10',
  '2026-12-29',
  '2026-12-09T',
  '16:23',
  '17:23',
  '11 December',
  '10 December',
  'Zinnober',
];

/**
 * A company in which Lena has something of everything, twice: in `exit` she is about to leave, in `calm` she is not. She is a member with a
 * token, reports to Mark, manages Rita and Rolf, owns apps, deputises, answers for a service account, has tasks, and is on every list. Otto is nobody's.
 */
export async function quietCompany(t: Teardown) {
  // The company's own installation is closed once it has been copied; what else it opened ends with the test.
  const ends: (() => Promise<void> | void)[] = [];
  const world = await openCompany({ after: (work) => void ends.push(work) }, { timeZone: 'Europe/Berlin' });
  t.after(async () => {
    for (const end of ends.slice(1)) await end();
    await world.database.drop();
  });
  const ok = async (caller: typeof world.owner, method: string, path: string, body?: unknown) => {
    const answer = await caller(method, path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const petra = await world.person({ givenName: 'Petra', familyName: 'Oberst' });
  const mark = await world.person({ givenName: 'Mark', familyName: 'Vogel', managerId: petra });
  const dora = await world.person({ givenName: 'Dora', familyName: 'Stein', managerId: petra });
  const hanna = await world.person({ givenName: 'Hanna', familyName: 'Ruf', managerId: petra });
  const otto = await world.person({ givenName: 'Otto', familyName: 'Fremd', managerId: petra });
  const lena = await world.person({
    givenName: 'Lena',
    familyName: 'Marquardt',
    employeeNumber: 'E-77',
    managerId: mark,
    personalAddress: 'Lena.Privat@home.example',
    aliases: ['l.marquardt@acme.example'],
    title: 'Operations lead',
  });
  const rita = await world.person({ givenName: 'Rita', familyName: 'Blum', managerId: lena });
  const rolf = await world.person({ givenName: 'Rolf', familyName: 'Kern', managerId: lena });
  const xaver = await world.person({ givenName: 'Xaver', familyName: 'Weg', managerId: mark });
  const members = {
    lena: (await world.as(['employee'], { personId: lena, name: 'Lena Marquardt' })).memberId,
    mark: (await world.as(['manager'], { personId: mark, name: 'Mark Vogel' })).memberId,
    hanna: (await world.as(['hr'], { personId: hanna, name: 'Hanna Ruf' })).memberId,
    otto: (await world.as(['employee'], { personId: otto, name: 'Otto Fremd' })).memberId,
    owner: world.ownerMemberId,
  };

  const directory = await world.scimApp('Directory', {
    users: ['lena', 'dora', 'otto', 'xaver', 'rita'].map(user),
    signIn: true,
    ownerPersonId: lena,
    deputyPersonId: dora,
  });
  const chat = await world.scimApp('Chat', {
    users: [...['lena', 'otto', 'xaver'].map(user), { userName: 'deploy-bot', address: 'deploy-bot@acme.example' }],
    ownerPersonId: mark,
    deputyPersonId: lena,
  });
  const badges = await world.manualApp('Badges', {
    ownerPersonId: lena,
    deputyPersonId: dora,
    accounts: ['lena', 'rolf', 'xaver'].map((name) => ({ addresses: [`${name}@acme.example`], isAdmin: name === 'lena' })),
  });
  const vault = await world.manualApp('Vault', { ownerPersonId: otto });
  const wiki = await ok(world.owner, 'post', '/apps', { name: 'Wiki', ownerPersonId: otto, writer: 'outside' });
  const list =
    'Email,Name,Status\nlena@acme.example,Lena Marquardt,active\notto@acme.example,Otto Fremd,active\nold@acme.example,Old,active\n';
  const wikiList = await ok(world.owner, 'post', `/apps/${wiki.appId}/lists?fileName=wiki.csv`, bytes(list));
  await ok(world.owner, 'post', `/syncs/${wikiList.id}/confirm`, { declaredComplete: true });
  const waiting = await ok(world.owner, 'post', `/apps/${wiki.appId}/lists?fileName=wiki-again.csv`, bytes(`${list},No address,active\n`));
  const { rows: bots } = await ok(world.owner, 'get', `/apps/${chat.appId}/accounts?search=deploy`);
  await world.run((ctx) => markServiceAccount(ctx, bots[0].id, lena));

  const people = [
    'Name,Work email,Start',
    ...['Petra Oberst', 'Mark Vogel', 'Dora Stein', 'Hanna Ruf', 'Otto Fremd', 'Lena Marquardt', 'Rita Blum', 'Rolf Kern', 'Xaver Weg'].map(
      (name) => `${name},${name.split(' ')[0]!.toLowerCase()}@acme.example,2024-01-01`,
    ),
    'Broken Row,broken@acme.example,2024-13-45',
  ].join('\n');
  const imported = await ok(world.owner, 'post', '/people/imports?fileName=people.csv', bytes(people));
  await ok(world.owner, 'post', `/people/imports/${imported.id}/confirm`, { evenThough: true });

  // Somebody else leaves openly: lists are not empty, and Lena is asked to close Badges.
  const { runIds } = await ok(world.owner, 'post', '/leaving', { personIds: [xaver], terms: { at: 'now' } });
  await world.settle();
  await world.at('2026-11-26T08:12:30Z');
  await world.at('2026-11-26T08:20:00Z');
  await world.at('2026-11-26T08:25:00Z');
  const { rows: tasks } = await ok(world.owner, 'get', '/tasks?scope=all&limit=200');
  const lenasTask = tasks.find((task: { assignee: { personId: string } | null }) => task.assignee?.personId === lena);
  if (!lenasTask) throw new Error('Lena has no task.');
  const evidence = await ok(world.owner, 'post', `/tasks/${lenasTask.id}/evidence/file?fileName=seen.txt`, bytes('seen'));
  await ok(world.owner, 'get', '/signing-key');
  await world.platform.sealer.sealAll();
  await world.platform.sealer.signHead(world.organizationId);
  const secrets = await world.run((ctx) =>
    ctx.db.selectFrom('platform_mail').select(['to_person_id', 'body']).orderBy('id', 'desc').execute(),
  );
  const linkOf = (personId: string) =>
    secrets.find((mail) => mail.to_person_id === personId && mail.body.includes('/task#'))?.body.match(/\/task#([\w-]+)/)?.[1];
  const tokens = Object.fromEntries(
    await Promise.all(Object.entries(members).map(async ([name, memberId]) => [name, await tokenOf(world, memberId)] as const)),
  ) as Record<keyof typeof members, string>;
  const sinks = [await openMailSink(t as never), await openMailSink(t as never)];
  const [exit, calm] = await twinWorlds(
    t,
    world,
    sinks.map((sink) => sink.url),
  );
  // When a token was last used is noted once: that differs by nothing but who asked in which twin.
  for (const twin of [exit, calm]) for (const token of Object.values(tokens)) await twin.call(token, 'get', '/organization');
  return {
    exit,
    calm,
    tokens,
    members,
    link: linkOf(lena)!,
    letters: { exit: sinks[0]!.letters, calm: sinks[1]!.letters },
    servers: { directory: directory.server, chat: chat.server },
    people: { petra, mark, dora, hanna, otto, lena, rita, rolf, xaver },
    ids: {
      personId: [lena, mark, xaver, rita],
      appId: [directory.appId, chat.appId, badges, vault, wiki.appId],
      accountId: [bots[0].id],
      importId: [imported.id],
      syncId: [wikiList.id, waiting.id],
      runId: [runIds[0]],
      taskId: [lenasTask.id],
      evidenceId: [evidence.id],
      memberId: [members.lena],
    } as Record<string, string[]>,
  };
}

export type QuietCompany = Awaited<ReturnType<typeof quietCompany>>;

/** Sends as somebody, and throws unless it was accepted. */
export async function accepted(twin: Twin, token: string, method: string, path: string, body?: unknown): Promise<any> {
  const response = await twin.call(token, method, path, body);
  const text = await response.text();
  if (response.status >= 300) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return text === '' ? null : JSON.parse(text);
}

/** Lets Lena leave in one of the twins, confirmed by Hanna. Returns the run's id. */
export async function confirmExit(company: QuietCompany, more: { sensitive?: boolean; namedMemberIds?: string[] } = {}): Promise<string> {
  const { runIds } = await accepted(company.exit, company.tokens.hanna, 'post', '/leaving', {
    personIds: [company.people.lena],
    terms: { ...secretDates, ...more },
  });
  await company.exit.settle();
  return runIds[0];
}

/**
 * Mark, to whom the tasks of Lena's exit go, will leave before she is told. That everybody knows, in both twins; what he has open of her exit
 * is not theirs to see. Returns the run of each.
 */
export async function letMarkLeave(company: QuietCompany): Promise<Map<Twin, string>> {
  const runs = new Map<Twin, string>();
  for (const twin of [company.exit, company.calm]) {
    const terms = { at: '2026-12-04T17:00', toldAt: twin.clock.now().toString() };
    const { runIds } = await accepted(twin, company.tokens.hanna, 'post', '/leaving', { personIds: [company.people.mark], terms });
    await twin.settle();
    runs.set(twin, runIds[0]);
  }
  return runs;
}

/** Ids that came into being with the exit: of every row that carries a concealment, of rows that belong to such a row, and the concealment itself. */
export async function exitIds(twin: Twin): Promise<Record<string, string[]>> {
  const tables = await twin.admin<{ name: string; has_id: boolean }>(
    `select c.relname as name, exists (select from pg_attribute i where i.attrelid = c.oid and i.attname = 'id') as has_id
     from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'concealment_id' where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace`,
  );
  const found: Record<string, string[]> = {};
  for (const { name, has_id: hasId } of tables) {
    const rows = await twin
      .admin<{ id: string }>(`select ${hasId ? 'id' : 'event_id as id'} from ${name} where concealment_id is not null order by 1`)
      .catch(() => []);
    found[name] = rows.map((row) => row.id);
  }
  found.people_concealments = (await twin.admin<{ id: string }>('select id from people_concealments')).map((row) => row.id);
  return found;
}
