/** What an account is, for the list of findings. */
export type AccountClass = 'fine' | 'zombie' | 'orphan' | 'service' | 'suspended' | 'unknown';

export type AccountToClassify = {
  status: 'active' | 'suspended' | 'gone' | null;
  /** Somebody decided that it belongs to a machine or to many people; `serviceOwnerName` is the human owner, null when there is none. */
  isService: boolean;
  serviceOwnerName?: string | null;
  /** Where it was seen, to go on after "Active in": "the list of 20 Nov", "Chat, read 20 Nov, 14:02". */
  seenIn: string;
  /** False when the source cannot tell active from suspended at all (a list without such a column). */
  sourceTellsStatus: boolean;
  /** When it was last used, in words ("in March", "on 3 Nov"); null where nobody says. */
  lastUsed?: string | null;
  /** Why a person is only suggested, or why it looks like a service. */
  suggestion?: string | null;
};

/** The person of the account; null when there is none for certain. `leftWords` begins a sentence, as `hasLeft` gives it. */
export type AccountHolder = { name: string; left: boolean | null; leftWords: string } | null;

/**
 * What an account is, with the reason in one plain sentence or two. Suspended accounts are no zombies. A status nobody knows is no "active":
 * the account is unknown, unless its source lists accounts without any status; then standing on the list is what is known.
 */
export function classifyAccount(account: AccountToClassify, person: AccountHolder): { kind: AccountClass; reason: string } {
  const { status, isService, serviceOwnerName, seenIn, sourceTellsStatus, lastUsed, suggestion } = account;
  const used = lastUsed ? ` Last used ${lastUsed}.` : '';
  if (status === 'gone') return { kind: 'fine', reason: `Not in ${seenIn} any more.` };
  if (isService) {
    const owner = serviceOwnerName ? `${serviceOwnerName} answers for it.` : 'Nobody answers for it yet.';
    return { kind: 'service', reason: `Not a person's account. ${owner}` };
  }
  if (status === 'suspended') {
    const left = person?.left === true ? `${person.leftWords}. ` : '';
    return { kind: 'suspended', reason: `${left}Suspended in ${seenIn}.` };
  }
  const seen =
    status === 'active'
      ? `Active in ${seenIn}.`
      : sourceTellsStatus
        ? `Whether it is active is not known from ${seenIn}.`
        : `Stands in ${seenIn}, which does not say who is suspended.`;
  if (person === null) return { kind: 'orphan', reason: `Nobody we know owns it. ${suggestion ? `${suggestion} ` : ''}${seen}${used}` };
  if (person.left === null) return { kind: 'unknown', reason: `${person.leftWords}. ${seen}` };
  if (!person.left) return { kind: 'fine', reason: `${person.name} works here. ${seen}` };
  if (status === null && sourceTellsStatus) return { kind: 'unknown', reason: `${person.leftWords}. ${seen}` };
  return { kind: 'zombie', reason: `${person.leftWords}. ${seen}${used}` };
}
