import { ScimError } from '../scim/scim-error.ts';
import { etagOf } from './show-resources.ts';

const tags = (header: string) => header.split(',').map((each) => each.trim().replace(/^W\//i, ''));

/** Whether a list of validators names this version. Compared weakly: a connection may send W/"3", "3" or *. */
export const namesVersion = (header: string, stored: { version: number }): boolean =>
  tags(header).some((tag) => tag === '*' || tag === etagOf(stored).slice(2));

/** Refuses (412) a change meant for another version than the present one (RFC 7644 section 3.14). */
export function refuseOtherVersion(ifMatch: string | null, stored: { version: number }): void {
  if (ifMatch && !namesVersion(ifMatch, stored))
    throw new ScimError(412, null, `The resource has been changed since: its version is ${etagOf(stored)}. Read it again.`);
}
