import { accountRoutes } from './routes/accounts.ts';
import { appRoutes } from './routes/apps.ts';
import { findingRoutes } from './routes/finding.ts';

export const appsRoutes = { ...appRoutes, ...accountRoutes, ...findingRoutes };
