import { sql } from '../../../platform/database.ts';
import type { JoiningRun } from '../../run-row.ts';

/**
 * The tasks that this hire asks of the new colleague. What else they are asked later, as a manager or an owner of apps, may be about others, and whoever
 * holds the invitation need not be them.
 */
export const ownTasks = (run: JoiningRun) =>
  sql<boolean>`assignee_person_id = ${run.person_id} and about_kind = 'step'
    and about_id in (select s.id from playbooks_steps s where s.run_id = ${run.id})`;
