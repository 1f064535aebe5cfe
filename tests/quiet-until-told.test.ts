import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { roles } from '../server/platform/http/permissions.ts';
import type { AnyRoute } from '../server/platform/http/route.ts';
import { openMetrics } from '../server/platform/metrics.ts';
import { type QuietChannelName, quietChannels } from '../server/platform/quiet-channels.ts';
import { routes } from '../server/routes.ts';
import { type Asking, answerOf, askingsOf, changesOf, difference, idsIn } from './setup/ask-everything.ts';
import {
  accepted,
  confirmExit,
  exitIds,
  letMarkLeave,
  type QuietCompany,
  quietCompany,
  secretDates,
  secretWords,
} from './setup/quiet-company.ts';
import type { Twin } from './setup/twin-worlds.ts';

// Two installations that are the same, but that Lena is about to leave in the one. Until she is told, whatever she asks must be answered alike.
const words = ['Lena', 'lena@acme.example', 'marquardt', 'leaving', 'Zinnober', 'confirmed'];
const told = secretDates.toldAt;

const channelOf = (route: AnyRoute): QuietChannelName | null => {
  if (route.output === 'file') return 'exports';
  const found = Object.entries(quietChannels)
    .flatMap(([name, channel]) => ('paths' in channel ? channel.paths : []).map((path) => ({ name, path })))
    .filter(({ path }) => route.path === path || route.path.startsWith(`${path}/`))
    .sort((a, b) => b.path.length - a.path.length)[0];
  return (found?.name as QuietChannelName | undefined) ?? null;
};
const channelById = new Map(Object.values(routes as Record<string, AnyRoute>).map((route) => [route.id, channelOf(route)]));

type Mail = { to: string; subject: string; body: string };
type Watched = { company: QuietCompany; known: Set<string>; ids: Record<string, string[]> };

/** What came into being with the exit, by the name of the parameter that it could be asked by. */
async function watch(company: QuietCompany, known: Set<string>): Promise<Watched> {
  const made = await exitIds(company.exit);
  const pick = (name: string, most: number) => (made[name] ?? []).filter((id) => !known.has(id)).slice(0, most);
  return {
    company,
    known,
    ids: {
      runId: pick('playbooks_runs', 2),
      taskId: pick('tasks_tasks', 4),
      evidenceId: pick('tasks_evidence', 1),
      stepId: pick('playbooks_steps', 2),
      actionId: pick('access_actions', 2),
      handoverId: pick('playbooks_handovers', 2),
      mailId: pick('platform_mail', 2),
    },
  };
}

/** Gives somebody these roles in both twins. */
async function hold(company: QuietCompany, held: readonly string[], memberId = company.members.lena): Promise<void> {
  for (const twin of [company.exit, company.calm])
    await twin.admin('update identity_members set roles = $2 where id = $1', [memberId, [...held]]);
}

/** Asks both twins the same and names each answer that differs, or that names something of the exit. */
async function compare({ company, known, ids }: Watched, token: string, askings: Asking[], as: string): Promise<string[]> {
  const wrong: string[] = [];
  const secret = Object.values(ids).flat();
  for (const asking of askings) {
    const exit = await answerOf(company.exit, token, asking, known);
    const calm = await answerOf(company.calm, token, asking, known);
    if (exit !== calm) wrong.push(`${as}: ${asking.method} ${asking.path}${difference(exit, calm)}`);
    const tells = secret.find((each) => exit.includes(each) && !asking.path.includes(each));
    if (tells) wrong.push(`${as}: ${asking.method} ${asking.path} tells ${tells}`);
  }
  return wrong;
}

const allIds = ({ company, ids }: Watched) =>
  Object.fromEntries(Object.keys({ ...company.ids, ...ids }).map((name) => [name, [...(ids[name] ?? []), ...(company.ids[name] ?? [])]]));

/** Everything that a role may ask, through one channel or all. */
const everything = (watched: Watched, role: string, channel?: QuietChannelName) =>
  askingsOf(role, allIds(watched), words, role === 'owner').filter((asking) => !channel || channelById.get(asking.route) === channel);

async function both(company: QuietCompany, instants: string[]): Promise<void> {
  for (const instant of instants) for (const twin of [company.exit, company.calm]) await twin.at(instant);
}

let lena: Watched;
let runId: string;
let markRuns: Map<Twin, string>;

