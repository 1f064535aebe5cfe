import type { ProofDocument, ProofLine } from './proof-document.ts';

/** A running exit with a line of every status, for tests and for the look of the document. */
export function exampleProof(): ProofDocument {
  const read = (connection: string, at: string, observed: string) => ({ read: { connection, at, observed } });
  const verified = (id: string, subject: string, detail: string, at: string): ProofLine => ({
    id,
    subject,
    detail,
    status: 'verified',
    how: read(subject, at, 'suspended'),
    history: [],
  });
  const signedBy = { id: 'p-12', name: 'Ines Halvorsen' };
  return {
    format: 'groundcrew-proof-of-exit',
    version: 1,
    organization: 'Fernhill Instruments',
    person: { name: 'Rohan Devaraj', employeeNumber: '0417' },
    runId: '0199c0de-7f3a-7cc2-9b1e-5d2f8a417c33',
    playbook: { name: 'Leaver', version: 7 },
    cutOff: { instant: '2026-11-25T13:00:00Z', zone: 'Asia/Kolkata', place: 'Bengaluru', text: 'Wed 25 Nov 2026, 18:30 in Bengaluru' },
    generatedAt: '2026-11-26T08:12:31Z',
    asReadAt: '2026-11-26T08:10:00Z',
    status: 'open',
    sections: [
      {
        key: 'access',
        title: 'Access',
        signature: null,
        counts: { verified: 5, evidenced: 1, overridden: 1, unknown: 0, open: 0, waiting: 1, 'did-not-obey': 1 },
        lines: [
          verified('l1', 'Directory', 'r.devaraj', '2026-11-25T13:00:06Z'),
          verified('l2', 'Mail and calendar', 'rohan.devaraj@fernhill.example', '2026-11-25T13:00:31Z'),
          {
            id: 'l3',
            subject: 'Helpdesk',
            detail: 'r.devaraj',
            status: 'did-not-obey',
            how: read('Helpdesk', '2026-11-26T08:10:00Z', 'active, role Agent'),
            history: [
              { at: '2026-11-25T13:00:09Z', text: 'Asked to suspend the account. It answered “done” and changed nothing.' },
              { at: '2026-11-26T06:00:00Z', text: 'Lucia Ferrante, its owner, was asked to close it by hand.' },
            ],
          },
          {
            id: 'l4',
            subject: 'Badges',
            detail: 'Badge 2210, Bengaluru office',
            status: 'waiting',
            how: { open: { why: 'This app is worked by hand.', waitsFor: 'Arjun Pillai', due: '2026-11-26T11:30:00Z' } },
            history: [],
          },
          {
            id: 'l5',
            subject: 'Lab bench login',
            detail: 'bench-3, shared',
            status: 'overridden',
            how: {
              override: { by: 'Ines Halvorsen', at: '2026-11-25T14:58:40Z', reason: 'Shared by the bench, password changed at 20:20.' },
            },
            history: [],
          },
          {
            id: 'l6',
            subject: 'Phone system',
            detail: 'Extension 417',
            status: 'evidenced',
            how: {
              evidence: {
                by: 'Bram de Wilde',
                at: '2026-11-25T14:26:12Z',
                note: 'Extension removed, voicemail deleted.',
                files: [{ name: 'console.png', sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08' }],
                links: ['https://phones.fernhill.example/extensions?deleted=417'],
              },
            },
            history: [],
          },
          verified('l7', 'CRM', 'rohan.devaraj@fernhill.example', '2026-11-25T13:03:40Z'),
          verified('l8', 'Source code', 'rdevaraj', '2026-11-25T13:00:52Z'),
          verified('l9', 'Chat', '@rohan', '2026-11-25T13:01:10Z'),
        ],
      },
      {
        key: 'ownership',
        title: 'Ownership',
        signature: {
          signedBy,
          at: '2026-11-25T15:02:00Z',
          keyFingerprint: '7f3a91c2d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f',
        },
        counts: { verified: 2, evidenced: 0, overridden: 0, unknown: 1, open: 0, waiting: 0, 'did-not-obey': 0 },
        lines: [
          {
            id: 'o1',
            subject: 'Status page',
            detail: '',
            status: 'verified',
            how: read('Status page', '2026-11-25T13:00:10Z', 'owned by Bram de Wilde'),
            history: [],
          },
          {
            id: 'o2',
            subject: 'svc-ticket-sync',
            detail: 'Service account',
            status: 'verified',
            how: read('Directory', '2026-11-25T13:00:10Z', 'owned by Tomáš Havel'),
            history: [],
          },
          {
            id: 'o3',
            subject: 'Wiki spaces',
            detail: '',
            status: 'unknown',
            how: { unknown: { why: 'The app does not say who owns a space. Lucia Ferrante was asked and could not tell.' } },
            history: [],
          },
        ],
      },
    ],
    cannotBeKnown: [
      'Passwords he remembers. 2 shared ones were changed; 1 has no owner.',
      'Copies on devices of his own.',
      'Apps he signed up to with a private address.',
      'Helpdesk sessions opened before the cut-off.',
    ],
    auditHead: { hash: 'c0535e4be2b79ffd93291305436bf889314e4a3faec05ecffcbb7df31ad9e51a' },
  };
}
