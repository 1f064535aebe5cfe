import { Document, isCollection, isMap, isPair, isScalar, isSeq, type Node, parseDocument } from 'yaml';
import { playbookYaml } from '../playbooks/index.ts';
import type { PlaybookDefinition } from '../playbooks/schedule/playbook-definition.ts';

const head = [
  ' What Groundcrew knows of this company that is not people: they come by `groundcrew import people`.',
  ' `groundcrew push` applies it and shows first what would change; docs/guide/configuration-as-code.md tells how.',
  ' A section that is left out stays as it is. Secrets are named here and never written.',
].join('\n');

/** Sections whose entries fit on one line each. */
const short = new Set(['locations', 'departments', 'address', 'milestones']);
const widest = 120;

/** How texts are written: also what an older reader would take for a number, a date or yes and no is in quotes. */
export const writing = { compat: 'yaml-1.1', aliasDuplicateObjects: false } as const;

/** The configuration as YAML 1.2: the same value gives the same text, byte for byte. */
export function writeYaml(value: Record<string, unknown>): string {
  const document = new Document(value, writing);
  document.commentBefore = head;
  if (isMap(document.contents)) {
    for (const [index, pair] of document.contents.items.entries()) {
      if (!isScalar(pair.key) || !isCollection(pair.value)) continue;
      if (index > 0) pair.key.spaceBefore = true;
      const inline = short.has(String(pair.key.value));
      if (isMap(pair.value) && inline) pair.value.flow = true;
      // A playbook is laid out as it is in a file of its own.
      if (isSeq(pair.value) && pair.key.value === 'playbooks')
        pair.value.items = (value.playbooks as PlaybookDefinition[]).map(
          (playbook) => parseDocument(playbookYaml(playbook)).contents as never,
        );
      else if (isSeq(pair.value)) for (const item of pair.value.items) layOut(item as Node, inline ? 'line' : 'entry');
    }
  }
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}

/** An entry has one line per key, so that changes of it are seen line by line; what stands inside it has one line where it is short. */
export function layOut(node: Node, as: 'line' | 'entry' | 'part'): void {
  if (!isCollection(node)) return;
  const text = JSON.stringify(node.toJSON());
  if (as === 'line' || (as === 'part' && text.length <= widest && depthOf(node) <= 1 && !text.includes('\\n'))) {
    node.flow = true;
    return;
  }
  for (const item of node.items) layOut((isPair(item) ? item.value : item) as Node, 'part');
}

function depthOf(node: unknown): number {
  if (!isCollection(node)) return -1;
  return 1 + Math.max(-1, ...node.items.map((item) => depthOf(isPair(item) ? item.value : item)));
}
