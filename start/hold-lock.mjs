import { linkSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { fileFault } from './fault.mjs';

const HEARTBEAT_SECONDS = 5;
const SILENT_SECONDS = 60;

/**
 * Runs `work` while this process alone holds `file` (its process id is in it). Waits for another holder, telling so once through
 * `onWait`; takes over from one that has died or has been silent for a minute.
 */
export async function holdLock(file, onWait, work) {
  const own = `${file}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  try {
    writeFileSync(own, String(process.pid));
  } catch (error) {
    throw fileFault(error, 'Nothing can be installed or built here');
  }
  try {
    for (let told = false; !take(own, file); told = true) {
      if (isAbandoned(file)) remove(file);
      else {
        if (!told) onWait();
        await delay(200);
      }
    }
  } finally {
    rmSync(own, { force: true });
  }
  const heartbeat = setInterval(() => {
    const now = new Date();
    utimesSync(file, now, now);
  }, HEARTBEAT_SECONDS * 1000);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    rmSync(file, { force: true });
  }
}

function take(own, file) {
  try {
    linkSync(own, file);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

function isAbandoned(file) {
  try {
    if (Date.now() - statSync(file).mtimeMs > SILENT_SECONDS * 1000) return true;
    process.kill(Number(readFileSync(file, 'utf8')), 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}

/** Only a lock that is still abandoned once it is out of the way goes: another process may have taken over in between. */
function remove(file) {
  const aside = `${file}.${process.pid}.old`;
  try {
    renameSync(file, aside);
    if (!isAbandoned(aside)) linkSync(aside, file);
    rmSync(aside, { force: true });
  } catch (error) {
    if (error.code !== 'ENOENT' && error.code !== 'EEXIST') throw error;
  }
}
