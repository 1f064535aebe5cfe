import path from 'node:path';
import { type Clock, fileClock, systemClock } from './clock.ts';
import { Refusal } from './errors.ts';

/** What the operator decides, read once from the environment. Nothing else in the server reads the environment. */
export type Config = {
  port: number;
  bind: string;
  dataFolder: string;
  /** Set when the operator brings a PostgreSQL of their own; else Groundcrew starts one in the data folder. */
  databaseUrl: string | null;
  /** The address people use, without a trailing slash. */
  publicUrl: string;
  secretKey: string | null;
  smtpUrl: string | null;
  allowPrivate: string[];
  /** A folder into which people lists are put by something else; null: none is watched. */
  peopleFolder: string | null;
  clock: Clock;
  /** A clock read from a file is in use (tests). */
  clockIsHeld: boolean;
  /** Trial switch: how eagerly crashed work is taken up again, in seconds. */
  supervisionSeconds: number;
  /** 'test' lets PostgreSQL skip flushing to disk; only for databases that may be lost. */
  durability: 'full' | 'test';
  logLevel: string;
};

/** Where the command line finds a running server. */
export type ClientConfig = { url: string; token: string | null };

function readPort(text: string | undefined): number {
  const port = Number(text ?? '4600');
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new Refusal(500, 'bad_configuration', `PORT is "${text}". It must be a number from 0 to 65535.`);
  }
  return port;
}

function readUrl(text: string, name: string): string {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
    throw new Refusal(500, 'bad_configuration', `${name} is "${text}". It must be an address such as https://ops.example.com.`);
  }
  return text.replace(/\/+$/, '');
}

/** Reads the configuration from an environment. Throws a Refusal that names the variable and the mend. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const port = readPort(env.PORT);
  return {
    port,
    bind: env.GROUNDCREW_BIND || '127.0.0.1',
    dataFolder: path.resolve(env.GROUNDCREW_DATA || path.join(import.meta.dirname, '..', '..', '.groundcrew')),
    databaseUrl: env.DATABASE_URL || null,
    publicUrl: readUrl(env.GROUNDCREW_URL || `http://localhost:${port}`, 'GROUNDCREW_URL'),
    secretKey: env.GROUNDCREW_SECRET_KEY || null,
    smtpUrl: env.SMTP_URL || null,
    allowPrivate: (env.GROUNDCREW_ALLOW_PRIVATE || '')
      .split(',')
      .map((entry) => entry.trim())
      .filter(Boolean),
    peopleFolder: env.GROUNDCREW_PEOPLE_FOLDER ? path.resolve(env.GROUNDCREW_PEOPLE_FOLDER) : null,
    clock: env.GROUNDCREW_CLOCK_FILE ? fileClock(env.GROUNDCREW_CLOCK_FILE) : systemClock,
    clockIsHeld: Boolean(env.GROUNDCREW_CLOCK_FILE),
    supervisionSeconds: Number(env.GROUNDCREW_SUPERVISION_SECONDS || '5'),
    durability: env.GROUNDCREW_DURABILITY === 'test' ? 'test' : 'full',
    logLevel: env.GROUNDCREW_LOG || 'info',
  };
}

/** Reads what the command line needs to speak with a running server. */
export function readClientConfig(env: NodeJS.ProcessEnv = process.env): ClientConfig {
  return {
    url: readUrl(env.GROUNDCREW_URL || `http://localhost:${readPort(env.PORT)}`, 'GROUNDCREW_URL'),
    token: env.GROUNDCREW_TOKEN || null,
  };
}

/** A value of the caller's own environment, for `{ env: NAME }` in files that the command line reads. */
export const readVariable = (name: string): string | undefined => process.env[name];
