import type { ServerResponse } from 'node:http';
import type { Behaviour } from './behaviour.ts';
import type { Resource } from './directory.ts';
import { ScimProblem } from './scim-problem.ts';

/** One page of a list (RFC 7644, section 3.4.2.4), or what the behaviour makes of it. */
export function listPage(all: Resource[], query: URLSearchParams, behaviour: Behaviour): Resource {
  const matching = filtered(all, query.get('filter'), behaviour);
  const asked = Number(query.get('startIndex') ?? 1);
  const count = Math.min(Number(query.get('count') ?? 100), behaviour.pageCap ?? 1_000);
  const offset = behaviour.ignoresStartIndex ? 0 : behaviour.zeroBased ? Math.max(0, asked) : Math.max(1, asked) - 1;
  const Resources = matching.slice(0, behaviour.truncateAfter ?? matching.length).slice(offset, offset + count);
  return {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
    ...(behaviour.noTotal ? {} : { totalResults: matching.length }),
    startIndex: asked,
    itemsPerPage: Resources.length,
    Resources,
  };
}

function filtered(all: Resource[], filter: string | null, behaviour: Behaviour): Resource[] {
  if (filter === null) return all;
  if (behaviour.noFilter) throw new ScimProblem(400, 'Filters are not supported.', 'invalidFilter');
  const parts = /^(userName|members\.value) eq (".*")$/.exec(filter);
  if (!parts) throw new ScimProblem(400, 'This filter is not understood.', 'invalidFilter');
  const wanted = JSON.parse(parts[2] as string) as string;
  if (parts[1] === 'userName' && behaviour.filter === 'ignored') return all;
  if (parts[1] === 'userName' && behaviour.filter === 'finds-nobody') return [];
  if (parts[1] === 'userName' && behaviour.filter === 'exact-case') return all.filter((user) => user.userName === wanted);
  if (parts[1] === 'userName' && behaviour.filter === 'active-only') all = all.filter((user) => user.active !== false);
  if (parts[1] === 'userName') return all.filter((user) => String(user.userName).toLowerCase() === wanted.toLowerCase());
  return all.filter((group) => (group.members as { value: string }[]).some(({ value }) => value === wanted));
}

/** Bodies that no client should swallow. */
export function sendHostileBody(response: ServerResponse, kind: NonNullable<Behaviour['body']>): void {
  if (kind === 'deep') return void response.end('{"Resources":['.repeat(50_000));
  if (kind === 'page') return void response.end('<!doctype html><title>Sign in</title>');
  if (kind === 'huge') response.setHeader('content-length', String(4 * 1024 ** 3));
  const chunk = `{"Resources":["${'x'.repeat(60_000)}`;
  const more = () => {
    while (!response.destroyed && response.write(chunk));
  };
  response.on('drain', more);
  more();
}
