import { connectors } from '../../connectors/index.ts';
import { actionNames, type Connector } from '../../connectors/kit/index.ts';
import { readConfig } from '../../server/platform/config.ts';
import { createApp, openApiDocument } from '../../server/platform/http/create-app.ts';
import { type Permission, roles } from '../../server/platform/http/permissions.ts';
import type { AnyRoute } from '../../server/platform/http/route.ts';
import { permissions, routes } from '../../server/routes.ts';
import { configurationPage } from './reference/configuration-page.ts';
import { connectorsPage } from './reference/connectors-page.ts';
import { linesOfJson } from './reference/lines-of-json.ts';
import { permissionsPage } from './reference/permissions-page.ts';

/** The pages of docs/reference that derive from the code: their file names and their text as it has to be now. */
export function referencePages(): Record<string, string> {
  const all = Object.values(routes) as AnyRoute[];
  // Describing calls no handler, so nothing of the platform is opened.
  const platform = { config: readConfig({}) } as Parameters<typeof createApp>[0];
  const document = openApiDocument(createApp(platform, { routes: all, permissions, findVisitor: async () => null }));
  return {
    'permissions.md': permissionsPage(all, permissions as Record<string, Permission>, roles),
    'connectors.md': connectorsPage(connectors as readonly Connector[], actionNames),
    'configuration.md': configurationPage(readConfig({})),
    'openapi.json': `${linesOfJson(document)}\n`,
  };
}
