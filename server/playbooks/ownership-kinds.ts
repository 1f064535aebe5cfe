import { appOwnership, deputyOwnership, serviceAccountOwnership } from '../apps/index.ts';
import { reportsOwnership } from '../people/index.ts';
import type { OwnershipKind } from '../platform/ownerships.ts';
import { taskOwnership } from '../tasks/index.ts';

/** Every kind of responsibility that an exit hands over; one line per kind. */
export const ownershipKinds: readonly OwnershipKind[] = [
  appOwnership,
  deputyOwnership,
  serviceAccountOwnership,
  reportsOwnership,
  taskOwnership,
];

export const ownershipKind = (kind: string): OwnershipKind => {
  const found = ownershipKinds.find((each) => each.kind === kind);
  if (!found) throw new Error(`No ownership is of the kind ${kind}.`);
  return found;
};
