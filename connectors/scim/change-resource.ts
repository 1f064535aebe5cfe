import { type Answer, ConnectorError, type Session } from '../kit/index.ts';
import { discover } from './discover.ts';
import { scimHeaders } from './read-list.ts';
import { type Fresh, readResource } from './read-user.ts';
import { idOf, isResource, patchOp, type Resource, resourcePath } from './resource.ts';
import type { ScimSettings } from './settings.ts';

export type PatchOperation = { op: 'add' | 'remove' | 'replace'; path?: string; value?: unknown };

/**
 * A change that is made by reading first, so that repeating it is harmless. `isDone`: what a record says, null when it does not say.
 * `patches`: ways to say it as PATCH, the standard one first. `replaced`: the whole record for PUT, null when replacing would lose something.
 */
export type Change = {
  endpoint: 'Users' | 'Groups';
  id: string;
  isDone: (resource: Resource) => boolean | null;
  patches: (resource: Resource) => PatchOperation[][];
  replaced: (resource: Resource) => Resource | null;
  words: { done: string; already: string; gone: string; notDone: string };
};

const maxReads = 4;

/**
 * Reads the record and changes it: PATCH in its known forms, then PUT of the freshly read record (RFC 7644, sections 3.5.1 and 3.5.2), each with
 * If-Match where the server gives a version (section 3.14). When somebody else changed the record meanwhile it is read again; what names one value
 * alone is then sent for any version, so that many changes of one group do not keep each other from it. Never deletes.
 */
export async function changeResource(session: Session<ScimSettings>, change: Change): Promise<Answer> {
  const { words } = change;
  let versionNeeded = false;
  let contested = false;
  for (let read = 1; ; read++) {
    const [fresh, discovery] = await Promise.all([readResource(session, change.endpoint, change.id), discover(session)]);
    if (fresh === null) return { answered: words.gone, changed: false };
    if (change.isDone(fresh.resource) === true) return { answered: words.already, changed: false };
    try {
      return await write(
        session,
        change,
        { ...fresh, etag: fresh.etag ?? (versionNeeded ? '*' : null) },
        { mayPatch: discovery.patch !== false, contested },
      );
    } catch (error) {
      if (!(error instanceof ConnectorError) || error.kind !== 'changed' || read >= maxReads) throw error;
      versionNeeded = error.status === 428;
      contested = error.status === 412;
    }
  }
}

/** Whether the operations say what a whole attribute is, so that what somebody else added meanwhile would be lost. */
const replacesAll = (operations: PatchOperation[]) =>
  operations.some(({ op, path, value }) => (op === 'replace' && Array.isArray(value)) || (op === 'remove' && !path?.includes('[')));

async function write(
  session: Session<ScimSettings>,
  change: Change,
  fresh: Fresh,
  { mayPatch, contested }: { mayPatch: boolean; contested: boolean },
): Promise<Answer> {
  let refusal: ConnectorError | null = null;
  let unchanged: Answer | null = null;
  for (const operations of mayPatch ? change.patches(fresh.resource) : []) {
    try {
      const answer = await send(
        session,
        'patch',
        change,
        { schemas: [patchOp], Operations: operations },
        contested && !replacesAll(operations) ? '*' : fresh.etag,
      );
      if (answer.changed !== false) return answer;
      unchanged = answer;
    } catch (error) {
      if (!isRefusedForm(error)) throw error;
      refusal = error;
      if (error.kind !== 'refused') break;
    }
  }
  if (unchanged !== null) return unchanged;
  const replaced = change.replaced(fresh.resource);
  if (replaced === null) {
    throw (
      refusal ??
      new ConnectorError(
        'unsupported',
        'The app takes no single changes, and replacing this record could lose what it does not show. Nothing was changed.',
      )
    );
  }
  return send(session, 'put', change, replaced, fresh.etag);
}

/** PATCH refused for its form or altogether, while the record is there: another way may be taken. */
function isRefusedForm(error: unknown): error is ConnectorError {
  if (!(error instanceof ConnectorError)) return false;
  const notImplemented = error.kind === 'right' && /not (implemented|supported|allowed for this)/i.test(error.detail ?? '');
  return ['refused', 'unsupported', 'missing'].includes(error.kind) || notImplemented;
}

async function send(
  session: Session<ScimSettings>,
  method: 'patch' | 'put',
  change: Change,
  body: unknown,
  etag: string | null,
): Promise<Answer> {
  const headers = etag === null ? scimHeaders : { ...scimHeaders, 'if-match': etag };
  const response = await session.http[method](resourcePath(change.endpoint, change.id), body, { headers, repeatable: true });
  const shown = response.body.length === 0 ? null : recordOf(response.json);
  const isDone = shown !== null && idOf(shown) !== '' ? change.isDone(shown) : null;
  const { done, notDone } = change.words;
  const said = `The app answered ${response.status} to ${method.toUpperCase()}`;
  if (isDone === null) return { answered: `${said}.`, changed: null };
  return isDone ? { answered: `${said} and ${done}.`, changed: true } : { answered: `${said}, but ${notDone}.`, changed: false };
}

/** The record in an answer to a change; null when it is none, because a 2xx without a record is an answer too. */
function recordOf(json: () => unknown): Resource | null {
  try {
    const body = json();
    return isResource(body) ? body : null;
  } catch (error) {
    if (error instanceof ConnectorError) return null;
    throw error;
  }
}

/** A record as it may be sent back: without what only the server writes (RFC 7644, section 3.5.1). */
export function writable(resource: Resource): Resource {
  return Object.fromEntries(Object.entries(resource).filter(([name]) => !['meta', 'groups'].includes(name.toLowerCase())));
}
