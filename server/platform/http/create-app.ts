import { createRoute, OpenAPIHono } from '@hono/zod-openapi';
import type { Context as HonoContext } from 'hono';
import { z } from 'zod';
import { type Actor, runAs } from '../context.ts';
import { forbidden, Refusal } from '../errors.ts';
import type { Platform } from '../platform.ts';
import { type Permissions, reachOf, registerPermissions, scopesCover } from './permissions.ts';
import { problemBody, problemResponse, refusalOfZod } from './problem.ts';
import { readBytes } from './read-bytes.ts';
import type { AnyRoute, Edge, FileAnswer, RedirectAnswer } from './route.ts';

/** Who sent a request, and for which organization. null: nobody is signed in. `organizationId` '' = signed in, in no organization yet. */
export type Visitor = { actor: Actor; organizationId: string; via: 'session' | 'token' };
export type FindVisitor = (platform: Platform, request: Request) => Promise<Visitor | null>;

/** `mounts` serve protocols of their own beside /api/v1, with who asks and errors as their standards have them. */
export type AppParts = {
  routes: AnyRoute[];
  permissions: Permissions;
  findVisitor: FindVisitor;
  mounts?: ((app: OpenAPIHono, platform: Platform) => void)[];
};

const bodyLimit = 1024 * 1024;
const changes = (method: string) => method !== 'get';

async function readJson(request: Request): Promise<unknown> {
  const bytes = await readBytes(request, bodyLimit);
  if (bytes.length === 0) return {};
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new Refusal(400, 'not_json', 'The body is not JSON in UTF-8. Nothing was changed.');
  }
}

async function readForm(request: Request, limit: number): Promise<unknown> {
  return Object.fromEntries(new URLSearchParams(new TextDecoder().decode(await readBytes(request, limit))));
}

function parse<T>(schema: z.ZodType<T> | undefined, value: unknown): T | undefined {
  if (!schema) return undefined;
  const result = schema.safeParse(value);
  if (!result.success) throw refusalOfZod(result.error);
  return result.data;
}

/** A change that a browser sends with its cookie must come from our page: a header that no other site can set without being allowed. */
function refuseForgery(request: Request, visitor: Visitor | null): void {
  if (visitor?.via === 'session' && request.headers.get('x-groundcrew') === null) {
    throw forbidden('This change did not come from the Groundcrew page. Nothing was changed.');
  }
}

function authorise(route: AnyRoute, permissions: Permissions, visitor: Visitor | null): 'all' | 'own' {
  if (route.access === 'public') return 'all';
  if (!visitor) throw new Refusal(401, 'not_signed_in', 'Sign in first.');
  if (route.access === 'session') return 'all';
  if (!visitor.organizationId) throw forbidden('You belong to no organization here yet.');
  const permission = permissions[route.access];
  if (!permission) throw new Error(`Route ${route.id} names the permission ${route.access}, which no domain declares.`);
  const reach = reachOf(permission, visitor.actor.roles);
  if (!reach) throw forbidden('Your role does not allow this. The owner of the organization can change that.');
  if (!scopesCover(visitor.actor.scopes, route.access)) throw forbidden(`This token lacks the scope ${route.access}.`);
  return reach;
}

async function answer(platform: Platform, parts: AppParts, route: AnyRoute, c: HonoContext): Promise<Response> {
  const request = c.req.raw;
  // Whoever cannot enter an organization must still be able to sign in, and out.
  const visitor = await parts.findVisitor(platform, request).catch((error) => {
    if (route.access === 'public' && error instanceof Refusal) return null;
    throw error;
  });
  const reach = authorise(route, parts.permissions, visitor);
  if (changes(route.method) && !route.form) refuseForgery(request, visitor);
  const input = {
    params: parse(route.params, c.req.param()),
    query: parse(route.query, c.req.query()),
    file: route.upload ? await readBytes(request, route.upload) : undefined,
    body: route.body ? parse(route.body, route.form ? await readForm(request, route.form) : await readJson(request)) : undefined,
  };
  const actor = visitor?.actor ?? {
    kind: 'link',
    id: null,
    name: 'Somebody with a link',
    memberId: null,
    personId: null,
    roles: [],
    scopes: [],
  };
  const organizationId = visitor?.organizationId ?? '';
  const setCookies: string[] = [];
  let result: unknown;
  if ('handle' in route) {
    if (!organizationId) throw forbidden('You belong to no organization here yet.');
    result = await runAs(platform, { organizationId, actor, reach }, (ctx) => route.handle(ctx, input));
  } else {
    const peer: string | null = c.env?.incoming?.socket?.remoteAddress ?? null;
    const edge: Edge = {
      platform,
      organizationId,
      actor,
      reach,
      request,
      peer,
      setCookies,
      run: (work) => runAs(platform, { organizationId, actor, reach }, work),
    };
    result = await route.handleOutside(edge, input);
  }
  return respond(route, result, setCookies);
}

