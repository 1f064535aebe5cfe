import { findVisitor } from '../../server/identity/index.ts';
import { createApp } from '../../server/platform/http/create-app.ts';
import type { AnyRoute } from '../../server/platform/http/route.ts';
import { mounts, permissions, routes } from '../../server/routes.ts';
import type { World } from '../world.ts';

export const all = Object.values(routes) as AnyRoute[];

/** The HTTP application of a world, for requests whose headers and bodies a test writes itself. */
export const raw = (world: World) => createApp(world.platform, { routes: all, permissions, findVisitor, mounts });