before(async (t) => {
  const company = await quietCompany(t as never);
  const known = await idsIn(company.exit);
  // An exit that was called off before it was told stays behind, and must stay unknown too.
  const first = await confirmExit(company);
  await accepted(company.exit, company.tokens.hanna, 'post', `/runs/${first}/rescind`, { reason: 'Not yet.' });
  await company.exit.settle();
  runId = await confirmExit(company);
  const { rows } = await accepted(company.exit, company.tokens.hanna, 'get', `/audit?subjectId=${runId}`).catch(() => ({ rows: [] }));
  assert.deepEqual(rows, []);
  const [task] = await company.exit.admin<{ id: string }>(
    "select id from tasks_tasks where concealment_id is not null and status = 'open'",
  );
  await accepted(
    company.exit,
    company.tokens.owner,
    'post',
    `/tasks/${task!.id}/evidence/file?fileName=x.txt`,
    new TextEncoder().encode('x'),
  );
  await company.exit.settle();
  lena = await watch(company, known);
  markRuns = await letMarkLeave(company);
  assert.ok(
    Object.values(lena.ids).every((ids) => ids.length > 0),
    JSON.stringify(lena.ids),
  );
});

test('every route is in a channel that keeps quiet, and every channel says how', () => {
  const outside = [...channelById].filter(([, channel]) => channel === null).map(([id]) => id);
  assert.deepEqual(outside, [], 'name its path in server/platform/quiet-channels.ts');
  for (const [name, channel] of Object.entries(quietChannels)) assert.match(channel.how, /^[A-Z].{20,}\.$/, name);
});

test('those who may know do see it, so that what follows proves something', async () => {
  const { company } = lena;
  const run = await accepted(company.exit, company.tokens.owner, 'get', `/runs/${runId}`);
  const seen = JSON.stringify(run);
  assert.ok(secretWords.filter((word) => seen.includes(word)).length >= 4, seen.slice(0, 500));
  assert.equal((await accepted(company.exit, company.tokens.owner, 'get', `/people/${company.people.lena}`)).status, 'leaving');
  assert.ok(run.actions.length >= 4 && run.handovers.length >= 6 && run.steps.length > 20);
});

// One test for each channel that routes belong to: every question × every role that Lena could hold.
for (const name of Object.keys(quietChannels) as QuietChannelName[]) {
  if (![...channelById.values()].includes(name)) continue;
  test(`${name}: before it is told, a leaver is answered as if they stayed, whatever role they hold`, async () => {
    const wrong: string[] = [];
    let asked = 0;
    for (const role of roles) {
      // A PDF takes a while to draw, and is drawn from what the JSON holds.
      const askings = everything(lena, role, name).filter(({ path }) => role === 'owner' || !path.endsWith('.pdf'));
      asked += askings.length;
      await hold(lena.company, [role]);
      wrong.push(...(await compare(lena, lena.company.tokens.lena, askings, role)));
    }
    assert.deepEqual(wrong, []);
    assert.ok(asked > 0);
  });
}

test('api: nothing of the exit can be changed by its leaver, nor by its id be told from what is not there', async () => {
  const { company, ids } = lena;
  for (const role of ['owner', 'ops', 'hr', 'manager', 'app-owner']) {
    await hold(company, [role]);
    const askings = changesOf(Object.keys(ids), ids, ids.mailId![0]!);
    const wrong = await compare(lena, company.tokens.lena, askings, role);
    for (const asking of askings) {
      const answer = await answerOf(company.exit, company.tokens.lena, asking, lena.known);
      if (!/^(404|403) /.test(answer)) wrong.push(`${role}: ${asking.method} ${asking.path} was answered ${answer.slice(0, 200)}`);
    }
    assert.deepEqual(wrong, []);
  }
  assert.equal((await company.exit.call(company.tokens.owner, 'get', `/runs/${runId}`)).status, 200);
});

