type Shape<I = unknown, O = unknown> = { _zod: { input: I; output: O } };

type InputOf<Route, Name extends PropertyKey> = Name extends keyof Route
  ? [NonNullable<Route[Name]>] extends [never]
    ? undefined
    : NonNullable<Route[Name]> extends Shape<infer I>
      ? I
      : undefined
  : undefined;

type Part<Name extends string, Value> = [Value] extends [undefined]
  ? unknown
  : Record<never, never> extends Value
    ? { [Key in Name]?: Value }
    : { [Key in Name]: Value };

type FilePart<Route> = Route extends { upload?: infer Limit }
  ? [NonNullable<Limit>] extends [never]
    ? unknown
    : { file: Blob | FormData }
  : unknown;

/** A file that the server sent. */
export type FileAnswer = { name: string; blob: Blob };

/** What a route takes: `params`, `query`, `body` as its shapes say, `file` where it takes an upload. */
export type CallInput<Route> = Part<'params', InputOf<Route, 'params'>> &
  Part<'query', InputOf<Route, 'query'>> &
  Part<'body', InputOf<Route, 'body'>> &
  FilePart<Route>;

/** What a route answers; undefined where it answers nothing. */
export type CallOutput<Route> = Route extends { output?: infer Output }
  ? [NonNullable<Output>] extends [never]
    ? undefined
    : NonNullable<Output> extends 'file'
      ? FileAnswer
      : NonNullable<Output> extends Shape<unknown, infer O>
        ? O
        : undefined
  : undefined;

/** The rest of the arguments: the input may be left out where nothing in it is needed. */
export type CallArguments<Route, More> =
  Record<never, never> extends CallInput<Route> ? [input?: CallInput<Route> & More] : [input: CallInput<Route> & More];
