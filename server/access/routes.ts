import { absenceRoutes } from './routes/absence-routes.ts';
import { actionRoutes } from './routes/action-routes.ts';
import { moveRoutes } from './routes/move-routes.ts';
import { planRoutes } from './routes/plan-routes.ts';
import { retentionRoutes } from './routes/retention-routes.ts';
import { ruleRoutes } from './routes/rule-routes.ts';
import { proposeAccessRulesRoute } from './routes-propose.ts';

export const accessRoutes = {
  ...absenceRoutes,
  ...actionRoutes,
  ...moveRoutes,
  ...ruleRoutes,
  ...planRoutes,
  ...retentionRoutes,
  proposeAccessRules: proposeAccessRulesRoute,
};
