import { actionRoutes } from './routes/action-routes.ts';
import { planRoutes } from './routes/plan-routes.ts';
import { ruleRoutes } from './routes/rule-routes.ts';
import { proposeAccessRulesRoute } from './routes-propose.ts';

export const accessRoutes = { ...actionRoutes, ...ruleRoutes, ...planRoutes, proposeAccessRules: proposeAccessRulesRoute };
