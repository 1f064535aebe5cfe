import { hashSecret } from '../../../identity/index.ts';
import { appendAudit } from '../../../platform/audit.ts';
import type { Context } from '../../../platform/context.ts';
import { conflict } from '../../../platform/errors.ts';
import { queueMail } from '../../../platform/mail.ts';
import type { Begun } from '../../begin-step.ts';
import { getRun, type JoiningRun, joiningOf } from '../../run-row.ts';
import { instantWords } from '../../schedule/local-instant.ts';
import { welcomeSecret } from './welcome-secret.ts';

type About = 'before' | 'first-morning';

/**
 * Sends the welcome link: before the first day to the recipient that was chosen (the personal address, or the manager), on the first morning to
 * the colleague wherever they can be reached. No password is ever in a mail. `again`: as often as somebody asks, else once.
 */
export async function sendWelcome(
  ctx: Context,
  run: JoiningRun,
  options: { about: About; to?: 'personal' | 'manager'; again?: boolean },
): Promise<Begun> {
  const person = await ctx.db
    .selectFrom('people_roster as r')
    .leftJoin('people_roster as m', 'm.id', 'r.manager_id')
    .select(['r.id', 'r.name', 'r.given_name', 'r.preferred_name', 'r.work_address', 'r.personal_address'])
    .select(['m.id as manager_id', 'm.name as manager', 'm.work_address as manager_address'])
    .where('r.id', '=', run.person_id)
    .executeTakeFirstOrThrow();
  const organization = await ctx.db.selectFrom('identity_organizations').select('name').executeTakeFirstOrThrow();
  const secret = welcomeSecret(ctx.platform.secretKey, run);
  await ctx.db
    .updateTable('playbooks_runs')
    .set({ welcome_link_hash: hashSecret(secret) })
    .where('id', '=', run.id)
    .execute();
  const to = options.to ?? (run.credential_to as 'personal' | 'manager' | null) ?? 'personal';
  const recipients = recipientsOf(person, options.about, to);
  if (recipients.length === 0)
    return { status: 'failed', words: 'There is no address to send the invitation to. Write one into their record, then try again.' };
  // After the hash sign, so that the secret reaches no server log on the way.
  const link = `${ctx.platform.config.publicUrl}/welcome#${secret}`;
  for (const { personId, address } of recipients) {
    const mail = options.about === 'before' ? before(run, person, organization.name, link, to) : firstMorning(person, link);
    await queueMail(ctx, {
      toPersonId: personId,
      toAddress: address,
      ...mail,
      dedupeKey: `welcome ${options.about} ${run.id} ${address.toLowerCase()}${options.again ? ` ${ctx.now}` : ''}`,
    });
  }
  return {
    status: 'done',
    words: `${options.about === 'before' ? 'The invitation' : 'The question'} was written to ${to === 'manager' && options.about === 'before' ? 'their manager' : 'them'}.`,
  };
}

type Named = {
  id: string;
  name: string;
  given_name: string;
  preferred_name: string | null;
  work_address: string | null;
  personal_address: string | null;
  manager_id: string | null;
  manager: string | null;
  manager_address: string | null;
};

function recipientsOf(person: Named, about: About, to: 'personal' | 'manager'): { personId: string; address: string }[] {
  if (about === 'before') {
    if (to === 'manager')
      return person.manager_id && person.manager_address ? [{ personId: person.manager_id, address: person.manager_address }] : [];
    return person.personal_address ? [{ personId: person.id, address: person.personal_address }] : [];
  }
  const addresses = [person.personal_address, person.work_address].filter((address): address is string => Boolean(address));
  return [...new Set(addresses)].map((address) => ({ personId: person.id, address }));
}

function before(
  run: JoiningRun,
  person: Named,
  organization: string,
  link: string,
  to: 'personal' | 'manager',
): { subject: string; body: string } {
  const when = instantWords(Temporal.Instant.from(run.starts_at), run.zone, { place: run.place ?? undefined });
  if (to === 'manager') {
    return {
      subject: `The invitation of ${person.name}`,
      body: `${person.name} starts ${when}. This is their invitation to ${organization}: it shows their address, how they sign in the first time, and their first days. Give it to nobody else.\n\n${link}`,
    };
  }
  return {
    subject: `Welcome to ${organization}`,
    body: [
      `${person.preferred_name ?? person.given_name}, we are glad that you come. You start ${when}.`,
      'This link is yours alone. It shows what happens until then, your new address and how you sign in the first time, and asks where your things may be sent.',
      link,
      'It needs no password. Please do not pass it on.',
    ].join('\n\n'),
  };
}

function firstMorning(person: Named, link: string): { subject: string; body: string } {
  return {
    subject: 'Do you have everything?',
    body: `Good morning, ${person.preferred_name ?? person.given_name}. Can you work? One tap tells us; if something is missing, whoever can mend it is asked at once.\n\n${link}`,
  };
}

/**
 * Sends a new invitation, to the same recipient or another. Those before end with it. A first password can be chosen once more only until the first
 * morning: afterwards somebody works with it, and an invitation that went elsewhere would take their account over.
 */
export async function sendWelcomeAgain(ctx: Context, runId: string, to?: 'personal' | 'manager'): Promise<{ words: string }> {
  const run = joiningOf(await getRun(ctx, runId, { lock: true }));
  if (run.status !== 'running' && run.status !== 'paused') throw conflict('run_is_over', 'This hire has ended. Nothing was sent.');
  const about = Temporal.Instant.compare(run.starts_at, ctx.now) > 0 ? 'before' : 'first-morning';
  const next = {
    welcome_number: run.welcome_number + 1,
    ...(about === 'before' ? { credential_used_at: null } : {}),
    ...(to ? { credential_to: to } : {}),
  };
  await ctx.db.updateTable('playbooks_runs').set(next).where('id', '=', runId).execute();
  const sent = await sendWelcome(ctx, { ...run, ...next }, { about, ...(to ? { to } : {}), again: true });
  if (sent.status === 'failed') throw conflict('nowhere_to_write', sent.words);
  await appendAudit(ctx, {
    action: 'welcome.sent',
    subject: { kind: 'run', id: runId, name: run.person },
    after: { to: to ?? run.credential_to },
    people: [run.person_id],
  });
  return { words: sent.words };
}
