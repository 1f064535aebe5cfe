import { seedUsers } from '../tests/fakes/scim-servers/directory.ts';
import { startScimServer } from '../tests/fakes/scim-servers/start-scim-server.ts';

/** An app with so many accounts, in a process of its own, so that what it holds is not counted as ours. */
const users = seedUsers(Number(process.argv[2])).map((user) => ({ ...user, active: true }));
const server = await startScimServer({ users, token: 'bench' });
setInterval(() => {
  server.requests.length = 0;
}, 200);
process.on('disconnect', () => process.exit(0));
process.send?.(server.baseUrl);
