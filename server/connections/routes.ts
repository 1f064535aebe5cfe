import { connectionRoutes } from './routes/connections.ts';
import { syncRoutes } from './routes/syncs.ts';

export const connectionsRoutes = { ...connectionRoutes, ...syncRoutes };
