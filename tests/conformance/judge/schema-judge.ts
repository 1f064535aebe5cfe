import { Ajv, type ErrorObject } from 'ajv';
import formatsPlugin from 'ajv-formats';
import type { Judge } from './operation.ts';

type Schema = { [key: string]: any };

/** Makes judges of the schemas inside one document, each named by its JSON pointer (`#/components/schemas/User`). */
export function schemaJudge(document: object): (pointer: string) => Judge {
  const ajv = new Ajv({
    strict: false,
    allErrors: true,
    validateSchema: false,
    validateFormats: true,
    logger: false,
    unicodeRegExp: false,
  });
  (formatsPlugin as unknown as (ajv: Ajv) => void)(ajv);
  for (const format of [
    'int32',
    'int64',
    'float',
    'double',
    'byte',
    'binary',
    'password',
    'decimal',
    'uri',
    'uri-reference',
    'uri-template',
  ])
    ajv.addFormat(format, true);
  ajv.addSchema(document, 'vendor');
  const made = new Map<string, Judge>();
  return (pointer) => {
    const known = made.get(pointer);
    if (known) return known;
    const validate = ajv.getSchema(`vendor${pointer}`);
    if (!validate) throw new Error(`The description holds no schema at ${pointer}`);
    const judge: Judge = (value) => {
      const faults = validate(value) ? [] : (validate.errors ?? []).map(wordsOf);
      return [...faults, ...unknownProperties(document, at(document, pointer), value, '')];
    };
    made.set(pointer, judge);
    return judge;
  };
}

const wordsOf = (error: ErrorObject) =>
  `${error.instancePath || '(whole)'} ${error.message}${error.keyword === 'enum' ? `: ${JSON.stringify(error.params.allowedValues)}` : ''}`;

/** The part of a document at a JSON pointer (RFC 6901), as a URI fragment. */
export function at(document: object, pointer: string): Schema {
  return pointer
    .slice(2)
    .split('/')
    .map((part) => decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<Schema>((found, key) => found[key], document as Schema);
}

/** Names in a value that its schema does not know. Only where the schema lists properties and does not say that others may come. */
function unknownProperties(document: object, schema: Schema | undefined, value: unknown, place: string): string[] {
  if (!schema || typeof value !== 'object' || value === null) return [];
  const { properties, open, items } = merged(document, schema, new Set());
  if (Array.isArray(value))
    return items ? value.flatMap((each, index) => unknownProperties(document, items, each, `${place}/${index}`)) : [];
  const names = Object.keys(properties);
  if (open || names.length === 0) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    name in properties
      ? unknownProperties(document, properties[name], inner, `${place}/${name}`)
      : [`${place}/${name} is no property that the description knows`],
  );
}

function merged(
  document: object,
  schema: Schema,
  seen: Set<string>,
): { properties: Record<string, Schema>; open: boolean; items: Schema | null } {
  if (typeof schema.$ref === 'string') {
    if (seen.has(schema.$ref)) return { properties: {}, open: true, items: null };
    return merged(document, at(document, schema.$ref), new Set([...seen, schema.$ref]));
  }
  let properties: Record<string, Schema> = { ...schema.properties };
  let items: Schema | null = schema.items ?? null;
  let open =
    schema.additionalProperties === true || typeof schema.additionalProperties === 'object' || schema.patternProperties !== undefined;
  for (const part of [...(schema.allOf ?? []), ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]) {
    const inner = merged(document, part, seen);
    properties = { ...inner.properties, ...properties };
    items ??= inner.items;
    open ||= inner.open;
  }
  return { properties, open, items };
}
