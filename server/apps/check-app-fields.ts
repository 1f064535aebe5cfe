import type { Context } from '../platform/context.ts';
import { conflict, invalid, type Problem } from '../platform/errors.ts';

export const writers = ['connection', 'group', 'manual', 'outside'] as const;
export type Writer = (typeof writers)[number];

/** What a person decides about an app. null takes a value away. */
export type AppFields = {
  name: string;
  capability: string | null;
  ownerPersonId: string | null;
  deputyPersonId: string | null;
  writer: Writer;
  writerAppId: string | null;
  writerEntitlement: string | null;
  signIn: boolean;
  instructionsGrant: string | null;
  instructionsRevoke: string | null;
  deepLink: string | null;
};

export type AppColumns = {
  name?: string;
  capability?: string | null;
  owner_person_id?: string | null;
  deputy_person_id?: string | null;
  writer?: Writer;
  writer_app_id?: string | null;
  writer_entitlement?: string | null;
  sign_in?: boolean;
  instructions_grant?: string | null;
  instructions_revoke?: string | null;
  deep_link?: string | null;
};

const isWebAddress = (text: string) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
const trimmed = (text: string | null | undefined) => (text == null ? text : text.trim() || null);

/** Checks the given fields of an app and names them as columns. Throws a Refusal that names each field and its mend. */
export async function checkAppFields(ctx: Context, input: Partial<AppFields>, appId: string | null): Promise<AppColumns> {
  const problems: Problem[] = [];
  const name = input.name?.trim();
  if (name === '') problems.push({ field: 'name', message: 'Write the name that people use for the app.' });
  const deepLink = trimmed(input.deepLink);
  if (deepLink && !isWebAddress(deepLink)) problems.push({ field: 'deepLink', message: 'The link must begin with https:// or http://.' });
  if (input.ownerPersonId && input.ownerPersonId === input.deputyPersonId)
    problems.push({ field: 'deputyPersonId', message: 'The deputy must be somebody else than the owner.' });
  for (const field of ['ownerPersonId', 'deputyPersonId'] as const) {
    const id = input[field];
    if (id) problems.push(...(await personProblems(ctx, field, id)));
  }
  const writerAppId = input.writer !== undefined && input.writer !== 'group' ? null : input.writerAppId;
  if (input.writer === 'group') {
    if (!input.writerAppId) problems.push({ field: 'writerAppId', message: 'Choose the app whose group grants this one.' });
    if (!trimmed(input.writerEntitlement)) problems.push({ field: 'writerEntitlement', message: 'Write the name of the group.' });
  }
  if (writerAppId) problems.push(...(await writerProblems(ctx, writerAppId, appId)));
  if (problems.length > 0) throw invalid('invalid_app', 'Something about this app is not right. Nothing was changed.', problems);
  if (name !== undefined) await refuseSameName(ctx, name, appId);
  return {
    ...(name === undefined ? {} : { name }),
    ...(input.capability === undefined ? {} : { capability: trimmed(input.capability) }),
    ...(input.ownerPersonId === undefined ? {} : { owner_person_id: input.ownerPersonId }),
    ...(input.deputyPersonId === undefined ? {} : { deputy_person_id: input.deputyPersonId }),
    ...(input.writer === undefined ? {} : { writer: input.writer }),
    ...(writerAppId === undefined ? {} : { writer_app_id: writerAppId }),
    ...(writerAppId === null ? { writer_entitlement: null } : {}),
    ...(writerAppId && input.writerEntitlement !== undefined ? { writer_entitlement: trimmed(input.writerEntitlement) } : {}),
    ...(input.signIn === undefined ? {} : { sign_in: input.signIn }),
    ...(input.instructionsGrant === undefined ? {} : { instructions_grant: trimmed(input.instructionsGrant) }),
    ...(input.instructionsRevoke === undefined ? {} : { instructions_revoke: trimmed(input.instructionsRevoke) }),
    ...(deepLink === undefined ? {} : { deep_link: deepLink }),
  };
}

async function personProblems(ctx: Context, field: string, personId: string): Promise<Problem[]> {
  const person = await ctx.db.selectFrom('people_roster').select(['name', 'status']).where('id', '=', personId).executeTakeFirst();
  if (!person) return [{ field, message: 'There is no such person here.' }];
  if (person.status === 'left') return [{ field, message: `${person.name} has left. Choose somebody who works here.` }];
  return [];
}

/** A group that grants this app must not, through others, be granted by this app itself. */
async function writerProblems(ctx: Context, writerAppId: string, appId: string | null): Promise<Problem[]> {
  let next: string | null = writerAppId;
  for (let steps = 0; next !== null; steps++) {
    if (next === appId || steps > 20) {
      return [{ field: 'writerAppId', message: 'That app is, directly or through others, granted by this one. Choose another.' }];
    }
    const found: { writer_app_id: string | null } | undefined = await ctx.db
      .selectFrom('apps_apps')
      .select('writer_app_id')
      .where('id', '=', next)
      .where('archived_at', 'is', null)
      .executeTakeFirst();
    if (!found) return [{ field: 'writerAppId', message: 'There is no such app here.' }];
    next = found.writer_app_id;
  }
  return [];
}

async function refuseSameName(ctx: Context, name: string, appId: string | null): Promise<void> {
  const other = await ctx.db
    .selectFrom('apps_apps')
    .select('id')
    .where((eb) => eb(eb.fn('lower', ['name']), '=', name.toLowerCase()))
    .where('archived_at', 'is', null)
    .$if(appId !== null, (query) => query.where('id', '<>', appId))
    .executeTakeFirst();
  if (other) throw conflict('app_already_there', `There is an app called ${name} already. Use it, or choose another name.`);
}
