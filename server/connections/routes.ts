import { connectionRoutes } from './routes/connections.ts';
import { hookRoutes } from './routes/hooks.ts';
import { syncEffectRoutes } from './routes/sync-effects.ts';
import { syncRoutes } from './routes/syncs.ts';

export const connectionsRoutes = { ...connectionRoutes, ...hookRoutes, ...syncRoutes, ...syncEffectRoutes };
