import { useState } from 'react';
import type { Definition, Playbook } from './words.ts';

/** What is edited and not saved. `base` is the text over which the definition is written; `basedOn` the version it began with. */
export type Draft = { basedOn: number; definition: Definition; base: string };

const placeOf = (playbookId: string) => `playbook-draft ${playbookId}`;

function readKept(playbookId: string): Draft | null {
  try {
    const text = sessionStorage.getItem(placeOf(playbookId));
    return text === null ? null : (JSON.parse(text) as Draft);
  } catch {
    return null;
  }
}

function keep(playbookId: string, draft: Draft | null): void {
  try {
    if (draft === null) sessionStorage.removeItem(placeOf(playbookId));
    else sessionStorage.setItem(placeOf(playbookId), JSON.stringify(draft));
  } catch {
    // Without storage the draft lives as long as the page.
  }
}

/** The draft of a playbook, kept while the window is open; null while nothing differs from the version in force. */
export function useDraft(playbook: Playbook): [Draft | null, (change: { definition: Definition; base?: string } | null) => void] {
  const [draft, setDraft] = useState(() => readKept(playbook.id));
  const change = (next: { definition: Definition; base?: string } | null) => {
    const base = next?.base ?? draft?.base ?? playbook.yaml;
    const basedOn = draft?.basedOn ?? playbook.version;
    const isSame = next === null || (base === playbook.yaml && JSON.stringify(next.definition) === JSON.stringify(playbook.definition));
    const made = isSame ? null : { basedOn, definition: next.definition, base };
    keep(playbook.id, made);
    setDraft(made);
  };
  return [draft, change];
}
