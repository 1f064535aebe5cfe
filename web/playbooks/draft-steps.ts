import type { Definition, OutlinedStep, Step } from './words.ts';

/** What came of an edit: the definition with it, or why it was not made. `said` goes to the screen reader too. */
export type Edited = { definition: Definition; said: string; key: string } | { definition: null; said: string; key: string };

/**
 * Moves a step one place earlier or later in the order of the list. Among steps that begin together it changes places; past the edge of its
 * moment it takes over the moment of its neighbour. What waits for the other stays behind it, and what stands at the cut-off stays there.
 */
export function moveStep(definition: Definition, outline: OutlinedStep[], key: string, by: -1 | 1): Edited {
  const index = outline.findIndex((step) => step.key === key);
  const [step, next] = [outline[index], outline[index + by]];
  const refused = (said: string): Edited => ({ definition: null, said, key });
  if (step === undefined) return refused('This step is not there any more.');
  if (step.fixed) return refused(`“${step.title}” stays at the cut-off: it waits for nobody.`);
  if (next === undefined) return refused(`“${step.title}” is the ${by < 0 ? 'first' : 'last'} step.`);
  const [earlier, later] = by < 0 ? [next, step] : [step, next];
  if (step.moment !== next.moment) {
    const at = definition.steps.find((each) => each.key === next.key)?.at;
    const moved = {
      ...definition.steps.find((each) => each.key === key),
      ...(at === undefined ? {} : { at: structuredClone(at) }),
    } as Step;
    const steps = beside(definition, step, next, by < 0 ? 'after' : 'before', moved);
    return { definition: { ...definition, steps }, said: `“${step.title}” now begins together with “${next.title}”: ${next.when}.`, key };
  }
  if (next.fixed) return refused(`“${next.title}” stands first at the cut-off: it waits for nobody.`);
  if (later.waitsFor.includes(earlier.key)) return refused(`“${later.title}” waits for “${earlier.title}” and stays behind it.`);
  const steps = beside(definition, step, next, by < 0 ? 'before' : 'after', definition.steps.find((each) => each.key === key) as Step);
  return { definition: { ...definition, steps }, said: `“${step.title}” stands ${by < 0 ? 'before' : 'after'} “${next.title}” now.`, key };
}

function beside(definition: Definition, step: OutlinedStep, next: OutlinedStep, side: 'before' | 'after', moved: Step): Step[] {
  const steps = definition.steps.filter(({ key }) => key !== step.key);
  const place = steps.findIndex(({ key }) => key === next.key);
  return steps.toSpliced(side === 'before' ? place : place + 1, 0, moved);
}

/** The same step once more, behind the first. Nothing waits for the second. */
export function duplicateStep(definition: Definition, key: string): Edited {
  const position = definition.steps.findIndex((step) => step.key === key);
  const step = definition.steps[position];
  if (step === undefined) return { definition: null, said: 'This step is not there any more.', key };
  const copy = { ...structuredClone(step), key: freeKey(definition, step.key), title: `${step.title} (copy)` };
  return {
    definition: { ...definition, steps: definition.steps.toSpliced(position + 1, 0, copy) },
    said: `“${copy.title}” was added.`,
    key: copy.key,
  };
}

/** Takes a step out, and its name out of what waits for it. Conditions that read its answer stay as they are, and stand as problems. */
export function removeStep(definition: Definition, key: string): Definition {
  const steps = definition.steps
    .filter((step) => step.key !== key)
    .map((step) => {
      if (step.waitsFor?.includes(key) !== true) return step;
      const { waitsFor, ...rest } = step;
      const left = waitsFor?.filter((name) => name !== key) ?? [];
      return (left.length > 0 ? { ...rest, waitsFor: left } : rest) as Step;
    });
  return { ...definition, steps };
}

/** Puts an edited step in the place of the one with its key, or a new one behind the step `after` (at the end without one). */
export function putStep(definition: Definition, step: Step, after: string | null): Definition {
  const position = definition.steps.findIndex(({ key }) => key === step.key);
  if (position >= 0) return { ...definition, steps: definition.steps.with(position, step) };
  const place = after === null ? -1 : definition.steps.findIndex(({ key }) => key === after);
  return { ...definition, steps: definition.steps.toSpliced(place < 0 ? definition.steps.length : place + 1, 0, step) };
}

/** A key that no step has, from a title: `Order the laptop` is `order_the_laptop`. */
export function freeKey(definition: Definition, title: string): string {
  const plain = title
    .normalize('NFKD')
    .replaceAll(/\p{Mark}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^[_0-9]+|_+$/g, '')
    .split('_')
    .slice(0, 5)
    .join('_');
  const base = plain === '' ? 'step' : plain;
  const taken = new Set(definition.steps.map(({ key }) => key));
  let key = base;
  for (let number = 2; taken.has(key); number += 1) key = `${base}_${number}`;
  return key;
}

/** Problems of the steps by key, of the whole under ''. A field reads as it stands in the step: `at.time`. */
export function problemsByStep(
  problems: { field?: string; message: string }[],
  steps: { key: string }[],
): Map<string, { field: string; message: string }[]> {
  const found = new Map<string, { field: string; message: string }[]>();
  for (const { field = '', message } of problems) {
    const match = /^steps\[(\d+)\]\.?(.*)$/.exec(field);
    const key = match === null ? '' : (steps[Number(match[1])]?.key ?? '');
    found.set(key, [...(found.get(key) ?? []), { field: match === null ? field : (match[2] ?? ''), message }]);
  }
  return found;
}
