import { changeAddressPattern } from '../server/people/index.ts';
import { addDepartment, addLocation } from '../server/people/places.ts';
import type { RunningScimServer } from './fakes/scim-servers/start-scim-server.ts';
import { type LeavingCompany, openCompany } from './leaving-company.ts';

export type JoiningCompany = LeavingCompany & {
  manager: string;
  sales: string;
  newYork: string;
  directory: { appId: string; server: RunningScimServer };
  crm: { appId: string; server: RunningScimServer };
  badges: string;
  /** Hires by the API. Returns what it answered. */
  hire(terms: Record<string, unknown>): Promise<{ personId: string; runId: string; workAddress: string }>;
  joining(runId: string): Promise<any>;
  /** The newest link of an invitation in the outbox. */
  link(address: string): Promise<string>;
};

type Teardown = { after(work: () => Promise<void> | void): void };

/**
 * A company with a directory that lets people sign in, a CRM with two roles and a door system worked by hand, ruled: everybody is in the
 * directory and gets a badge, Sales has the CRM as Standard.
 */
export async function openJoiningCompany(t: Teardown, options: { at: string; timeZone?: string }): Promise<JoiningCompany> {
  const world = await openCompany(t, options);
  await world.run((ctx) => changeAddressPattern(ctx, { pattern: '{given}.{family}', domain: 'acme.example' }));
  const { sales, newYork } = await world.run(async (ctx) => ({
    sales: await addDepartment(ctx, { name: 'Sales' }),
    newYork: await addLocation(ctx, { name: 'New York', timeZone: 'America/New_York', country: 'US' }),
  }));
  const manager = await world.person({ givenName: 'Maya', familyName: 'Brandt', departmentId: sales });
  const seed = { userName: 'maya@acme.example', address: 'maya@acme.example', givenName: 'Maya' };
  const directory = await world.scimApp('Directory', { users: [seed], signIn: true, ownerPersonId: manager });
  const crm = await world.scimApp('CRM', { users: [{ ...seed, groups: ['Standard', 'Guest'] }], ownerPersonId: manager });
  const badges = await world.manualApp('Badges', { ownerPersonId: manager, accounts: [{ addresses: ['maya@acme.example'] }] });
  const rule = async (name: string, when: string, grants: unknown[]) => {
    const made = await world.owner('post', '/access-rules', { name, when, grants });
    if (made.status !== 200) throw new Error(JSON.stringify(made.body));
  };
  await rule('Everybody', 'true', [{ appId: directory.appId }, { appId: badges }]);
  await rule('Sales in the CRM', 'person.department == "Sales"', [{ appId: crm.appId, entitlement: 'Standard' }]);
  return Object.assign(world, {
    manager,
    sales,
    newYork,
    directory,
    crm,
    badges,
    hire: async (terms: Record<string, unknown>) => {
      const answer = await world.owner('post', '/joining', {
        familyName: 'Okafor',
        personalAddress: 'amara@home.example',
        departmentId: sales,
        managerId: manager,
        title: 'Account manager',
        ...terms,
      });
      if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
      await world.settle();
      return answer.body;
    },
    joining: async (runId: string) => (await world.owner('get', `/joining/${runId}`)).body,
    link: async (address: string) => {
      const mail = await world.run((ctx) =>
        ctx.db
          .selectFrom('platform_mail')
          .select('body')
          .where('to_address', '=', address)
          .where('dedupe_key', 'like', 'welcome %')
          .orderBy('created_at', 'desc')
          .orderBy('id', 'desc')
          .executeTakeFirstOrThrow(),
      );
      return /\/welcome#([\w-]+)/.exec(mail.body)![1]!;
    },
  });
}
