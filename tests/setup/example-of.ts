import { z } from 'zod';

const texts = [
  'Example',
  'example',
  'a',
  'example@fernhill.example',
  'https://fernhill.example/x',
  '2026-11-27',
  '2026-11-27T17:00',
  '2026-11-27T17:00:00',
  '2026-11-27T16:00:00Z',
  '17:00',
  'Europe/Berlin',
  'people:read',
  '1',
  '019ad000-0000-7000-8000-000000000000',
  'Example of a text that is long enough for a reason or a secret',
  'A'.repeat(64),
];

// Kinds of schemas and what they hold inside (zod 4, `_zod.def`).
type Def = {
  type: string;
  shape?: Record<string, z.ZodType>;
  element?: z.ZodType;
  options?: z.ZodType[];
  innerType?: z.ZodType;
  in?: z.ZodType;
  out?: z.ZodType;
  left?: z.ZodType;
  right?: z.ZodType;
  items?: z.ZodType[];
  values?: unknown[];
  entries?: Record<string, unknown>;
  keyType?: z.ZodType;
  valueType?: z.ZodType;
  getter?: () => z.ZodType;
};

/**
 * A small value that a schema accepts, as it would be sent: only what is required. `uuid` stands wherever an id is asked for.
 * Throws where none of the tries fits; the caller then names an example by hand.
 */
export function exampleOf(schema: z.ZodType, uuid = '019ad000-0000-7000-8000-000000000000'): unknown {
  const def = schema._zod.def as unknown as Def;
  for (const candidate of candidates(def, uuid)) {
    if (schema.safeParse(candidate).success) return candidate;
  }
  throw new Error(`No example fits this ${def.type}: ${JSON.stringify(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }))}`);
}

function* candidates(def: Def, uuid: string): Generator<unknown> {
  const of = (inner: z.ZodType) => exampleOf(inner, uuid);
  switch (def.type) {
    case 'string':
      yield uuid;
      yield* texts;
      return;
    case 'number':
    case 'int':
      yield* [1, 0, 10, 0.5, 100, 1000, -1, '1'];
      return;
    case 'boolean':
      yield* [false, true, 'false'];
      return;
    case 'null':
      yield null;
      return;
    case 'optional':
    case 'default':
    case 'prefault':
      yield undefined;
      return;
    case 'nullable':
      yield of(def.innerType!);
      yield null;
      return;
    case 'nonoptional':
    case 'readonly':
    case 'catch':
      yield of(def.innerType!);
      return;
    case 'lazy':
      yield of(def.getter!());
      return;
    case 'literal':
      yield* def.values!;
      return;
    case 'enum':
      yield* Object.values(def.entries!);
      return;
    case 'array':
      yield [];
      yield [of(def.element!)];
      return;
    case 'tuple':
      yield def.items!.map(of);
      return;
    case 'record':
      yield {};
      yield { [String(of(def.keyType!))]: of(def.valueType!) };
      return;
    case 'union':
      for (const option of def.options!) yield of(option);
      return;
    case 'intersection':
      yield Object.assign({}, of(def.left!), of(def.right!));
      return;
    case 'pipe':
      yield of(def.in!);
      yield* ['true', 'false', '1', '2026-11-27'];
      return;
    case 'object':
      yield* objects(def.shape!, of);
      return;
    default:
      yield* [{}, 'Example', 1, null];
  }
}

// Only what is required first; then, for rules such as "at least one of", each optional field alone; then all.
function* objects(shape: Record<string, z.ZodType>, of: (schema: z.ZodType) => unknown): Generator<unknown> {
  const required: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(shape)) {
    const value = of(schema);
    if (value !== undefined) required[name] = value;
  }
  yield required;
  const filled: Record<string, unknown> = { ...required };
  for (const [name, schema] of Object.entries(shape)) {
    const { type, innerType } = schema._zod.def as unknown as Def;
    if (!['optional', 'default', 'prefault'].includes(type) || !innerType) continue;
    const value = of(innerType);
    yield { ...required, [name]: value };
    filled[name] = value;
  }
  yield filled;
}
