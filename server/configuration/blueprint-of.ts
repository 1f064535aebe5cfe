import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parsePlaybook } from '../playbooks/schedule/parse-playbook.ts';
import type { PlaybookDefinition, PlaybookMoment } from '../playbooks/schedule/playbook-definition.ts';

const folder = path.join(import.meta.dirname, '..', '..', 'blueprints');
const read = new Map<string, Promise<PlaybookDefinition>>();

/** The playbook that ships with the product for a moment. */
export function blueprintOf(moment: PlaybookMoment): Promise<PlaybookDefinition> {
  if (!read.has(moment)) read.set(moment, readFile(path.join(folder, `${moment}.yaml`), 'utf8').then(parsePlaybook));
  return read.get(moment)!;
}
