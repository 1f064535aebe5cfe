import type { RunningVendor } from './vendor-fixture.ts';

/** What a vendor that tells people and keeps no accounts has in place of them. */
export const noAccounts: Pick<RunningVendor, 'account' | 'colleague' | 'entitlement' | 'missingId' | 'appGrant'> = {
  account: { id: '1', userName: 'person1@acme.example' },
  colleague: { id: '2', userName: 'person2@acme.example', address: 'person2@acme.example' },
  entitlement: null,
  missingId: '999999',
  appGrant: null,
};

export type Employee = {
  id: number;
  number: string;
  first: string;
  last: string;
  address: string;
  title: string;
  department: string;
  office: string;
  hired: string;
  ended: string | null;
  /** Is told as left although no day is. */
  left?: boolean;
  manager: { id: number; number: string; address: string } | null;
};

/** Somebody of a small company, the same in every HR system: 0 leads everybody, every twentieth has left. */
export const employee = (index: number): Employee => ({
  id: 1_000 + index,
  number: `E${index}`,
  first: 'Person',
  last: `Number ${index}`,
  address: `person${index}@acme.example`,
  title: index === 0 ? 'Managing director' : 'Engineer',
  department: index % 2 === 0 ? 'Sales' : 'Engineering',
  office: 'Berlin',
  hired: '2024-01-01',
  ended: index % 20 === 19 ? '2026-10-31' : null,
  manager: index === 0 ? null : { id: 1_000, number: 'E0', address: 'person0@acme.example' },
});
