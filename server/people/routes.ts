import { addressRoutes } from './routes/address-routes.ts';
import { holdRoutes } from './routes/hold-routes.ts';
import { importRoutes } from './routes/import-routes.ts';
import { personRoutes } from './routes/person-routes.ts';
import { placeRoutes } from './routes/place-routes.ts';
import { sourceRoutes } from './routes/source-routes.ts';

export { rosterRoutes } from './routes/roster-routes.ts';

// Fixed words of a path come before its parameters.
export const peopleRoutes = { ...addressRoutes, ...importRoutes, ...placeRoutes, ...sourceRoutes, ...holdRoutes, ...personRoutes };
