import { z } from 'zod';
import type { FormMeta } from '../../../connectors/kit/index.ts';

const form = (meta: FormMeta) => meta;

/** What a simulated app may offer besides opening and closing accounts. */
export const simulatedOffers = ['sessions', 'files', 'mail', 'calendar', 'owned', 'deletion'] as const;

/**
 * How a simulated app behaves. `obeys`: does what it answers. `lies`: answers "done" and changes nothing. `slow`: shows a change `slowSeconds`
 * later than it answers. `down`: does not answer (until `downUntil`, if given).
 */
export const simulatedSettings = z.object({
  behaviour: z
    .enum(['obeys', 'lies', 'slow', 'down'])
    .default('obeys')
    .meta(
      form({
        title: 'How it behaves',
        choiceTitles: {
          obeys: 'It does what is asked',
          lies: 'It says done and changes nothing',
          slow: 'It shows a change late',
          down: 'It does not answer',
        },
      }),
    ),
  slowSeconds: z
    .number()
    .int()
    .min(0)
    .max(3_600)
    .default(60)
    .meta(form({ title: 'Seconds until a change can be read', onlyFor: { setting: 'behaviour', value: 'slow' } })),
  downUntil: z.iso
    .datetime()
    .optional()
    .meta(form({ title: 'Does not answer until', onlyFor: { setting: 'behaviour', value: 'down' } })),
  onlyWhileActive: z
    .boolean()
    .default(false)
    .meta(form({ title: 'Mail and calendar of a suspended account cannot be changed' })),
  offers: z
    .array(z.enum(simulatedOffers))
    .default([])
    .meta(form({ title: 'What it can do with the data of an account' })),
});

export type SimulatedSettings = z.infer<typeof simulatedSettings>;
