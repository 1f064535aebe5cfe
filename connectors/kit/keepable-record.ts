import { plainText } from './plain-text.ts';
import type { AccountRecord, EntitlementRecord } from './records.ts';

const longestId = 500;
const longestName = 300;
const longestNumber = 100;
const longestAddress = 320;
const mostAddresses = 50;
const mostEntitlements = 5_000;

/** An id is kept as it came or not at all: a changed one would be somebody else's. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const isKeepableId = (id: string) => id !== '' && id.length <= longestId && id.isWellFormed() && !/[\u0000-\u001f\u007f]/.test(id);

const name = (text: string | null) => (text === null ? null : plainText(text, longestName) || null);

/**
 * A record from outside as it can be kept: names are shortened and cleaned. `record` is null when its id cannot be kept; `leftOut` counts
 * addresses and entitlements that cannot be kept or are too many. What identifies (user name, number, address, id) is never altered: a user
 * name or number that cannot be kept counts as not told.
 */
export function keepableRecord(record: AccountRecord): { record: AccountRecord | null; leftOut: number } {
  if (!isKeepableId(record.externalId)) return { record: null, leftOut: 0 };
  const addresses = record.addresses.filter((address) => address.length <= longestAddress && isKeepableId(address)).slice(0, mostAddresses);
  const entitlements = record.entitlements?.filter(({ externalId }) => isKeepableId(externalId)).slice(0, mostEntitlements) ?? null;
  return {
    record: {
      ...record,
      userName: record.userName !== null && isKeepableId(record.userName) ? record.userName : null,
      addresses,
      displayName: name(record.displayName),
      givenName: name(record.givenName),
      familyName: name(record.familyName),
      employeeNumber:
        record.employeeNumber?.length && record.employeeNumber.length <= longestNumber && isKeepableId(record.employeeNumber)
          ? record.employeeNumber
          : null,
      entitlements: entitlements?.map(keepableEntitlement) ?? null,
      etag: record.etag !== null && isKeepableId(record.etag) ? record.etag : null,
    },
    leftOut: record.addresses.length - addresses.length + (record.entitlements?.length ?? 0) - (entitlements?.length ?? 0),
  };
}

/** Those that can be kept, with their names shortened and cleaned. */
export const keepableEntitlements = (entitlements: EntitlementRecord[]): EntitlementRecord[] =>
  entitlements.filter(({ externalId }) => isKeepableId(externalId)).map(keepableEntitlement);

const keepableEntitlement = (entitlement: EntitlementRecord): EntitlementRecord => ({
  ...entitlement,
  kind: plainText(entitlement.kind, longestNumber),
  name: plainText(entitlement.name, longestName) || entitlement.externalId,
});
