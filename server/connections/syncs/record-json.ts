import type { AccountRecord } from '../../../connectors/kit/index.ts';

/** A record as JSON keeps it: the instant as text. */
export const toJson = (record: AccountRecord) => ({ ...record, lastActivityAt: record.lastActivityAt?.toString() ?? null });

/** A record from the JSON that `toJson` gave. */
export function fromJson(value: unknown): AccountRecord {
  const record = value as ReturnType<typeof toJson>;
  return { ...record, lastActivityAt: record.lastActivityAt === null ? null : Temporal.Instant.from(record.lastActivityAt) };
}
