import { spawn } from 'node:child_process';
import os from 'node:os';

/** Runs a program with our own input and output, passes signals on to it, and gives its exit status (128 + signal when one ended it). */
export function runProgram(program, args, options = {}) {
  const child = spawn(program, args, { stdio: 'inherit', ...options });
  // A terminal sends the interrupt to the program too: passing it on would send it twice.
  const forward = (signal) => {
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, forward);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status, signal) => {
      for (const name of signals) process.off(name, forward);
      resolve(signal ? 128 + os.constants.signals[signal] : status);
    });
  });
}

/** Runs a program and keeps what it says: `{ status, said }`, stdout and stderr together unless `stdio` sends one elsewhere. */
export function captureProgram(program, args, options = {}) {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
  const parts = [];
  child.stdout?.on('data', (part) => parts.push(part));
  child.stderr?.on('data', (part) => parts.push(part));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status, signal) => {
      resolve({ status: signal ? 128 + os.constants.signals[signal] : status, said: Buffer.concat(parts).toString() });
    });
  });
}