test('errors: trying to start, move or find out one’s own exit is answered as if there were none', async () => {
  const { company } = lena;
  const { people, members, tokens } = company;
  const list = (rows: string[], headings = 'Name,Work email,Last working day') => new TextEncoder().encode([headings, ...rows].join('\n'));
  const upload = (rows: string[], more = '') => ({
    route: 'x',
    method: 'post',
    path: `/people/imports?fileName=try.csv${more}`,
    body: list(rows),
  });
  const terms = { at: '2026-12-18T17:00' };
  const attempts: Asking[] = [
    { route: 'x', method: 'post', path: '/leaving', body: { personIds: [people.lena], terms } },
    { route: 'x', method: 'post', path: '/leaving', body: { personIds: [people.lena], terms: { at: 'now' } } },
    { route: 'x', method: 'post', path: '/leaving', body: { personIds: [people.otto, people.lena], terms } },
    { route: 'x', method: 'post', path: '/leaving/preview', body: { personIds: [people.lena], terms } },
    { route: 'x', method: 'post', path: '/leaving/preview', body: { personIds: [people.otto, people.dora], terms } },
    { route: 'x', method: 'patch', path: `/people/${people.lena}`, body: { lastWorkingDay: '2026-12-18' } },
    { route: 'x', method: 'patch', path: `/people/${people.lena}`, body: { lastWorkingDay: secretDates.lastWorkingDay } },
    { route: 'x', method: 'patch', path: `/people/${people.lena}`, body: { title: 'Lead' } },
    { route: 'x', method: 'patch', path: `/people/${people.lena}`, body: { startDate: '2026-12-20' } },
    { route: 'x', method: 'patch', path: `/people/${people.lena}`, body: { startDate: '2024-01-01', timeZone: 'Europe/Paris' } },
    { route: 'x', method: 'put', path: `/people/${people.lena}/leave-of-absence`, body: { from: '2026-12-20', until: '2026-12-30' } },
    { route: 'x', method: 'put', path: `/people/${people.lena}/leave-of-absence`, body: { from: null, until: null } },
    { route: 'x', method: 'post', path: `/people/${people.lena}/erasure` },
    { route: 'x', method: 'patch', path: `/apps/${company.ids.appId![0]}`, body: { ownerPersonId: people.lena } },
    {
      route: 'x',
      method: 'patch',
      path: `/apps/${company.ids.appId![3]}`,
      body: { ownerPersonId: people.lena, deputyPersonId: people.mark },
    },
    { route: 'x', method: 'post', path: `/accounts/${company.ids.accountId![0]}/service`, body: { ownerPersonId: people.lena } },
    { route: 'x', method: 'put', path: `/members/${members.lena}/roles`, body: { roles: ['owner', 'ops'] } },
    { route: 'x', method: 'put', path: `/members/${members.otto}/roles`, body: { roles: ['manager'] } },
    {
      route: 'x',
      method: 'post',
      path: `/tasks/${company.ids.taskId![0]}/reassign`,
      body: { personId: people.lena, reason: 'Mine again.' },
    },
    { route: 'x', method: 'post', path: `/tasks/${company.ids.taskId![0]}/remind` },
    { route: 'x', method: 'get', path: `/tasks/${company.ids.taskId![0]}/people?find=lena&purpose=assignee` },
    // Lists with dates of her own: the right one, another, none; with others, so that brakes have something to count.
    upload([`Lena Marquardt,lena@acme.example,${secretDates.lastWorkingDay}`]),
    upload(['Lena Marquardt,lena@acme.example,2026-12-24']),
    upload(['Lena Marquardt,lena@acme.example,']),
    upload([
      'Rita Blum,rita@acme.example,2026-12-24',
      'Rolf Kern,rolf@acme.example,2026-12-24',
      'Lena Marquardt,lena@acme.example,2026-12-24',
    ]),
    upload(
      [
        'Petra Oberst,petra@acme.example,',
        'Mark Vogel,mark@acme.example,',
        'Dora Stein,dora@acme.example,',
        'Hanna Ruf,hanna@acme.example,',
        'Otto Fremd,otto@acme.example,',
        'Xaver Weg,xaver@acme.example,',
      ],
      '&declaredComplete=true',
    ),
    { route: 'x', method: 'get', path: '/people/imports' },
    { route: 'x', method: 'get', path: '/today' },
  ];
  const wrong: string[] = [];
  for (const role of ['owner', 'ops', 'hr']) {
    for (const attempt of attempts) {
      // An attempt may have changed the roles: hold again.
      await hold(company, [role]);
      wrong.push(...(await compare(lena, tokens.lena, [attempt], role)));
    }
  }
  assert.deepEqual(wrong, []);
  await hold(company, ['owner']);
  const refused = await company.exit.call(tokens.lena, 'post', '/leaving', { personIds: [people.lena], terms });
  assert.deepEqual([refused.status, ((await refused.json()) as { code: string }).code], [409, 'own_exit']);
  assert.equal((await accepted(company.exit, tokens.owner, 'get', `/runs/${runId}`)).run.cut_off_local, `${secretDates.at}:00`);
});

