import type { PeopleDiff } from '../import/diff-people.ts';
import { mayWrite, type Standing } from './may-write.ts';
import { endFields, isToldField } from './told-fields.ts';

/** Takes out of a diff what its source may not write because something stronger stands. Rows stay as many as they were. */
export function settleSources(diff: PeopleDiff, source: string, standingOf: (personId: string) => Standing): PeopleDiff {
  const changed: PeopleDiff['changed'] = [];
  const unchanged = [...diff.unchanged];
  const calm = new Set<string>();
  for (const entry of diff.changed) {
    const standing = standingOf(entry.personId);
    const refused = entry.changes.filter(
      ({ field, from, to }) => isToldField(field) && mayWrite({ source, field, value: to, stands: from }, standing) !== 'write',
    );
    if (refused.length === 0) {
      changed.push(entry);
      continue;
    }
    const changes = entry.changes.filter((change) => !refused.includes(change));
    if (!changes.some(({ field }) => (endFields as readonly string[]).includes(field))) calm.add(entry.personId);
    if (changes.length === 0) {
      unchanged.push({ row: entry.row, personId: entry.personId });
      continue;
    }
    const record = { ...entry.record };
    for (const { field } of refused) if (field !== 'manager') delete record[field];
    const manager = refused.some(({ field }) => field === 'manager') ? null : entry.manager;
    changed.push({ ...entry, record, manager, changes });
  }
  return {
    ...diff,
    changed,
    unchanged: unchanged.sort((a, b) => a.row - b.row),
    endingPersonIds: diff.endingPersonIds.filter((id) => !calm.has(id)),
  };
}
