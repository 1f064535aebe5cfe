import { z } from 'zod';

export const page = {
  limit: z.coerce.number().int().min(1).max(200).default(100),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
};
export const rowsOf = <T extends z.ZodType>(row: T) =>
  z.object({ rows: z.array(row), total: z.number(), nextOffset: z.number().nullable() });
/** A page of rows, with where the next one begins. */
export const paged = <Row>(found: { rows: Row[]; total: number }, { offset }: { offset: number }) => {
  const next = offset + found.rows.length;
  return { ...found, nextOffset: found.rows.length > 0 && next < found.total ? next : null };
};
export const changed = z.object({ ok: z.literal(true) });
export const personParams = z.object({ personId: z.uuid() });
export const nullable = z.string().nullable();
