import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { Config } from '../config.ts';
import { Refusal } from '../errors.ts';

/** `env` carries the connection (node-server's bindings) to the application. */
export type Answering = (request: Request, env?: object) => Response | Promise<Response>;

/** The listening server. It answers with `handler` of the moment, so that it can be reached before everything is ready. */
export type Front = { port: number; answerWith(handler: Answering): void; close(): Promise<void> };

const closingSeconds = 5;

/** Listens on the configured address. Refuses (409) in words when the port is taken, naming a Groundcrew that answers there. */
export async function listen(config: Pick<Config, 'port' | 'bind'>, first: Answering): Promise<Front> {
  let handler = first;
  const server = createAdaptorServer({ fetch: (request: Request, env: object) => handler(request, env) }) as Server;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.port, config.bind, () => {
      server.removeListener('error', reject);
      resolve();
    });
  }).catch(async (error: NodeJS.ErrnoException) => {
    throw await refusalOf(error, config);
  });
  return {
    port: (server.address() as AddressInfo).port,
    answerWith: (next) => {
      handler = next;
    },
    close: () =>
      new Promise((resolve) => {
        const timer = setTimeout(() => server.closeAllConnections(), closingSeconds * 1000);
        server.close(() => {
          clearTimeout(timer);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}

async function refusalOf(error: NodeJS.ErrnoException, { port, bind }: Pick<Config, 'port' | 'bind'>): Promise<Refusal> {
  if (error.code === 'EACCES')
    return new Refusal(500, 'port_closed', `This user may not listen on port ${port}. Set PORT to one above 1023, such as PORT=4600.`);
  if (error.code === 'EADDRNOTAVAIL')
    return new Refusal(500, 'bad_bind', `This machine has no address ${bind}. Set GROUNDCREW_BIND to one of its own, or leave it out.`);
  if (error.code !== 'EADDRINUSE')
    return new Refusal(500, 'cannot_listen', `Listening on ${bind}, port ${port}, failed: ${error.message}.`);
  const url = `http://${bind.includes(':') ? `[${bind}]` : bind}:${port}`;
  const who = (await isGroundcrew(url)) ? `Groundcrew is already running at ${url}` : `Another program uses port ${port}`;
  return new Refusal(409, 'port_taken', `${who}. Nothing was started. Stop it, or set PORT to a free port, such as PORT=${port + 1}.`);
}

// The loopback or this machine's own address, never a tenant's: the outbound rules for connections do not apply.
async function isGroundcrew(url: string): Promise<boolean> {
  try {
    const answer = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(10_000), redirect: 'error' });
    return (await answer.text()).includes('groundcrew');
  } catch {
    return false;
  }
}
