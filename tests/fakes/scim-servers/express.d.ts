/** The little of express that the SCIM server of the tests uses; the package brings no types. */
declare module 'express' {
  import type { IncomingMessage, Server, ServerResponse } from 'node:http';

  type Request = IncomingMessage & { originalUrl: string; header(name: string): string | undefined };
  type Handler = ((request: Request & { method: string }, response: ServerResponse, next: () => void) => void) | Router;

  class Router {}

  type Application = {
    set(name: string, value: unknown): void;
    use(handler: Handler): void;
    use(path: string, handler: Handler): void;
    listen(port: number, host: string, listening: () => void): Server;
  };

  function express(): Application;
  namespace express {
    export type { Request };
  }

  export { Router };
  export default express;
}
