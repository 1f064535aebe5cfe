import { companySettingsRoutes } from './routes/company-settings-routes.ts';
import { memberRoutes } from './routes/member-routes.ts';
import { organizationRoutes } from './routes/organization-routes.ts';
import { secondFactorRoutes } from './routes/second-factor-routes.ts';
import { sessionRoutes } from './routes/session-routes.ts';
import { setupRoutes } from './routes/setup-routes.ts';
import { signInRoutes } from './routes/sign-in-routes.ts';
import { tokenRoutes } from './routes/token-routes.ts';
import { viewRoutes } from './routes/view-routes.ts';

export { companySignInRoutes } from './routes/company-sign-in-routes.ts';

export const identityRoutes = {
  ...sessionRoutes,
  ...signInRoutes,
  ...secondFactorRoutes,
  ...setupRoutes,
  ...companySettingsRoutes,
  ...memberRoutes,
  ...organizationRoutes,
  ...tokenRoutes,
  ...viewRoutes,
};
