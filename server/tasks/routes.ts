import { linkRoutes } from './routes/link-routes.ts';
import { taskRoutes } from './routes/task-routes.ts';

export const tasksRoutes = { ...taskRoutes, ...linkRoutes };
