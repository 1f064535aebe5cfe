import { Client } from 'pg';
import { testCluster } from './test-cluster.ts';

// Run after the tests: ends the tests' shared PostgreSQL, unless other tests are using it.
const running = await testCluster();
const client = new Client({ connectionString: running.url });
await client.connect();
const others = await client.query(
  "SELECT 1 FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() UNION ALL SELECT 1 FROM pg_database WHERE datname LIKE 'test\\_%'",
);
await client.end();
if (others.rowCount === 0) await running.stop();
