import { randomBytes } from 'node:crypto';

/** A UUID of version 7 (RFC 9562 section 5.7): ids go by the time they were made, so a list in their order is one in the order of arrival. */
export function newId(now: Temporal.Instant): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(now.epochMilliseconds, 0, 6);
  bytes[6] = 0x70 | (bytes[6]! & 0x0f);
  bytes[8] = 0x80 | (bytes[8]! & 0x3f);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
