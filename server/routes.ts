// One line per domain. tests/architecture.test.ts fails when one is missing.

import { accessPermissions } from './access/permissions.ts';
import { accessRoutes } from './access/routes.ts';
import { appsPermissions } from './apps/permissions.ts';
import { accountFacts } from './apps/person-facts.ts';
import { appsRoutes } from './apps/routes.ts';
import { auditRoutes } from './audit/routes.ts';
import { configurationPermissions } from './configuration/permissions.ts';
import { configurationRoutes } from './configuration/routes.ts';
import { serveHooks } from './connections/index.ts';
import { connectionsPermissions } from './connections/permissions.ts';
import { connectionsRoutes } from './connections/routes.ts';
import { serveScim } from './directory/index.ts';
import { directoryPermissions } from './directory/permissions.ts';
import { directoryRoutes } from './directory/routes.ts';
import { erasure } from './erasure.ts';
import { hygienePermissions } from './hygiene/permissions.ts';
import { hygieneRoutes } from './hygiene/routes.ts';
import { identityPermissions } from './identity/permissions.ts';
import { companySignInRoutes, identityRoutes } from './identity/routes.ts';
import { outboxPermissions } from './outbox/permissions.ts';
import { outboxRoutes } from './outbox/routes.ts';
import { pausedPermissions } from './paused/permissions.ts';
import { pausedRoutes } from './paused/routes.ts';
import { peoplePermissions } from './people/permissions.ts';
import { rosterForSignIn } from './people/roster-for-sign-in.ts';
import { peopleRoutes, rosterRoutes } from './people/routes.ts';
import { playbooksPermissions } from './playbooks/permissions.ts';
import { playbooksRoutes } from './playbooks/routes.ts';
import { sampleRoutes } from './sample/routes.ts';
import { tasksPermissions } from './tasks/permissions.ts';
import { tasksRoutes } from './tasks/routes.ts';
import { todayPermissions } from './today/permissions.ts';
import { todayRoutes } from './today/routes.ts';

export const routes = {
  ...identityRoutes,
  ...companySignInRoutes({ roster: rosterForSignIn }),
  ...rosterRoutes({ facts: accountFacts, erasure }),
  ...peopleRoutes,
  ...tasksRoutes,
  ...auditRoutes,
  ...outboxRoutes,
  ...pausedRoutes,
  ...appsRoutes,
  ...connectionsRoutes,
  ...accessRoutes,
  ...playbooksRoutes,
  ...directoryRoutes,
  ...hygieneRoutes,
  ...todayRoutes,
  ...sampleRoutes,
  ...configurationRoutes,
};
export type Routes = typeof routes;

export const permissions = {
  ...identityPermissions,
  ...peoplePermissions,
  ...tasksPermissions,
  ...outboxPermissions,
  ...pausedPermissions,
  ...appsPermissions,
  ...connectionsPermissions,
  ...accessPermissions,
  ...playbooksPermissions,
  ...todayPermissions,
  ...directoryPermissions,
  ...hygienePermissions,
  ...configurationPermissions,
};

/** What is served beside /api/v1. */
export const mounts = [serveScim, serveHooks];
