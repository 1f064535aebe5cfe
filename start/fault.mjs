/** A fault that was to be expected: shown as its one line, never with a stack trace. */
export class Fault extends Error {}

/** The one line for a failed file operation; `what` is what was about to happen. */
export function fileFault(error, what) {
  const reasons = {
    EACCES: 'this user may not write there',
    EPERM: 'this user may not write there',
    EROFS: 'the disk is read-only',
    ENOSPC: 'the disk is full',
    EDQUOT: 'the disk quota is used up',
  };
  const reason = reasons[error?.code];
  return reason ? new Fault(`${what}: ${reason}${error.path ? ` (${error.path})` : ''}.`) : error;
}

/** Runs `work` and ends the process with its status; an expected fault is one line on stderr and status 1. */
export async function runCommand(work) {
  try {
    process.exitCode = await work();
  } catch (error) {
    console.error(error instanceof Fault ? `Groundcrew: ${error.message}` : error);
    process.exitCode = 1;
  }
}

/** Tells what is going on. On stderr, because stdout belongs to what is started. */
export function say(line) {
  console.error(`Groundcrew: ${line}`);
}
