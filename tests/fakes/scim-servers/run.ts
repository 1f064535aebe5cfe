import { parseArgs } from 'node:util';
import { fileClock, systemClock } from '../../../server/platform/clock.ts';
import { behaviours } from './behaviour.ts';
import { startScimmyServer } from './scimmy-server.ts';
import { startScimServer } from './start-scim-server.ts';

/**
 * Runs a SCIM server as a process of its own and prints `listening URL`. Options: --server fake|scimmy, --port, --users N, --token,
 * --behaviour NAME (see behaviour.ts), --behaviour-file, --state-file, --log-file, --clock-file.
 */
const text = { type: 'string' } as const;
const { values } = parseArgs({
  options: {
    server: { ...text, default: 'fake' },
    port: { ...text, default: '0' },
    users: { ...text, default: '20' },
    token: { ...text, default: 'test-token' },
    behaviour: { ...text, default: 'obedient' },
    'behaviour-file': text,
    'state-file': text,
    'log-file': text,
    'clock-file': text,
  },
});

const behaviour = behaviours[values.behaviour];
if (!behaviour) throw new Error(`There is no behaviour ${values.behaviour}. Known: ${Object.keys(behaviours).join(', ')}.`);
const common = { users: Number(values.users), port: Number(values.port), token: values.token };
const server =
  values.server === 'scimmy'
    ? await startScimmyServer(common)
    : await startScimServer({
        ...common,
        behaviour,
        behaviourFile: values['behaviour-file'],
        stateFile: values['state-file'],
        logFile: values['log-file'],
        clock: values['clock-file'] ? fileClock(values['clock-file']) : systemClock,
      });
process.stdout.write(`listening ${server.baseUrl}\n`);
process.on('SIGTERM', () => void server.stop().then(() => process.exit(0)));
