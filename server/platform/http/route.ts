import type { z } from 'zod';
import type { Actor, Context } from '../context.ts';
import type { Platform } from '../platform.ts';

/** Bytes that leave as an attachment, never shown in place: what somebody uploaded must not run in the reader's session. */
export type FileAnswer = { file: { name: string; contentType: string; bytes: Uint8Array } };

/** Sends the browser on to a path of ours, never to another site. */
export type RedirectAnswer = { redirect: string };

type Shape = z.ZodType;
type Of<S> = S extends z.ZodType ? z.output<S> : undefined;

/** What a handler gets beside the context. `file` are the raw bytes of the body, on routes that take an upload. */
export type Input<P, Q, B, U> = { params: Of<P>; query: Of<Q>; body: Of<B>; file: U extends number ? Uint8Array : undefined };

/** For the few routes that must work without an open transaction (network calls, sign-in): they open their own with `run`. */
export type Edge = {
  platform: Platform;
  organizationId: string;
  actor: Actor;
  reach: 'all' | 'own';
  run<T>(work: (ctx: Context) => Promise<T>): Promise<T>;
  request: Request;
  /** The network address of who connected, where there is a connection (a reverse proxy's, behind one). */
  peer: string | null;
  /** Set-Cookie headers to send along (sign-in only). */
  setCookies: string[];
};

/**
 * One route, declared once: validation, permission, transaction, API document, typed client and the tests over all routes derive from it.
 * `access`: a permission of a domain; 'session' = anybody signed in (who may have no organization yet: organizationId is '' then); 'public' = nobody needs to be.
 */
export type Route<
  Id extends string = string,
  P extends Shape | undefined = Shape | undefined,
  Q extends Shape | undefined = Shape | undefined,
  B extends Shape | undefined = Shape | undefined,
  O extends Shape | 'file' | 'redirect' | undefined = Shape | 'file' | 'redirect' | undefined,
  U extends number | undefined = number | undefined,
> = {
  id: Id;
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Below /api/v1, with `{name}` for parameters. */
  path: string;
  access: string;
  summary: string;
  params?: P;
  query?: Q;
  body?: B;
  /** Largest upload in bytes; the body is then taken raw. */
  upload?: U;
  /** Largest form in bytes: the body comes as a form that another site lets the browser post. Such a route is public and does nothing in a session's name. */
  form?: number;
  output?: O;
  /** Changes nothing though it is a POST (a preview, a dry run): auditors may use it. */
  harmless?: boolean;
} & (
  | { handle(ctx: Context, input: Input<P, Q, B, U>): Promise<Answer<O>> }
  | { handleOutside(edge: Edge, input: Input<P, Q, B, U>): Promise<Answer<O>> }
);

// biome-ignore lint/suspicious/noConfusingVoidType: an operation that answers nothing returns void.
type Nothing = undefined | void;
type Answer<O> = O extends z.ZodType ? z.input<O> : O extends 'file' ? FileAnswer : O extends 'redirect' ? RedirectAnswer : Nothing;

/** Declares a route. The generics carry the shapes to the typed client. */
export function route<
  const Id extends string,
  P extends Shape | undefined = undefined,
  Q extends Shape | undefined = undefined,
  B extends Shape | undefined = undefined,
  O extends Shape | 'file' | 'redirect' | undefined = undefined,
  U extends number | undefined = undefined,
>(declaration: Route<Id, P, Q, B, O, U>): Route<Id, P, Q, B, O, U> {
  return declaration;
}

// biome-ignore lint/suspicious/noExplicitAny: a list of routes holds every shape; each one was checked where it was declared.
export type AnyRoute = Route<string, any, any, any, any, any>;
