import { openWorld, type World } from './world.ts';

export type ScimAnswer = { status: number; body: any; headers: Headers };
export type Scim = (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<ScimAnswer>;

export const userUrn = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const groupUrn = 'urn:ietf:params:scim:schemas:core:2.0:Group';
export const enterpriseUrn = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
export const patchUrn = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

/** Sends requests below /scim/v2 with a token; null: without one. */
export const scimCaller =
  (world: World, token: string | null): Scim =>
  async (method, path, body, headers = {}) => {
    const response = await world.request(`/scim/v2${path}`, {
      method,
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/scim+json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === '' ? null : JSON.parse(text) };
  };

export type DirectoryCompany = { world: World; scim: Scim; connectionId: string; token: string };

/** A company with a directory connected, made over the API as its owner. */
export async function openDirectoryCompany(t: Parameters<typeof openWorld>[0], system = 'entra'): Promise<DirectoryCompany> {
  const world = await openWorld(t);
  const made = await world.owner('POST', '/directory/connections', { name: 'Entra ID', system });
  return { world, scim: scimCaller(world, made.body.token), connectionId: made.body.id, token: made.body.token };
}

export const user = (userName: string, more: Record<string, unknown> = {}) => ({ schemas: [userUrn], userName, active: true, ...more });
export const group = (displayName: string, members: string[] = []) => ({
  schemas: [groupUrn],
  displayName,
  members: members.map((value) => ({ value })),
});
export const patch = (...Operations: unknown[]) => ({ schemas: [patchUrn], Operations });

/** Adds people to the roster, so that one of them is less than 5 %. */
export async function addPeople(world: World, many: number): Promise<void> {
  await world.run(async (ctx) => {
    for (let number = 0; number < many; number += 1) {
      const { id } = await ctx.db
        .insertInto('people_people')
        .values({ organization_id: ctx.organizationId, given_name: `Person ${number}`, created_at: ctx.now.toString() })
        .returning('id')
        .executeTakeFirstOrThrow();
      await ctx.db
        .insertInto('people_employments')
        .values({ organization_id: ctx.organizationId, person_id: id, created_at: ctx.now.toString() })
        .execute();
    }
  });
}
