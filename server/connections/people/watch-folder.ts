import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { lstat, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { findFolderSource, noteFolder, rankOf, readPeopleList, type Told, takeInTold } from '../../people/index.ts';
import { systemClock } from '../../platform/clock.ts';
import { runAsSystem } from '../../platform/context.ts';
import { Refusal } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { askAboutEnds } from './ask-about-ends.ts';
import { tellLead } from './tell-lead.ts';

const listNames = /\.(csv|tsv|txt|xlsx)$/i;
const mostBytes = 30 * 1024 * 1024;
/** A file that changed within so many seconds may still be being written. */
const restsSeconds = 20;
/** A list with fewer than this part of the people of the one before is taken for cut short. */
const leastPart = 0.6;

/** A turn that takes in the newest list of the operator's folder, for each organization that has one. A file that was looked at is not looked at again. */
export function watchFolder(platform: Platform): () => Promise<void> {
  return async () => {
    if (platform.config.peopleFolder === null) return;
    const { rows } = await platform.jobsPool.query<{ organization_id: string }>('select organization_id from list_organizations()');
    for (const { organization_id: organizationId } of rows) {
      const own = path.join(platform.config.peopleFolder, organizationId);
      // With one organization the lists lie in the folder itself.
      const folder = existsSync(own) ? own : rows.length === 1 ? platform.config.peopleFolder : null;
      if (folder === null) continue;
      try {
        await takeInNewest(platform, organizationId, folder);
      } catch (error) {
        platform.log.warn({ organizationId, problem: (error as Error).message }, 'the folder of people lists could not be read');
        const words = `The folder could not be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'}). Whoever runs Groundcrew looks after GROUNDCREW_PEOPLE_FOLDER.`;
        await runAsSystem(platform, organizationId, (ctx) => noteFolder(ctx, sourceOf(organizationId), { note: words }));
      }
    }
  };
}

const sourceOf = (organizationId: string) => ({
  kind: 'folder' as const,
  refId: organizationId,
  name: 'Folder of people lists',
  rank: rankOf.record,
});

async function takeInNewest(platform: Platform, organizationId: string, folder: string): Promise<void> {
  const fileName = await newestOf(folder);
  if (fileName === null) return;
  const bytes = await readFile(path.join(folder, fileName));
  const mark = createHash('sha256').update(fileName).update(bytes).digest('hex');
  const before = await runAsSystem(platform, organizationId, (ctx) => findFolderSource(ctx, organizationId));
  if (before?.mark === mark) return;
  const source = sourceOf(organizationId);
  const held = (reason: string): Told => ({ outcome: 'held', importId: null, counts: null, reasons: [reason] });
  const heldFor = (error: unknown): Told => {
    if (!(error instanceof Refusal)) throw error;
    return held(`${fileName}: ${error.message}`);
  };
  const read = await readPeopleList({ fileName, bytes, turn: organizationId }).catch(heldFor);
  await runAsSystem(platform, organizationId, async (ctx) => {
    const told =
      'outcome' in read
        ? read
        : read.rows.length < (before?.people ?? 0) * leastPart
          ? held(
              `${fileName} has ${read.rows.length.toLocaleString('en')} rows, and the list before told of ${before!.people.toLocaleString('en')} people. If it is right, give it under People → Import a list.`,
            )
          : await takeInTold(ctx, { fileName, bytes, table: read }, { asks: true, source }).catch(heldFor);
    // What waits for somebody's own list is looked at again at the next turn.
    await noteFolder(ctx, source, { note: wordsOf(fileName, told), ...(told.outcome === 'waits' ? {} : { mark }) });
    await tellLead(ctx, organizationId, source.name, told, { anew: true });
    if (told.outcome !== 'waits') await askAboutEnds(ctx);
  });
}

/** The list that was written last and rests. Links are not followed: the folder holds what was put there. */
async function newestOf(folder: string): Promise<string | null> {
  const found: { name: string; at: number }[] = [];
  for (const name of await readdir(folder)) {
    if (!listNames.test(name) || name.startsWith('.')) continue;
    const file = await lstat(path.join(folder, name)).catch(() => null);
    if (file?.isFile() && file.size > 0 && file.size <= mostBytes) found.push({ name, at: file.mtimeMs });
  }
  const newest = found.toSorted((a, b) => b.at - a.at || b.name.localeCompare(a.name, 'en'))[0];
  return newest && systemClock.now().epochMilliseconds - newest.at >= restsSeconds * 1000 ? newest.name : null;
}

function wordsOf(fileName: string, { outcome, counts, reasons }: Told): string {
  if (outcome === 'same') return `${fileName}: all as they stand in the people list.`;
  if (outcome === 'waits') return `${fileName} waits: somebody is in the middle of a list of their own.`;
  if (outcome === 'held') return `${fileName} is held, and nobody was changed. ${reasons.join(' ')}`;
  const of = (count: number) => count.toLocaleString('en');
  return `${fileName}: ${of(counts!.new)} new, ${of(counts!.changed)} changed, ${of(counts!.refused)} refused.`;
}