test('importedDate: taking in a list does not tell the leaver by what it changed, and does not move the exit', async () => {
  const { company } = lena;
  await hold(company, ['ops']);
  const rows = [
    'Name,Work email,Last working day,Title',
    'Lena Marquardt,lena@acme.example,2026-12-24,Chief',
    'Rita Blum,rita@acme.example,,Clerk',
  ];
  const wrong: string[] = [];
  const imports = new Map<Twin, string>();
  for (const twin of [company.exit, company.calm]) {
    const made = await accepted(
      twin,
      company.tokens.lena,
      'post',
      '/people/imports?fileName=dates.csv',
      new TextEncoder().encode(rows.join('\n')),
    );
    imports.set(twin, made.id);
  }
  const answers = async (twin: Twin, method: string, path: string, body?: unknown) =>
    answerOf(twin, company.tokens.lena, { route: 'x', method, path: path.replace('{id}', imports.get(twin)!), body }, lena.known);
  for (const [method, path, body] of [
    ['get', '/people/imports/{id}'],
    ['get', '/people/imports/{id}/rows'],
    ['post', '/people/imports/{id}/confirm', { evenThough: true }],
    ['get', '/people/imports/{id}'],
    ['get', '/people/imports/{id}/rows'],
    ['get', '/people/imports/{id}/rows?question=true'],
    ['post', '/people/imports/{id}/missing', { all: 'stays' }],
    ['get', `/people/${company.people.lena}`],
    ['get', `/people/${company.people.lena}/timeline`],
    ['get', '/people?view=leaving'],
    ['get', '/people/counts'],
  ] as const) {
    const [exit, calm] = [await answers(company.exit, method, path, body), await answers(company.calm, method, path, body)];
    if (exit !== calm) wrong.push(`${method} ${path}${difference(exit, calm)}`);
  }
  assert.deepEqual(wrong, []);
  const { run } = await accepted(company.exit, company.tokens.owner, 'get', `/runs/${runId}`);
  assert.equal(run.last_working_day, secretDates.lastWorkingDay);
  const person = await accepted(company.exit, company.tokens.owner, 'get', `/people/${company.people.lena}`);
  assert.deepEqual([person.lastWorkingDay, person.title], [secretDates.lastWorkingDay, 'Chief']);
});

