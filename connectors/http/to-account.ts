import { type AccountRecord, ConnectorError, type EntitlementRecord, textOf, unknownAccount } from '../kit/index.ts';
import type { Choice, Description } from './description.ts';
import { valueAt } from './value-at.ts';

type Fields = Description['accounts']['fields'];

/** Reads an account as the description says where each value stands. What is not described, or not there, is unknown. */
export function toAccount(item: unknown, fields: Fields, held: EntitlementRecord[] | null): AccountRecord {
  const text = (path: string | undefined) => (path === undefined ? null : textOf(valueAt(item, path)));
  const id = text(fields.id);
  if (id === null)
    throw new ConnectorError('broken', `An account of the answer has no id at ${fields.id}. Correct "id" in the description.`);
  return {
    ...unknownAccount(id),
    userName: text(fields.userName),
    addresses: addressesOf(item, fields),
    displayName: text(fields.displayName),
    givenName: text(fields.givenName),
    familyName: text(fields.familyName),
    employeeNumber: text(fields.employeeNumber),
    status: statusOf(item, fields.status),
    isAdmin: flagOfChoice(item, fields.isAdmin),
    isService: flagOfChoice(item, fields.isService),
    secondFactor: flagOfChoice(item, fields.secondFactor),
    isExternal: flagOfChoice(item, fields.isExternal),
    lastActivityAt: fields.lastActivity === undefined ? null : whenOf(valueAt(item, fields.lastActivity)),
    entitlements: entitlementsOf(item, fields, held),
  };
}

function addressesOf(item: unknown, { address, addresses }: Fields): string[] {
  const several = addresses === undefined ? [] : valueAt(item, addresses);
  const all = [address === undefined ? undefined : valueAt(item, address), ...(Array.isArray(several) ? several : [several])];
  return [...new Set(all.filter((each): each is string => typeof each === 'string' && /^[^\s@]+@[^\s@]+$/.test(each)))];
}

function statusOf(item: unknown, field: Fields['status']): AccountRecord['status'] {
  if (field === undefined) return null;
  if (typeof field === 'string') {
    const value = valueAt(item, field);
    return typeof value === 'boolean' ? (value ? 'active' : 'suspended') : null;
  }
  const value = valueAt(item, field.from);
  if (isAmong(value, field.active)) return 'active';
  if (isAmong(value, field.suspended)) return 'suspended';
  return field.otherwise ?? null;
}

function flagOfChoice(item: unknown, field: string | Choice | undefined): boolean | null {
  if (field === undefined) return null;
  if (typeof field === 'string') {
    const value = valueAt(item, field);
    return typeof value === 'boolean' ? value : null;
  }
  const value = valueAt(item, field.from);
  const parts = field.split === undefined || typeof value !== 'string' ? [value] : value.split(field.split);
  if (parts.some((part) => isAmong(part, field.yes))) return true;
  if (parts.some((part) => isAmong(part, field.no))) return false;
  return field.otherwise === undefined ? null : field.otherwise === 'yes';
}

/** Whether a value is one of those written; nothing there is written as an empty text. */
const isAmong = (value: unknown, wanted: (string | number | boolean)[] | undefined): boolean =>
  wanted?.some((each) => String(each) === String(value ?? '')) ?? false;

/** ISO 8601, or seconds or milliseconds since 1970. 0 and nothing: not known. */
function whenOf(value: unknown): Temporal.Instant | null {
  try {
    const number = typeof value === 'number' ? value : typeof value === 'string' && /^\d{9,14}$/.test(value) ? Number(value) : null;
    if (number !== null)
      return number > 0 ? Temporal.Instant.fromEpochMilliseconds(Math.round(number > 1e11 ? number : number * 1_000)) : null;
    return typeof value === 'string' && value !== ''
      ? Temporal.Instant.from(/(?:Z|[+-]\d\d:?\d\d)$/.test(value) ? value : `${value.replace(' ', 'T')}Z`)
      : null;
  } catch {
    return null;
  }
}

function entitlementsOf(item: unknown, { entitlements }: Fields, held: EntitlementRecord[] | null): EntitlementRecord[] | null {
  if (entitlements === undefined) return held;
  const own = entitlements.flatMap(({ kind, from, id, name, split }): EntitlementRecord[] => {
    const value = valueAt(item, from);
    const parts = Array.isArray(value)
      ? value
      : typeof value === 'string' && split !== undefined
        ? value.split(split).filter(Boolean)
        : value === undefined
          ? []
          : [value];
    return parts.flatMap((part) => {
      const externalId = textOf(typeof part === 'object' && part !== null ? valueAt(part, id ?? 'id') : part);
      if (externalId === null) return [];
      const shown = typeof part === 'object' && part !== null && name !== undefined ? textOf(valueAt(part, name)) : null;
      return [{ kind, externalId, name: shown ?? externalId }];
    });
  });
  return [...own, ...(held ?? [])];
}
