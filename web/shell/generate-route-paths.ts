// Writes web/shell/route-paths.gen.ts: `node web/shell/generate-route-paths.ts`. route-paths.test.ts fails when it is not fresh.
import { writeFile } from 'node:fs/promises';
import { routes } from '../../server/routes.ts';
import { routePathsText } from './route-paths-text.ts';

await writeFile(new URL('./route-paths.gen.ts', import.meta.url), routePathsText(routes));
