import { runAsSystem } from '../platform/context.ts';
import type { Platform } from '../platform/platform.ts';
import { findSample, noteState, type SampleState } from './sample-state.ts';

const leastMillisecondsBetweenNotes = 400;

/** Fills a sample that is still empty and notes how far it is. Does nothing where it is full already, was removed, or is no sample. */
export async function fillSample(platform: Platform, organizationId: string): Promise<void> {
  const sample = await findSample(platform, organizationId);
  if (!sample || sample.status === 'ready') return;
  // Loaded when it is needed: no server that makes no sample carries it.
  const { buildSample } = await import('../../sample/build-sample.ts');
  // On the installation's own connections: it is seen while the sample itself is not yet.
  const note = (state: SampleState) => runAsSystem(platform, organizationId, (ctx) => noteState(ctx, state));
  let noted = 0;
  try {
    await buildSample(platform, organizationId, {
      progress: async (done, total, words) => {
        if (performance.now() - noted < leastMillisecondsBetweenNotes) return;
        noted = performance.now();
        await note({ status: 'making', done, total, words, problem: null });
      },
      whenFull: (ctx, total) => noteState(ctx, { status: 'ready', done: total, total, words: 'Ready', problem: null }),
    });
  } catch (error) {
    const problem =
      'It could not be filled. Nothing of it was kept. Remove it and make a new one; the log of the server says what went wrong.';
    await note({ status: 'failed', done: 0, total: 1, words: 'It stopped', problem });
    throw error;
  }
}
