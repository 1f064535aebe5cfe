import { Refusal } from '../errors.ts';

/** The bytes of a request's body. Refuses (413) what is larger than `limit` bytes as soon as that is known. */
export async function readBytes(request: Request, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const tooLarge = () => new Refusal(413, 'too_large', `That is larger than ${Math.round(limit / 1024 / 1024)} MB. Nothing was read.`);
  if (Number(request.headers.get('content-length') ?? 0) > limit) throw tooLarge();
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of request.body ?? []) {
    size += part.length;
    if (size > limit) throw tooLarge();
    parts.push(part);
  }
  return new Uint8Array(Buffer.concat(parts));
}
