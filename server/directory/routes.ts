import { connectionRoutes } from './routes/connection-routes.ts';
import { suspensionRoutes } from './routes/suspension-routes.ts';

export const directoryRoutes = { ...connectionRoutes, ...suspensionRoutes };
