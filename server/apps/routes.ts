import { accountRoutes } from './routes/accounts.ts';
import { appRoutes } from './routes/apps.ts';
import { entitlementRoutes } from './routes/entitlements.ts';
import { findingRoutes } from './routes/finding.ts';

export const appsRoutes = { ...appRoutes, ...accountRoutes, ...entitlementRoutes, ...findingRoutes };
