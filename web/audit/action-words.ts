const words: Record<string, string> = {
  'account.asked': 'Asked to close it by hand',
  'account.did-not-obey': 'The app did not obey',
  'account.evidenced': 'Evidence was given',
  'account.marked-service': 'Marked as a service account',
  'account.matched': 'Somebody said whose it is',
  'account.observed': 'Seen in the app',
  'account.reading': 'Read back, not settled yet',
  'account.reappeared': 'Active again',
  'account.restore-sent': 'The app was asked to restore it',
  'account.retrying': 'It is tried again',
  'account.suspend-sent': 'The app was asked to suspend it',
  'account.unknown': 'Could not be read',
  'account.unmarked-service': 'No service account any more',
  'account.unmatched': 'Somebody said whose it is not',
  'account.verified': 'Verified by a fresh read',
  'accounts.read': 'Accounts were read',
  'action.retried': 'Tried again by hand',
  'address-pattern.changed': 'How work addresses are made was changed',
  'app.archived': 'App taken out of the catalogue',
  'audit.values-erased': 'Values were erased from the audit',
  'connection.failed': 'The connection failed',
  'evidence.attached': 'Evidence was attached',
  'leaving.cancelled': 'Exit called off before the cut-off',
  'leaving.confirmed': 'Exit confirmed',
  'leaving.moved': 'Exit moved',
  'leaving.rescinded': 'Exit called off, access given back',
  'list.held': 'A list was held',
  'mail.failed': 'A message could not be sent',
  'mail.queued-again': 'A message was sent again',
  'mail.withheld': 'A message was withheld',
  'organization.created': 'The organization was made',
  'ownership.confirmed': 'A handover was confirmed',
  'ownership.decided': 'Somebody decided who takes over',
  'ownership.moved': 'Handed over',
  'people.import-discarded': 'A people list was let go',
  'people.import-held': 'A people list was held',
  'people.imported': 'A people list was taken in',
  'people.missing-decided': 'Decided who of the missing has left',
  'person.added': 'Person added',
  'person.erased': 'Data erased',
  'person.leave-ended': 'Leave of absence ended',
  'person.leave-set': 'Leave of absence set',
  'person.leaving-dates-cleared': 'Leaving dates taken back',
  'person.leaving-dates-set': 'Leaving dates set',
  'person.linked': 'Linked to who signs in here',
  'person.rehired': 'Came back: a new employment began',
  'playbook.changed': 'A playbook was changed',
  'plan.made': 'A plan was made',
  'plan.withdrawn': 'A plan was withdrawn',
  'proof.closed': 'The proof was closed',
  'proof.reopened': 'The proof was opened again',
  'proof.section-signed': 'A section of the proof was signed',
  'step.working': 'Step begun',
  'step.waiting': 'Step waits for somebody',
  'sync.confirmed': 'A held reading was confirmed',
  'sync.discarded': 'A reading was let go',
  'sync.failed': 'A reading failed',
  'sync.held': 'A reading was held',
  'task.escalated': 'Task passed on, because it was late',
  'task.reassigned': 'Task given to somebody else',
  'view.kept': 'A view of a list was kept',
  'view.removed': 'A kept view was removed',
};

/** What happened in words: `accounts.read` is “Accounts were read”, one without words of its own `app.added` “App added”. */
export function actionWords(action: string): string {
  const known = words[action];
  if (known !== undefined) return known;
  const plain = action.replaceAll(/[.-]/g, ' ');
  return plain.charAt(0).toUpperCase() + plain.slice(1);
}

const subjects: Record<string, string> = {
  action: 'an access change',
  handover: 'a handover',
  import: 'a people list',
  mail: 'a message',
  sync: 'a reading',
};

/** A thing without a name: “an erasure”. */
export const someSubject = (kind: string): string => subjects[kind] ?? `${/^[aeiou]/.test(kind) ? 'an' : 'a'} ${kind}`;