function respond(route: AnyRoute, result: unknown, setCookies: string[]): Response {
  const headers = new Headers({ 'cache-control': 'no-store' });
  for (const cookie of setCookies) headers.append('set-cookie', cookie);
  if (route.output === 'redirect') {
    const { redirect } = result as RedirectAnswer;
    if (!/^\/(?![/\\])/.test(redirect)) throw new Error('A route sends the browser to another site.');
    headers.set('location', redirect);
    return new Response(null, { status: 303, headers });
  }
  if (route.output === 'file') {
    const { file } = result as FileAnswer;
    headers.set('content-type', file.contentType);
    headers.set(
      'content-disposition',
      `attachment; filename="${file.name.replace(/[^\w.-]+/g, '_')}"; filename*=UTF-8''${encodeURIComponent(file.name)}`,
    );
    headers.set('content-security-policy', "default-src 'none'; sandbox");
    return new Response(new Uint8Array(file.bytes), { headers });
  }
  if (!route.output) return new Response(null, { status: 204, headers });
  headers.set('content-type', 'application/json');
  return new Response(JSON.stringify((route.output as z.ZodType).parse(result)), { headers });
}

/** The HTTP application: every route below /api/v1, the API document derived from them, errors as problem+json. */
export function createApp(platform: Platform, parts: AppParts): OpenAPIHono {
  registerPermissions(parts.permissions);
  const app = new OpenAPIHono();
  app.onError((error) => problemResponse(error, platform.log));
  app.use('*', async (c, next) => {
    await next();
    c.res.headers.set('x-content-type-options', 'nosniff');
    // What the page takes for the present, so that both speak of the same moment whatever the reader's clock says.
    c.res.headers.set('x-groundcrew-now', platform.clock.now().toString());
    c.res.headers.set('referrer-policy', 'same-origin');
    c.res.headers.set('x-frame-options', 'DENY');
    if (!c.res.headers.has('content-security-policy')) {
      c.res.headers.set(
        'content-security-policy',
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
      );
    }
    if (platform.config.publicUrl.startsWith('https:')) c.res.headers.set('strict-transport-security', 'max-age=31536000');
  });
  for (const route of parts.routes) {
    const path = `/api/v1${route.path}`;
    app.openAPIRegistry.registerPath(documentRoute(route, path));
    app.on(route.method, path.replaceAll(/\{(\w+)\}/g, ':$1'), (c) => answer(platform, parts, route, c));
  }
  app.get('/api/v1/openapi.json', (c) => c.json(openApiDocument(app)));
  for (const mount of parts.mounts ?? []) mount(app, platform);
  app.all('/api/*', () =>
    problemResponse(
      new Refusal(404, 'no_such_route', 'There is nothing at this address. The API is described at /api/v1/openapi.json.'),
      platform.log,
    ),
  );
  return app;
}

/** The API document (OpenAPI 3.1). */
export const openApiDocument = (app: OpenAPIHono) =>
  app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Groundcrew',
      version: '1',
      description: 'Bearer tokens (gc_…) or the page’s session. Errors are problem+json (RFC 9457).',
    },
    servers: [{ url: '/' }],
  });

function documentRoute(route: AnyRoute, path: string) {
  const problem = { description: 'Refused; `code` says why.', content: { 'application/problem+json': { schema: problemBody } } };
  const ok =
    route.output === 'file'
      ? { 200: { description: 'The file.', content: { 'application/octet-stream': { schema: z.string() } } } }
      : route.output === 'redirect'
        ? { 303: { description: 'The browser goes on to a page of ours.' } }
        : route.output
          ? { 200: { description: route.summary, content: { 'application/json': { schema: route.output } } } }
          : { 204: { description: 'Done.' } };
  return createRoute({
    method: route.method,
    path,
    operationId: route.id,
    summary: route.summary,
    description: `Needs: ${route.access}.`,
    request: {
      ...(route.params ? { params: route.params } : {}),
      ...(route.query ? { query: route.query } : {}),
      ...(route.body
        ? {
            body: {
              required: true,
              content: { [route.form ? 'application/x-www-form-urlencoded' : 'application/json']: { schema: route.body } },
            },
          }
        : {}),
      ...(route.upload ? { body: { required: true, content: { 'application/octet-stream': { schema: z.string() } } } } : {}),
    },
    responses: { ...ok, default: problem } as unknown as Record<string, { description: string }>,
  });
}
