import { randomUUID } from 'node:crypto';
import { type ZodError, z } from 'zod';
import { Refusal } from '../errors.ts';
import type { Log } from '../log.ts';

/** The body of every error answer (RFC 9457), with the product's stable `code` and the problems by field or row. */
export const problemBody = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  code: z.string(),
  detail: z.string(),
  reference: z.string(),
  problems: z.array(
    z.object({ field: z.string().optional(), row: z.number().optional(), value: z.string().optional(), message: z.string() }),
  ),
});

const titles: Record<number, string> = {
  400: 'This could not be read',
  401: 'Sign in first',
  403: 'Not allowed',
  404: 'Not found',
  409: 'Not possible at present',
  413: 'Too large',
  422: 'Something in it is wrong',
  429: 'Too many tries',
  503: 'Paused',
};

/** Turns what a schema refused into problems that name the field. */
export function refusalOfZod(error: ZodError): Refusal {
  const problems = error.issues.map((issue) => ({ field: issue.path.join('.') || undefined, message: plainWords(issue) }));
  return new Refusal(422, 'invalid_input', 'Something in what was sent is not as it should be. Nothing was changed.', { problems });
}

// A field without words of its own is refused in the words of the library; people read these instead.
function plainWords(issue: ZodError['issues'][number]): string {
  const isText = 'origin' in issue && issue.origin === 'string';
  if (issue.code === 'too_big' && issue.message.startsWith('Too big')) return `At most ${issue.maximum}${isText ? ' characters' : ''}.`;
  if (issue.code === 'too_small' && issue.message.startsWith('Too small')) {
    if (isText) return issue.minimum === 1 ? 'This must not be empty.' : `At least ${issue.minimum} characters.`;
    return `At least ${issue.minimum}.`;
  }
  return issue.message;
}

/** Renders any failure as problem+json. What is not a Refusal is logged with a reference and answered without detail. */
export function problemResponse(error: unknown, log: Log): Response {
  const reference = randomUUID().slice(0, 8);
  let refusal: Refusal;
  if (error instanceof Refusal) {
    refusal = error;
    if (refusal.status >= 500 || refusal.internal) log.warn({ reference, code: refusal.code, internal: refusal.internal }, refusal.message);
  } else {
    const known = databaseRefusal(error);
    if (known)
      log.warn({ reference, code: known.code, internal: known.internal, stack: (error as Error).stack }, 'the database refused a value');
    else log.error({ reference, problem: (error as Error)?.message, stack: (error as Error)?.stack }, 'a request failed');
    refusal =
      known ??
      new Refusal(
        500,
        'internal',
        `Something went wrong on our side. Nothing was changed. Try again; if it stays, look for ${reference} in the log.`,
      );
  }
  const body: z.infer<typeof problemBody> = {
    type: `urn:groundcrew:problem:${refusal.code}`,
    title: titles[refusal.status] ?? 'Something went wrong',
    status: refusal.status,
    code: refusal.code,
    detail: refusal.message,
    reference,
    problems: refusal.problems,
  };
  return new Response(JSON.stringify(body), {
    status: refusal.status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
  });
}

// What PostgreSQL refuses because of what was sent (SQLSTATE classes 22 and 23), in words; the rest is a fault of ours.
function databaseRefusal(error: unknown): Refusal | null {
  const code = (error as { code?: string })?.code;
  if (code === '23505')
    return new Refusal(409, 'already_there', 'There is one like this already. Nothing was changed.', {
      internal: (error as Error).message,
    });
  if (code === '23503')
    return new Refusal(404, 'not_found', 'Something that this refers to is not there. Nothing was changed.', {
      internal: (error as Error).message,
    });
  if (code === '22P02' || code === '22007' || code === '22008' || code === '22021' || code === '22P05') {
    return new Refusal(422, 'invalid_input', 'A value has a form that cannot be stored. Nothing was changed.', {
      internal: (error as Error).message,
    });
  }
  return null;
}
