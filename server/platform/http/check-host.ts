import type { Answering } from './listen.ts';

const loopbackNames = new Set(['localhost', '127.0.0.1', '[::1]']);
export const isLoopback = (bind: string): boolean => bind === 'localhost' || bind === '::1' || /^127\./.test(bind);

/**
 * Refuses (421) requests for a host name that is not ours, while listening on the loopback: a stranger's page whose name was pointed at
 * this machine (DNS rebinding) would otherwise count as our own page. Allowed are the loopback's names and the public address.
 */
export function checkHost(config: { bind: string; publicUrl: string }, inner: Answering): Answering {
  if (!isLoopback(config.bind)) return inner;
  const ours = new Set([
    ...loopbackNames,
    new URL(config.publicUrl).hostname,
    config.bind.includes(':') ? `[${config.bind}]` : config.bind,
  ]);
  return (request, env) => {
    const host = (request.headers.get('host') ?? new URL(request.url).host).toLowerCase().replace(/:\d*$/, '');
    if (ours.has(host)) return inner(request, env);
    const detail = `Groundcrew does not answer to the name ${host.slice(0, 100)}. Use ${config.publicUrl}, or set GROUNDCREW_URL to the address people use.`;
    return Response.json(
      { type: 'urn:groundcrew:problem:other_host', title: 'Not this host', status: 421, code: 'other_host', detail },
      { status: 421, headers: { 'content-type': 'application/problem+json' } },
    );
  };
}
