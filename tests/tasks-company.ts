import { addPerson, concealLeaving } from '../server/people/index.ts';
import { createApp } from '../server/platform/http/create-app.ts';
import type { AnyRoute } from '../server/platform/http/route.ts';
import { permissions, routes } from '../server/routes.ts';
import { type NewTask, openTask } from '../server/tasks/open-task.ts';
import type { Answer, World } from './world.ts';

/** A company with two places, and short ways to what the tests of tasks look at. */
export async function openCompany(world: World) {
  const addPlace = (name: string, zone: string) =>
    world.run(async (ctx) => {
      const row = { organization_id: ctx.organizationId, name, time_zone: zone };
      return (await ctx.db.insertInto('people_locations').values(row).returning('id').executeTakeFirstOrThrow()).id;
    });
  const berlin = await addPlace('Berlin', 'Europe/Berlin');
  const montreal = await addPlace('Montréal', 'America/Toronto');
  const mails = () => world.run((ctx) => ctx.db.selectFrom('platform_mail').selectAll().orderBy('created_at').orderBy('id').execute());
  return {
    montreal,
    mails,
    /** Adds a person in Berlin with the address given@fernhill.example. */
    person: (
      givenName: string,
      familyName: string,
      more: { locationId?: string; workAddress?: string | null; personalAddress?: string } = {},
    ) =>
      world.run((ctx) =>
        addPerson(ctx, { givenName, familyName, workAddress: `${givenName}@fernhill.example`.toLowerCase(), locationId: berlin, ...more }),
      ),
    /** Opens a task that is due in 4 hours. */
    open: (candidates: string[], more: Partial<NewTask> = {}) =>
      world.run((ctx) =>
        openTask(ctx, {
          kind: 'task',
          title: 'Close Badges for Rohan Devaraj',
          instructions: 'Open the console, People, Disable.',
          aboutKind: 'other',
          aboutId: null,
          candidates,
          dueAt: ctx.now.add({ hours: 4 }).toString(),
          ...more,
        }),
      ),
    /** Hides that somebody is leaving until `toldAt`; with `named` from all but those. */
    conceal: (personId: string, toldAt: string, named?: string[]) =>
      world.run((ctx) => concealLeaving(ctx, { personId, toldAt, sensitive: named !== undefined, namedMemberIds: named ?? [] })),
    task: (id: string) => world.run((ctx) => ctx.db.selectFrom('tasks_tasks').selectAll().where('id', '=', id).executeTakeFirstOrThrow()),
    audits: (action: string) =>
      world.run((ctx) =>
        ctx.db
          .selectFrom('platform_audit_events as e')
          .innerJoin('platform_audit_values as v', 'v.event_id', 'e.id')
          .select(['e.subject_id', 'v.reason', 'v.actor_name'])
          .where('e.action', '=', action)
          .execute(),
      ),
    /** The secret of the link in the newest mail to an address. */
    secretTo: async (address: string): Promise<string> => {
      const mail = (await mails()).findLast((each) => each.to_address === address);
      const secret = mail?.body.match(/\/task#([\w-]+)/)?.[1];
      if (!secret) throw new Error(`No mail to ${address} holds a link: ${mail?.body}`);
      return secret;
    },
    leave: (personId: string, at: string) =>
      world.run(async (ctx) => {
        await ctx.db.updateTable('people_employments').set({ cut_off_at: at, left_at: at }).where('person_id', '=', personId).execute();
      }),
  };
}

export type Company = Awaited<ReturnType<typeof openCompany>>;

/** What a row of an answer may hold. */
export type Shown = {
  title: string;
  name: string;
  status: string;
  doneBy: string | null;
  subject: { name: string };
  place: { name: string };
  assignee: { mine: boolean };
  fileName: string | null;
  url: string | null;
  note: string | null;
};

/** Every word that an answer says. */
export const wordsOf = ({ status, body }: Pick<Answer, 'status' | 'body'>): string =>
  [status, body?.code, body?.detail, ...(body?.problems ?? []).map((problem: { message: string }) => problem.message)]
    .filter(Boolean)
    .join(' ');

/** Sends a form with evidence without a session, as the page behind a link does. */
export async function sendForm(world: World, parts: Record<string, string | File>): Promise<Pick<Answer, 'status' | 'body'>> {
  const app = createApp(world.platform, { routes: Object.values(routes) as AnyRoute[], permissions, findVisitor: async () => null });
  const form = new FormData();
  for (const [name, value] of Object.entries(parts)) form.set(name, value);
  const response = await app.request('/api/v1/task-link/evidence', { method: 'POST', body: form });
  return { status: response.status, body: await response.json() };
}
