import { invalid, type Problem, Refusal } from '../../platform/errors.ts';
import { parsePlaybook, parsePlaybookValue } from '../schedule/parse-playbook.ts';
import { type PlaybookDefinition, type PlaybookMoment, playbookDefinition } from '../schedule/playbook-definition.ts';

/** A playbook that is being edited: a text, or a definition. With both, the definition counts, and is written over the text. */
export type Draft = { yaml?: string; definition?: unknown };

/**
 * Reads a draft that is to be used now.
 *
 * @throws Refusal `playbook_invalid` (422) with each problem: `row` (only of a text) and `field`, as `steps[2].at.time`
 */
export function readDraft(draft: Draft, moment?: PlaybookMoment): PlaybookDefinition {
  const definition = draft.definition === undefined ? parsePlaybook(textOf(draft)) : parsePlaybookValue(draft.definition);
  if (moment !== undefined && definition.for !== moment)
    throw invalid('playbook_invalid', `The playbook was not saved. It is for “${definition.for}”, and this one is for “${moment}”.`, [
      {
        field: 'for',
        message: `A playbook stays what it is for: write ${moment}.`,
        ...(draft.definition === undefined ? lineOfFor(draft.yaml) : {}),
      },
    ]);
  return definition;
}

/** The same without refusing. `shaped` is also there when only the rules between the steps are broken: it can be shown, not saved. */
export function inspectDraft(
  draft: Draft,
  moment?: PlaybookMoment,
): { definition: PlaybookDefinition | null; shaped: PlaybookDefinition | null; problems: Problem[] } {
  try {
    const definition = readDraft(draft, moment);
    return { definition, shaped: definition, problems: [] };
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'playbook_invalid') throw error;
    const shaped = playbookDefinition.safeParse(draft.definition);
    return { definition: null, shaped: shaped.success ? shaped.data : null, problems: error.problems };
  }
}

function textOf({ yaml }: Draft): string {
  if (yaml !== undefined) return yaml;
  throw invalid('draft_missing', 'Send the playbook as text (yaml) or as its definition. Nothing was changed.', [
    { field: 'definition', message: 'Send yaml or definition.' },
  ]);
}

function lineOfFor(yaml: string | undefined): { row?: number } {
  const index = yaml?.split('\n').findIndex((line) => line.startsWith('for:')) ?? -1;
  return index < 0 ? {} : { row: index + 1 };
}
