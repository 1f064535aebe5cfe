import { randomUUID } from 'node:crypto';
import { readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Refusal } from '../platform/errors.ts';

const reasons: Record<string, string> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of the path is a file',
  EACCES: 'you may not',
  EPERM: 'you may not',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  ERR_ENCODING_INVALID_ENCODED_DATA: 'it is not UTF-8',
};

const why = (error: unknown): string => {
  const { code, message } = error as NodeJS.ErrnoException;
  return reasons[code ?? ''] ?? code ?? message;
};

/**
 * The text of a UTF-8 file, with its byte order mark where it has one. `missing` is answered where there is none, if it is given. Refuses
 * (`cannot_read`) with the reason; `end` says what did not happen.
 */
export function readText<T = never>(file: string, { missing, end }: { missing?: T; end: string }): string | T {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(file));
  } catch (error) {
    if (missing !== undefined && (error as NodeJS.ErrnoException).code === 'ENOENT') return missing;
    throw new Refusal(422, 'cannot_read', `${file} cannot be read: ${why(error)}. ${end}`);
  }
}

/**
 * Writes a file whole or not at all: into a file beside it, which then takes its place and its rights. A link is followed. Refuses
 * (`cannot_write`) with the reason; what is no usual file (a pipe, a device) is not replaced.
 */
export function writeText(file: string, text: string): void {
  let beside: string | null = null;
  try {
    const target = linkedFile(file);
    refuseSpecial(target);
    const mode = statSync(target, { throwIfNoEntry: false })?.mode;
    beside = path.join(path.dirname(target), `.${path.basename(target)}.${randomUUID().slice(0, 8)}`);
    writeFileSync(beside, text, { flag: 'wx', ...(mode === undefined ? {} : { mode: mode & 0o777 }) });
    renameSync(beside, target);
  } catch (error) {
    if (beside !== null) rmSync(beside, { force: true });
    if (error instanceof Refusal) throw error;
    throw new Refusal(422, 'cannot_write', `${file} cannot be written: ${why(error)}. Nothing was written.`);
  }
}

/** Refuses (`cannot_write`) what can be read or written and is neither file nor folder. */
export function refuseSpecial(file: string): void {
  const there = statSync(file, { throwIfNoEntry: false });
  if (!there || there.isFile() || there.isDirectory()) return;
  const words = `${file} cannot be written: it is no usual file. Nothing was written. Name a file, or leave it out to write to standard output.`;
  throw new Refusal(422, 'cannot_write', words);
}

function linkedFile(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}
