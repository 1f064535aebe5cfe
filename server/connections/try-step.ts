import { ConnectorError, connectorWith, openSession, type Tried } from '../../connectors/kit/index.ts';
import { invalid } from '../platform/errors.ts';
import type { Edge } from '../platform/http/route.ts';
import { toTest } from './test-connection.ts';

export type TrialView = { steps: { id: string; title: string; asks: string | null }[]; tried: Tried | null; problem: string | null };

/**
 * Which steps of a connection's settings can be tried, and what trying one shows. Reads the app and changes nothing there. What is wrong with the
 * settings, or what the app says, is `problem`.
 */
export async function tryStep(
  edge: Edge,
  input: { connectionId?: string; connector?: string; settings?: unknown; secrets?: unknown; step?: string; value?: string },
): Promise<TrialView> {
  const what = await edge.run((ctx) => toTest(ctx, input));
  const { trial } = what.connector;
  if (!trial) throw invalid('nothing_to_try', `${what.connector.name} has no steps to try. Test the connection instead.`);
  const settings = what.connector.settings.safeParse(what.settings ?? {});
  if (!settings.success) return { steps: [], tried: null, problem: settings.error.issues.map(({ message }) => message).join(' ') };
  const steps = trial.steps(settings.data);
  const step = steps.find(({ id }) => id === input.step);
  if (input.step === undefined) return { steps, tried: null, problem: null };
  if (!step) throw invalid('unknown_step', 'The description has no such step any more. Look at the list of steps again.');
  if (step.asks !== null && !input.value?.trim()) return { steps, tried: null, problem: `${step.asks} is needed to try this.` };
  try {
    const session = openSession(connectorWith(what.connector, settings.data), {
      settings: settings.data,
      secrets: what.secrets,
      outbound: edge.platform.outbound,
      clock: edge.platform.clock,
      retry: { attempts: 1 },
    });
    try {
      return { steps, tried: await trial.run(session, step.id, input.value?.trim() ?? ''), problem: null };
    } finally {
      session.close();
    }
  } catch (error) {
    if (error instanceof ConnectorError) return { steps, tried: null, problem: error.message };
    throw error;
  }
}
