import type { Command } from 'commander';
import { answering } from './answer.ts';

/** `openapi`: the API document, made from the routes of this version. Needs no server and no data. */
export function addOpenapiCommand(program: Command): void {
  program
    .command('openapi')
    .description('print the API document (OpenAPI 3.1)')
    .action(
      answering(async () => {
        const [{ createApp, openApiDocument }, { permissions, routes }, { readConfig }] = await Promise.all([
          import('../platform/http/create-app.ts'),
          import('../routes.ts'),
          import('../platform/config.ts'),
        ]);
        // Describing calls no handler, so nothing of the platform is opened.
        const platform = { config: readConfig() } as Parameters<typeof createApp>[0];
        const document = openApiDocument(
          createApp(platform, { routes: Object.values(routes), permissions, findVisitor: async () => null }),
        );
        return { data: document, words: JSON.stringify(document, null, 2) };
      }),
    );
}
