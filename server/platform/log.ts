import { type Logger, pino } from 'pino';

export type Log = Logger;

/** The server's log on standard error, one JSON object a line. Fields that may hold a secret are blanked. */
export const createLog = (level: string): Log =>
  pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: ['*.password', '*.token', '*.secret', '*.secrets', '*.authorization', '*.cookie', 'headers'], censor: '[hidden]' },
    },
    pino.destination({ dest: 2, sync: true }),
  );
