import { changeOrganization } from '../identity/change-organization.ts';
import type { Wanted } from './parse-configuration.ts';
import { attempt, changeWords, differing, type Push } from './push.ts';
import type { Current } from './read-current.ts';

/** The name of the organization and its time zone. */
export async function applyOrganization(push: Push, { organization: name, timezone }: Wanted, current: Current): Promise<void> {
  if (!name && !timezone) return;
  const given = { name: name?.value, timezone: timezone?.value };
  const change = differing(current.organization, given);
  const line = { what: 'organization' as const, name: current.organization.name };
  if (!change) {
    push.lines.push({ ...line, change: 'same', words: '', before: null, after: null });
    return;
  }
  const { name: newName, timezone: timeZone } = change.after;
  await attempt(push, [], { name: 'organization', timeZone: 'timezone' }, () =>
    changeOrganization(push.ctx, { ...(newName === undefined ? {} : { name: newName }), ...(timeZone === undefined ? {} : { timeZone }) }),
  );
  push.lines.push({ ...line, change: 'changed', words: changeWords(change.before, change.after), ...change });
}
