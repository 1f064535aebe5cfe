import type pg from 'pg';

// COPY over pg's own protocol connection: the driver hands these messages to whoever submitted the query.
type CopyConnection = {
  query(text: string): void;
  sync(): void;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
  sendCopyFail(reason: string): void;
  stream: { pause(): void; resume(): void; writableNeedDrain?: boolean; once(event: string, listener: () => void): void };
};
type Submittable = { submit(connection: CopyConnection): void };

const submit = (client: pg.Client | pg.PoolClient, query: object) =>
  (client as unknown as { query(query: Submittable): void }).query(query as Submittable);
const mostWaitingBytes = 4 * 1024 * 1024;

/**
 * The rows of `COPY … TO STDOUT` in PostgreSQL's text format, one row per chunk with its line feed: the form in which every type comes
 * back exactly. Reading slowly slows the server. Must be read to its end.
 */
export async function* copyOut(client: pg.Client | pg.PoolClient, statement: string): AsyncGenerator<Buffer> {
  const waiting: Buffer[] = [];
  let bytes = 0;
  let ended = false;
  let failure: Error | null = null;
  let connection: CopyConnection | null = null;
  let wake = () => {};
  submit(client, {
    submit(on: CopyConnection) {
      connection = on;
      on.query(statement);
    },
    handleCopyData(message: { chunk: Buffer }, on: CopyConnection) {
      // The driver reuses its buffer for what arrives next.
      waiting.push(Buffer.from(message.chunk));
      bytes += message.chunk.length;
      if (bytes > mostWaitingBytes) on.stream.pause();
      wake();
    },
    handleCommandComplete() {},
    handleReadyForQuery() {
      ended = true;
      wake();
    },
    handleError(error: Error) {
      failure = error;
      ended = true;
      wake();
    },
  });
  for (;;) {
    const parts = waiting.splice(0);
    bytes = 0;
    (connection as CopyConnection | null)?.stream.resume();
    yield* parts;
    if (waiting.length > 0) continue;
    if (failure) throw failure;
    if (ended) return;
    await new Promise<void>((resolve) => {
      wake = resolve;
      if (ended || waiting.length > 0) resolve();
    });
  }
}

/** Feeds rows in text format to `COPY … FROM STDIN`. Returns how many rows the server took. */
export function copyIn(client: pg.Client | pg.PoolClient, statement: string, rows: AsyncIterable<Buffer>): Promise<number> {
  return new Promise((resolve, reject) => {
    let taken = 0;
    let failure: Error | null = null;
    const feed = async (connection: CopyConnection) => {
      for await (const row of rows) {
        if (failure) return;
        connection.sendCopyFromChunk(row);
        if (connection.stream.writableNeedDrain) await new Promise<void>((drained) => connection.stream.once('drain', drained));
      }
      connection.endCopyFrom();
    };
    submit(client, {
      submit: (connection: CopyConnection) => connection.query(statement),
      handleCopyInResponse(connection: CopyConnection) {
        feed(connection).catch((error) => {
          failure = error;
          connection.sendCopyFail('the source ended');
        });
      },
      handleCommandComplete(message: { text: string }) {
        taken = Number(/^COPY (\d+)/.exec(message.text)?.[1] ?? 0);
      },
      handleReadyForQuery: () => (failure ? reject(failure) : resolve(taken)),
      handleError(error: Error) {
        failure ??= error;
        reject(failure);
      },
    });
  });
}
