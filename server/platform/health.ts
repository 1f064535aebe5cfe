import type pg from 'pg';
import { Refusal } from './errors.ts';
import type { Answering } from './http/listen.ts';
import { problemResponse } from './http/problem.ts';
import type { Log } from './log.ts';

const noStore = { 'cache-control': 'no-store' };

/** `/healthz`: the process answers. Says which product it is, so that a second start can tell. */
export const healthy = () => Response.json({ product: 'groundcrew', status: 'alive' }, { headers: noStore });

/** `/readyz` before the database is migrated and everything is wired. */
export const notReady = (words: string) => Response.json({ status: 'not ready', words }, { status: 503, headers: noStore });

/** What is answered while starting: the process lives, and nothing is ready yet. */
export const answerWhileStarting =
  (log: Log): Answering =>
  (request) => {
    const { pathname } = new URL(request.url);
    if (pathname === '/healthz') return healthy();
    if (pathname === '/readyz') return notReady('Groundcrew is starting.');
    return problemResponse(new Refusal(503, 'starting', 'Groundcrew is starting. Try again in a few seconds.'), log);
  };

/** `/readyz` of the running server: the database answers within two seconds and has been migrated by this process. */
export async function readiness(pool: pg.Pool): Promise<Response> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('silence')), 2000);
  });
  try {
    await Promise.race([pool.query('select 1'), limit]);
    return Response.json({ status: 'ready' }, { headers: noStore });
  } catch {
    return notReady('The database does not answer.');
  } finally {
    clearTimeout(timer);
  }
}
