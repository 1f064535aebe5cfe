import type { Context } from '../platform/context.ts';
import { sql } from '../platform/database.ts';
import { conflict, notFound } from '../platform/errors.ts';
import { openTask } from '../tasks/index.ts';

export const aboutHygiene = 'hygiene';

const days = 7;

/**
 * Asks the people of these accounts to switch on a second factor: one task each, by mail. Who was asked already, whose account is of nobody, and
 * whose account has one now is left out. Returns how many were asked.
 */
export async function askForSecondFactor(ctx: Context, accountIds: readonly string[]): Promise<number> {
  const ids = [...new Set(accountIds)];
  const { rows } = await sql<{
    id: string;
    account: string;
    person_id: string | null;
    app: string;
    deep_link: string | null;
    owner_person_id: string | null;
    asked: boolean;
    lacks: boolean;
  }>`
    select a.id, coalesce(a.user_name, a.address, a.external_id) as account, case when r.status <> 'left' then a.person_id end as person_id, s.name as app, s.deep_link, s.owner_person_id,
      exists (select from tasks_tasks t where t.about_kind = ${aboutHygiene} and t.about_id = a.id and t.status = 'open') as asked,
      (a.second_factor is false and a.status is distinct from 'gone' and a.status is distinct from 'suspended') as lacks
    from apps_accounts a join apps_apps s on s.organization_id = a.organization_id and s.id = a.app_id and s.archived_at is null
    left join people_roster r on r.id = a.person_id where a.id = any (${ids}::uuid[]) order by a.id`.execute(ctx.db);
  if (rows.length < ids.length) throw notFound('account');
  const due = ctx.now.add({ hours: 24 * days });
  const wanted = rows.filter(({ person_id: personId, asked, lacks }) => personId !== null && !asked && lacks);
  if (wanted.length === 0) {
    const nobody = rows.every(({ person_id: personId }) => personId === null);
    throw conflict(
      'nobody_to_ask',
      `${nobody ? 'Nobody is known whose account this is. Say whose it is first.' : 'Everybody was asked already, or has a second factor now.'} Nothing was changed.`,
    );
  }
  for (const { id, account, person_id: personId, app, deep_link: link } of wanted) {
    await openTask(ctx, {
      kind: 'task',
      title: `Switch on a second factor in ${app}`,
      instructions: [
        `Your account ${account} in ${app} can be entered with a password alone. Whoever learns the password is in.`,
        `Open ${app}, look for “Security” or “Two-step verification” in your settings, and set up an authenticator app or a passkey. It takes five minutes.`,
        'Then finish this. Groundcrew reads afterwards whether it is so.',
      ].join('\n\n'),
      linkUrl: link,
      aboutKind: aboutHygiene,
      aboutId: id,
      subjectPersonId: personId,
      candidates: [personId],
      dueAt: due.toString(),
      remindAt: [due.subtract({ hours: 48 }).toString()],
      fallback: 'If nothing is done, the account stays on the list of those without a second factor. Nothing is closed by itself.',
      bundle: `hygiene ${personId}`,
    });
  }
  return wanted.length;
}
