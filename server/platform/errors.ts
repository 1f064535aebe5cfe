/** One thing wrong with one field or row of what was sent. `row` counts as the file's reader sees it (the heading is row 1). */
export type Problem = { field?: string; row?: number; value?: string; message: string };

/**
 * What the product answers when it does not do what was asked: a stable code, a public text that tells a person what to do,
 * and optionally an internal text that only the log sees. Rendered as problem+json (RFC 9457).
 */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly problems: Problem[];
  readonly internal: string | undefined;

  constructor(status: number, code: string, message: string, more: { problems?: Problem[]; internal?: string; cause?: unknown } = {}) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.name = 'Refusal';
    this.status = status;
    this.code = code;
    this.problems = more.problems ?? [];
    this.internal = more.internal;
  }
}

/** 404. Also for what belongs to another organization or is hidden from the reader: the answer never tells which. */
export const notFound = (thing: string) => new Refusal(404, 'not_found', `There is no such ${thing} here.`);

/** 403: who is asking is known and may not. */
export const forbidden = (message: string) => new Refusal(403, 'forbidden', message);

/** 409: right in form, but not in the present state of things. */
export const conflict = (code: string, message: string) => new Refusal(409, code, message);

/** 422: what was sent is wrong; each problem names its field or row and the mend. */
export const invalid = (code: string, message: string, problems: Problem[] = []) => new Refusal(422, code, message, { problems });
