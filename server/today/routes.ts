import { z } from 'zod';
import { sql } from '../platform/database.ts';
import { route } from '../platform/http/route.ts';
import { countOpenTasks } from '../tasks/index.ts';
import { wentWell } from './went-well.ts';
import { whatDiffers } from './what-differs.ts';
import { whatDrifted } from './what-drifted.ts';
import { whatHappensNext } from './what-happens-next.ts';
import { whatNeedsYou } from './what-needs-you.ts';

const needBody = z.object({
  key: z.string(),
  urgency: z.number(),
  title: z.string(),
  text: z.string(),
  link: z.string(),
  verb: z.string(),
  since: z.string().nullable(),
  due: z.string().nullable(),
});

const nextBody = z.object({
  key: z.string(),
  at: z.string(),
  zone: z.string(),
  place: z.string().nullable(),
  kind: z.enum(['cut-off', 'task', 'retry', 'start', 'sync', 'leave']),
  title: z.string(),
  text: z.string(),
  link: z.string(),
});

export const getToday = route({
  id: 'getToday',
  method: 'get',
  path: '/today',
  access: 'today:read',
  summary: 'What needs the reader, what happens next, what went well without them.',
  output: z.object({
    now: z.string(),
    timeZone: z.string(),
    counts: z.object({
      people: z.number(),
      leaving: z.number(),
      joining: z.number(),
      zombies: z.number(),
      apps: z.number(),
      appsRead: z.number(),
      tasks: z.number(),
    }),
    needs: z.array(needBody),
    next: z.array(nextBody),
    wentWell: z.array(z.object({ count: z.number(), text: z.string(), link: z.string() })),
  }),
  handle: async (ctx) => {
    const runsOperations = ctx.reach === 'all';
    const organization = await ctx.db.selectFrom('identity_organizations').select('time_zone').executeTakeFirstOrThrow();
    const dayAgo = ctx.now.subtract({ hours: 24 });
    const { rows } = await sql<{
      people: number;
      leaving: number;
      joining: number;
      zombies: number;
      apps: number;
      appsRead: number;
    }>`
      select count(*) filter (where status in ('working', 'away', 'leaving'))::int as people, count(*) filter (where status = 'leaving')::int as leaving,
        count(*) filter (where status = 'joining')::int as joining,
        (select count(*)::int from apps_accounts a join people_roster l on l.id = a.person_id join apps_apps p on p.id = a.app_id where l.status = 'left' and a.status = 'active' and a.kind = 'person' and p.archived_at is null) as zombies,
        (select count(*)::int from apps_apps where archived_at is null) as apps,
        (select count(distinct r.app_id)::int from apps_readings r join apps_apps p on p.id = r.app_id where p.archived_at is null and r.source in ('sync', 'list') and r.as_of >= ${dayAgo.toString()}) as "appsRead"
      from people_roster where erased_at is null`.execute(ctx.db);
    const tasks = await countOpenTasks(ctx);
    const counts = { ...rows[0]!, tasks };
    return {
      now: ctx.now.toString(),
      timeZone: organization.time_zone,
      counts: runsOperations ? counts : { people: 0, leaving: 0, joining: 0, zombies: 0, apps: 0, appsRead: 0, tasks },
      needs: runsOperations
        ? [...(await whatNeedsYou(ctx)), ...(await whatDiffers(ctx, rows[0]!.people)), ...(await whatDrifted(ctx))]
        : [],
      next: runsOperations ? await whatHappensNext(ctx) : [],
      wentWell: runsOperations ? await wentWell(ctx, dayAgo) : [],
    };
  },
});

export const search = route({
  id: 'search',
  method: 'get',
  path: '/search',
  access: 'search:read',
  summary: 'People and apps whose name, address or number holds these words.',
  query: z.object({ q: z.string().trim().min(1).max(100) }),
  output: z.object({
    people: z.array(z.object({ id: z.string(), name: z.string(), title: z.string().nullable(), status: z.string() })),
    apps: z.array(z.object({ id: z.string(), name: z.string() })),
  }),
  handle: async (ctx, { query }) => {
    const words = query.q.toLowerCase();
    let people = ctx.db
      .selectFrom('people_roster')
      .select(['id', 'name', 'title', 'status'])
      .where('id', 'in', sql<string>`(select id from search_people(${words}, 50))`)
      .orderBy('name')
      .limit(20);
    if (ctx.reach === 'own')
      people = people.where((e) => e.or([e('id', '=', ctx.actor.personId), e('manager_id', '=', ctx.actor.personId)]));
    let apps = ctx.db
      .selectFrom('apps_apps')
      .select(['id', 'name'])
      .where('archived_at', 'is', null)
      .where(sql<boolean>`strpos(lower(name), ${words}) > 0`)
      .orderBy('name')
      .limit(20);
    if (ctx.reach === 'own')
      apps = apps.where((e) => e.or([e('owner_person_id', '=', ctx.actor.personId), e('deputy_person_id', '=', ctx.actor.personId)]));
    return { people: await people.execute(), apps: await apps.execute() };
  },
});

export const todayRoutes = { getToday, search };
