import type { Hono } from 'hono';
import type { Platform } from '../../platform/platform.ts';
import { handleRequest } from './handle-request.ts';

/** Serves SCIM 2.0 at /scim/v2. */
export function serveScim(app: Pick<Hono, 'all'>, platform: Platform): void {
  app.all('/scim/*', (c) => handleRequest(platform, c.req.raw));
}
