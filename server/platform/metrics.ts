import type pg from 'pg';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Answering } from './http/listen.ts';

/**
 * Figures about the process and the product as a whole. They count nothing that belongs to an organization (no people, runs, tasks or
 * mail): a number that moves would tell of an exit that is not told yet.
 */
export type Metrics = { count(inner: Answering): Answering; answer(): Promise<Response> };

export function openMetrics(parts: { pools: Record<string, pg.Pool>; isPaused(): Promise<boolean> }): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    name: 'groundcrew_http_requests_total',
    help: 'Requests answered, by method and class of status.',
    labelNames: ['method', 'status'],
    registers: [registry],
  });
  const seconds = new Histogram({
    name: 'groundcrew_http_request_seconds',
    help: 'Time until the answer began.',
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
    registers: [registry],
  });
  new Gauge({
    name: 'groundcrew_database_connections',
    help: 'Open connections, by role.',
    labelNames: ['role'],
    registers: [registry],
    collect() {
      for (const [role, pool] of Object.entries(parts.pools)) this.set({ role }, pool.totalCount);
    },
  });
  new Gauge({
    name: 'groundcrew_paused',
    help: '1 while a restored installation waits for its confirmation.',
    registers: [registry],
    async collect() {
      this.set((await parts.isPaused()) ? 1 : 0);
    },
  });
  const methods = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']);
  return {
    count: (inner) => async (request, env) => {
      const end = seconds.startTimer();
      const response = await inner(request, env);
      end();
      requests.inc({ method: methods.has(request.method) ? request.method : 'other', status: `${Math.floor(response.status / 100)}xx` });
      return response;
    },
    answer: async () =>
      new Response(await registry.metrics(), { headers: { 'content-type': registry.contentType, 'cache-control': 'no-store' } }),
  };
}
