import { type Check, ConnectorError, failedCheck } from '../kit/index.ts';
import { activityPage } from './audit.ts';
import { asAdministrator, type GoogleSession, inNameOf, readPage } from './call.ts';
import { customerIdOf, productPath } from './licences.ts';
import { type Scope, scopes } from './scopes.ts';
import { placesOf } from './settings.ts';
import { usagePage } from './usage.ts';

type Look = { name: string; scope: Scope; reads: string; unknown: string; look(session: GoogleSession): Promise<unknown> };

const one = (session: GoogleSession, path: string, scope: Scope, query: Record<string, string | number> = {}) =>
  readPage(session, path, 'items', asAdministrator(scope, { query: { maxResults: 1, ...query } }), null);

const asTheAdministrator = (session: GoogleSession, scope: Scope, path: string, query: Record<string, number> = {}) =>
  session.http.get(path, inNameOf(session.settings.administrator, scope, { query }));

/** What needs a right of its own, and what is not known or cannot be done without it. */
const looks: Look[] = [
  {
    name: 'Groups',
    scope: scopes.groups,
    reads: 'Groups can be read.',
    unknown: 'what any account holds is not known',
    look: (session) => one(session, 'admin/directory/v1/groups', scopes.groups, { customer: session.settings.customer }),
  },
  {
    name: 'Roles of administrators',
    scope: scopes.roles,
    reads: 'Roles can be read.',
    unknown: 'what any account holds is not known, unless "role" is left out of what is read',
    look: (session) => one(session, `admin/directory/v1/customer/${session.settings.customer}/roles`, scopes.roles),
  },
  {
    name: 'Licences',
    scope: scopes.licences,
    reads: 'Licences can be read.',
    unknown: 'what any account holds is not known, unless "licence" is left out of what is read',
    look: async (session) =>
      one(session, `${productPath(session, session.settings.products[0] ?? 'Google-Apps')}/users`, scopes.licences, {
        customerId: await customerIdOf(session),
      }),
  },
  {
    name: 'Sessions, second factors and programs',
    scope: scopes.security,
    reads: 'They can be ended and reset.',
    unknown: 'sessions cannot be ended, second factors not reset, and programs not be shut out',
    look: ({ http, settings }) =>
      http.get(`admin/directory/v1/users/${encodeURIComponent(settings.administrator)}/tokens`, asAdministrator(scopes.security)),
  },
  {
    name: 'Handing over',
    scope: scopes.transfer,
    reads: 'Files and calendars can be handed over.',
    unknown: 'files and calendars cannot be handed over',
    look: (session) => one(session, 'admin/datatransfer/v1/applications', scopes.transfer),
  },
  {
    name: 'Audit log',
    scope: scopes.audit,
    reads: 'The audit log can be read.',
    unknown: 'which programs accounts let in is not known, nor whether sessions were ended',
    look: (session) => activityPage(session, 'token', { eventName: 'authorize', maxResults: 1 }, null),
  },
  {
    name: 'Reports of use',
    scope: scopes.usage,
    reads: 'It can be read when accounts were last used.',
    unknown: 'last activity is only the last sign-in, which may be long ago for people who work every day',
    look: (session) => usagePage(session, 5, { maxResults: 1 }, null),
  },
  {
    name: 'Automatic replies',
    scope: scopes.autoReply,
    reads: 'Automatic replies can be set.',
    unknown: 'no automatic reply can be set and no mail be forwarded',
    look: (session) =>
      asTheAdministrator(session, scopes.autoReply, `${placesOf(session.settings).gmail}/gmail/v1/users/me/settings/vacation`),
  },
  {
    name: 'Calendars',
    scope: scopes.events,
    reads: 'Meetings can be cancelled.',
    unknown: 'meetings of somebody who leaves cannot be cancelled',
    look: (session) =>
      asTheAdministrator(
        session,
        scopes.events,
        `${placesOf(session.settings).calendar}/calendar/v3/calendars/primary/events?maxResults=1`,
      ),
  },
];

/** Looks at every right by reading only. What is missing for reading accounts fails; what is missing for the rest is said, and what follows from it. */
export async function testGoogle(session: GoogleSession): Promise<Check[]> {
  const query = { customer: session.settings.customer, maxResults: 1 };
  await readPage(session, 'admin/directory/v1/users', 'users', asAdministrator(scopes.users, { query }), null);
  const accounts: Check = { name: 'Accounts', ok: true, words: 'Accounts can be read.' };
  const skipped = (['group', 'role', 'licence'] as const).map((kind, index) =>
    session.settings.holdings.includes(kind) ? null : looks[index],
  );
  const others = await Promise.all(looks.filter((look) => !skipped.includes(look)).map((look) => checkOf(session, look)));
  return [accounts, ...others];
}

async function checkOf(session: GoogleSession, { name, scope, reads, unknown, look }: Look): Promise<Check> {
  try {
    await look(session);
    return { name, ok: true, words: reads };
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    if (error.kind === 'right') return { name, ok: null, words: `The right ${scope} is missing: ${unknown}.` };
    return { ...failedCheck(error), name, ok: null };
  }
}