test('metrics: no figure is of an organization, so none can tell', async () => {
  const names = async (twin: Twin) => {
    const metrics = openMetrics({ pools: { app: twin.platform.appPool }, isPaused: async () => false });
    const text = await (await metrics.answer()).text();
    return [...text.matchAll(/^(groundcrew_\w+(?:\{[^}]*\})?) /gm)].map((match) => match[1]!.replace(/le="[^"]*"/, 'le'));
  };
  const [exit, calm] = [await names(lena.company.exit), await names(lena.company.calm)];
  assert.deepEqual(exit, calm);
  const kinds = [...new Set(exit.map((name) => name.replace(/\{.*/, '').replace(/_(bucket|sum|count)$/, '')))].sort();
  assert.deepEqual(kinds, ['groundcrew_database_connections', 'groundcrew_http_request_seconds', 'groundcrew_paused']);
});

const hers = ['lena@acme.example', 'lena.privat@home.example', 'l.marquardt@acme.example'];

/** Everything that anybody at one of her addresses was sent, as text. */
const toLena = async (company: QuietCompany, from: 'exit' | 'calm') => {
  const [member] = await company.exit.admin<{ address: string }>('select address from identity_members where id = $1', [
    company.members.lena,
  ]);
  const addresses = [...hers, member!.address.toLowerCase()];
  return company.letters[from].filter((letter) => letter.to.some((address) => addresses.includes(address)));
};

/** What letters say, line by line. How many tasks one letter holds depends on what was sent first; its links are its own. */
const linesOf = (letters: { text: string }[]): Set<string> =>
  new Set(
    letters
      .flatMap(({ text }) => text.slice(text.indexOf('\r\n\r\n')).replaceAll('=\r\n', '').split('\r\n'))
      .map((line) => line.trim())
      .filter((line) => line !== '' && !/\/tasks?[#/]|^(One|Two|Three|Four|Five|Six|\d+) tasks?\b|tasks? (is|are|for|wait)/i.test(line)),
  );

/** How Lena, as operations, sees the open exit of Mark in both twins. */
async function markAsSeen(): Promise<string> {
  const { company } = lena;
  await hold(company, ['ops']);
  const [exit, calm] = await Promise.all(
    [company.exit, company.calm].map((twin) =>
      answerOf(twin, company.tokens.lena, { route: 'getRun', method: 'get', path: `/runs/${markRuns.get(twin)}` }, lena.known),
    ),
  );
  assert.match(exit!, /^200 /);
  return exit === calm ? '' : difference(exit!, calm!);
}

test('counts: what somebody else has open of her exit does not show in their own exit, nor in its preview', async () => {
  const { company } = lena;
  assert.equal(await markAsSeen(), '');
  const preview = {
    route: 'x',
    method: 'post',
    path: '/leaving/preview',
    body: { personIds: [company.people.petra], terms: { at: '2026-12-18T17:00' } },
  };
  const blast = { route: 'x', method: 'get', path: `/people/${company.people.mark}/blast-radius` };
  assert.deepEqual(await compare(lena, company.tokens.lena, [preview, blast], 'ops'), []);
});

test('mail, tasks: until the told instant nothing comes to any address of hers or to a shared place, and nothing shows anywhere', async () => {
  const { company } = lena;
  const link: Asking = { route: 'openTaskLink', method: 'post', path: '/task-link', body: { secret: company.link } };
  const wrong: string[] = [];
  const phases: [string, string[]][] = [
    [
      'ops',
      [
        '2026-11-26T08:30:00Z',
        '2026-11-27T15:30:00Z',
        '2026-12-01T17:00:00Z',
        '2026-12-04T16:00:00Z',
        '2026-12-04T16:00:05Z',
        '2026-12-04T18:00:00Z',
      ],
    ],
    ['auditor', ['2026-12-08T09:00:00Z', '2026-12-09T09:40:59Z']],
  ];
  for (const [role, instants] of phases) {
    await both(company, instants);
    await hold(company, [role]);
    // Whether two messages to somebody else became one depends on what was sent first; what they say of Lena is looked at below.
    const askings = everything(lena, role).filter(({ route }) => route !== 'listMail');
    wrong.push(...(await compare(lena, company.tokens.lena, askings, `${role} at ${instants.at(-1)}`)));
    const { rows } = await accepted(company.exit, company.tokens.lena, 'get', '/outbox?limit=200');
    const calm = (await accepted(company.calm, company.tokens.lena, 'get', '/outbox?limit=200')).rows.map(
      (mail: Mail) => `${mail.to} ${mail.subject}`,
    );
    for (const mail of rows as Mail[])
      if (/Marquardt/.test(mail.subject + mail.body) && !calm.includes(`${mail.to} ${mail.subject}`))
        wrong.push(`the outbox shows ${mail.to} ${mail.subject}`);
    await hold(company, ['employee']);
    wrong.push(...(await compare(lena, company.tokens.lena, [link], 'her link')));
  }
  const seen = await markAsSeen();
  if (seen) wrong.push(`the exit of Mark${seen}`);
  assert.deepEqual(wrong, []);
  const [exit, calm] = [linesOf(await toLena(company, 'exit')), linesOf(await toLena(company, 'calm'))];
  assert.deepEqual(
    [...exit].filter((line) => !calm.has(line) && ['Marquardt', ...secretWords].some((word) => line.includes(word))),
    [],
  );
  assert.ok(exit.size > 5);
  assert.ok(company.letters.exit.some((letter) => letter.text.includes('Lena') && letter.to.includes('mark@acme.example')));
  assert.deepEqual(
    company.letters.exit.filter((letter) => letter.to.length > 1),
    [],
  );
});

test('from the told instant on she sees it, gets her tasks and her message, and her link opens them', async () => {
  const { company } = lena;
  const earlier = (await toLena(company, 'exit')).length;
  company.exit.clock.set(told);
  await hold(company, ['ops']);
  assert.equal((await company.exit.call(company.tokens.lena, 'get', `/runs/${runId}`)).status, 200, 'visible at the very instant');
  await company.exit.settle();
  await company.exit.at('2026-12-09T09:42:00Z');
  const tasks = await accepted(company.exit, company.tokens.lena, 'get', '/tasks');
  assert.ok(tasks.rows.some((task: { title: string }) => task.title === 'Hand over your work'));
  const letters = (await toLena(company, 'exit')).slice(earlier);
  assert.ok(
    letters.some((letter) => /Your last days/.test(letter.text)),
    letters.map((letter) => letter.text.slice(0, 200)).join('\n'),
  );
  const link = letters.map((letter) => letter.text.replaceAll('=\r\n', '').match(/\/task#([\w-]+)/)?.[1]).find(Boolean);
  assert.ok(link);
  const opened = await accepted(company.exit, 'gc_none', 'post', '/task-link', { secret: link });
  assert.ok(opened.tasks.some((task: { title: string }) => task.title === 'Hand over your work'));
  const person = await accepted(company.exit, company.tokens.lena, 'get', `/people/${company.people.lena}`);
  assert.deepEqual([person.status, person.lastWorkingDay], ['leaving', secretDates.lastWorkingDay]);
  // The exit that was called off before stays unknown for good.
  const runs = await accepted(company.exit, company.tokens.lena, 'get', `/runs?personId=${company.people.lena}`);
  assert.deepEqual(
    runs.rows.map((run: { id: string }) => run.id),
    [runId],
  );
});
