import { z } from 'zod';
import { exampleOf } from './example-of.ts';

type Json = {
  type?: string | string[];
  format?: string;
  properties?: Record<string, Json>;
  items?: Json;
  anyOf?: Json[];
  required?: string[];
};

/** Where a body holds ids: the steps to each, `*` for any element of a list. */
export function idPlaces(schema: z.ZodType): string[][] {
  return placesIn(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Json);
}

function placesIn(json: Json, path: string[] = []): string[][] {
  if (json.format === 'uuid') return [path];
  return [
    ...Object.entries(json.properties ?? {}).flatMap(([name, inner]) => placesIn(inner, [...path, name])),
    ...(json.items ? placesIn(json.items, [...path, '*']) : []),
    ...(json.anyOf ?? []).flatMap((inner) => placesIn(inner, path)),
  ];
}

/** A body that the schema accepts, with `id` at one place and `uuid` at the others. */
export function bodyWith(schema: z.ZodType, place: string[], id: string, uuid: string): unknown {
  const body = structuredClone(exampleOf(schema, uuid)) as Record<string, unknown>;
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Json;
  return put(body, json, place, id, uuid);
}

function put(value: unknown, json: Json, place: string[], id: string, uuid: string): unknown {
  const [step, ...rest] = place;
  if (step === undefined) return id;
  const inner = (json.anyOf ?? [json]).find((each) => (step === '*' ? each.items : each.properties?.[step]))!;
  if (step === '*') return [put(exampleIn(inner.items!, uuid), inner.items!, rest, id, uuid)];
  const object = (value ?? exampleIn(inner, uuid)) as Record<string, unknown>;
  return { ...object, [step]: put(object[step], inner.properties![step]!, rest, id, uuid) };
}

/** What an object of a JSON schema must hold, in small. */
function exampleIn(json: Json & { enum?: unknown[]; const?: unknown }, uuid: string): unknown {
  if (json.const !== undefined) return json.const;
  if (json.enum) return json.enum[0];
  if (json.anyOf) return exampleIn(json.anyOf[0]!, uuid);
  if (json.properties) return Object.fromEntries((json.required ?? []).map((name) => [name, exampleIn(json.properties![name]!, uuid)]));
  if (json.items) return [];
  return json.format === 'uuid' ? uuid : json.type === 'boolean' ? true : json.type === 'integer' || json.type === 'number' ? 1 : 'Example';
}
