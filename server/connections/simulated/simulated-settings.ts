import { z } from 'zod';

/**
 * How a simulated app behaves. `obeys`: does what it answers. `lies`: answers "done" and changes nothing. `slow`: shows a change `slowSeconds`
 * later than it answers. `down`: does not answer (until `downUntil`, if given).
 */
export const simulatedSettings = z.object({
  behaviour: z.enum(['obeys', 'lies', 'slow', 'down']).default('obeys').meta({ title: 'How it behaves' }),
  slowSeconds: z.number().int().min(0).max(3_600).default(60).meta({ title: 'Seconds until a change can be read' }),
  downUntil: z.iso.datetime().optional().meta({ title: 'Does not answer until' }),
});

export type SimulatedSettings = z.infer<typeof simulatedSettings>;
