import { saveMilestones } from '../playbooks/joining/milestones.ts';
import type { MilestoneEntry } from './configuration-shape.ts';
import type { Entry } from './parse-configuration.ts';
import { attempt, changeWords, differing, type Push } from './push.ts';
import type { Current } from './read-current.ts';

/** The milestones as the file lists them, in its order. One that the file leaves out is archived; when it was reached stays known. */
export async function applyMilestones(push: Push, entries: Entry<MilestoneEntry>[], current: Current): Promise<void> {
  const lines: Push['lines'] = [];
  const rows = entries.map(({ value }) => {
    const there = current.milestones.find(({ name }) => name.toLowerCase() === value.name.toLowerCase());
    const { name, when = there?.when ?? 'true', targetDays } = value;
    const change = there
      ? differing({ name: there.name, when: there.when, targetDays: there.targetDays }, { name, when, targetDays })
      : null;
    const line = { what: 'milestone' as const, name };
    if (!there) lines.push({ ...line, change: 'new', words: `by day ${targetDays}`, before: null, after: { when, targetDays } });
    else if (change) lines.push({ ...line, change: 'changed', words: changeWords(change.before, change.after), ...change });
    else lines.push({ ...line, change: 'same', words: '', before: null, after: null });
    return { ...(there ? { id: there.id } : {}), name, when, targetDays };
  });
  const kept = new Set(rows.map(({ id }) => id));
  for (const { id, name } of current.milestones)
    if (!kept.has(id))
      lines.push({ what: 'milestone', name, change: 'gone', words: 'Not in the file; it is archived.', before: null, after: null });
  const moved = rows.map(({ id }) => id).join() !== current.milestones.map(({ id }) => id).join();
  const isSame = lines.every(({ change }) => change === 'same');
  if (isSame && moved) lines[0] = { ...lines[0]!, change: 'changed', words: 'the order of the milestones changes' };
  push.lines.push(...lines);
  const fields = Object.fromEntries(
    rows.flatMap((_, index) => ['name', 'when'].map((field) => [`rows[${index}].${field}`, `[${index}].${field}`])),
  );
  if (!isSame || moved) await attempt(push, ['milestones'], fields, () => saveMilestones(push.ctx, rows));
}
