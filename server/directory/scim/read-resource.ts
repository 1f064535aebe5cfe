import { type Attribute, attributeNamed, coreAttribute, extensionOf, type Json, type Resource, type ResourceKind } from './schemas.ts';
import { badRequest } from './scim-error.ts';

type Fields = { [key: string]: Json };

const isObject = (value: Json | undefined): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
const wrong = (name: string, words: string) => badRequest('invalidValue', `${name}: ${words}`);
const mostValues = 20_000;

/**
 * Takes a resource as a client sent it (POST, PUT) and gives it as it is kept: names in the capitals of the schema, values in its types, single
 * values where there may be many as lists, texts where a value has parts as its `value`. What is read-only, and what the core schema does not
 * know, is left out (RFC 7644 section 3.3); passwords are never kept. Extensions that we do not know are kept as sent.
 */
export function readResource(body: Json, kind: ResourceKind): Resource {
  if (!isObject(body)) throw badRequest('invalidSyntax', `The body is no ${kind.name}: it must be a JSON object.`);
  const resource: Resource = {};
  let declared: string[] = [];
  for (const [key, value] of Object.entries(body)) {
    if (/^urn:/i.test(key)) {
      const extension = extensionOf(kind, key);
      if (key.toLowerCase() === kind.schema.id.toLowerCase()) continue;
      if (!extension) {
        if (isObject(value) && Object.keys(value).length > 0) resource[key] = value;
        continue;
      }
      if (value === null) continue;
      if (!isObject(value)) throw wrong(key, 'this extension must be an object.');
      const read = readFields(value, extension.attributes, `${extension.id}:`);
      if (Object.keys(read).length > 0) resource[extension.id] = read;
      continue;
    }
    if (key.toLowerCase() === 'schemas') {
      declared = readSchemas(value, kind);
      continue;
    }
    const definition = coreAttribute(kind, key);
    if (!definition || definition.mutability === 'readOnly') continue;
    const read = readValue(value, definition, definition.name);
    if (read !== undefined && definition.mutability !== 'writeOnly') resource[definition.name] = read;
  }
  for (const definition of kind.schema.attributes) {
    const value = resource[definition.name];
    if (definition.required && (value === undefined || value === '')) throw wrong(definition.name, `a ${kind.name} needs one.`);
  }
  const holding = Object.keys(resource).filter((key) => /^urn:/i.test(key));
  return { schemas: [...new Set([kind.schema.id, ...declared, ...holding])], ...resource };
}

/** userName is required of a user (RFC 7643 section 4.1.1). */
function readSchemas(value: Json, kind: ResourceKind): string[] {
  const list = Array.isArray(value) ? value : [value];
  if (!list.every((each) => typeof each === 'string')) throw badRequest('invalidSyntax', 'schemas must be a list of URIs.');
  const known = list.map((urn) => extensionOf(kind, urn)?.id ?? urn);
  if (!known.some((urn) => urn.toLowerCase() === kind.schema.id.toLowerCase()))
    throw badRequest('invalidSyntax', `schemas must name ${kind.schema.id}.`);
  return known.filter((urn) => urn.toLowerCase() !== kind.schema.id.toLowerCase());
}

function readFields(value: Fields, attributes: readonly Attribute[] | undefined, prefix: string): Fields {
  const found: Fields = {};
  for (const [key, each] of Object.entries(value)) {
    const definition = attributeNamed(attributes, key);
    if (!definition) continue;
    // What the client says of a value (display, $ref) is kept with it, although the server is the one to know it.
    const read = readValue(each, definition, `${prefix}${definition.name}`);
    if (read !== undefined) found[definition.name] = read;
  }
  return found;
}

/** One value in the type of its attribute; undefined for none (null, an empty list). Throws 400 invalidValue. */
export function readValue(value: Json, definition: Attribute, name: string): Json | undefined {
  if (value === null) return undefined;
  if (!definition.multiValued) return readOne(Array.isArray(value) && value.length === 1 ? value[0]! : value, definition, name);
  const list = (Array.isArray(value) ? value : [value]).filter((each) => each !== null);
  if (list.length > mostValues) throw wrong(name, `at most ${mostValues} values are taken at once.`);
  const read = list.map((each) => readOne(each, definition, name)).filter((each) => each !== undefined);
  if (read.filter((each) => isObject(each) && each.primary === true).length > 1)
    throw wrong(name, 'only one value can be the primary one.');
  return read.length === 0 ? undefined : read;
}

function readOne(value: Json, definition: Attribute, name: string): Json | undefined {
  if (value === null) return undefined;
  switch (definition.type) {
    case 'complex': {
      if (typeof value === 'string' || typeof value === 'number') {
        const inner = attributeNamed(definition.subAttributes, 'value');
        if (!inner) throw wrong(name, 'this must be an object.');
        return value === '' ? undefined : { value: String(value) };
      }
      if (!isObject(value)) throw wrong(name, 'this must be an object.');
      const read = readFields(value, definition.subAttributes, `${name}.`);
      return Object.keys(read).length === 0 ? undefined : read;
    }
    case 'boolean': {
      if (typeof value === 'boolean') return value;
      const word = typeof value === 'string' ? value.trim().toLowerCase() : '';
      if (word === 'true' || word === 'false') return word === 'true';
      throw wrong(name, 'this must be true or false.');
    }
    case 'integer':
    case 'decimal': {
      const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
      if (typeof number !== 'number' || !Number.isFinite(number) || (definition.type === 'integer' && !Number.isInteger(number)))
        throw wrong(name, 'this must be a number.');
      return number;
    }
    case 'dateTime':
      if (typeof value !== 'string' || Number.isNaN(Date.parse(value))) throw wrong(name, 'this must be a date and time.');
      return value;
    default:
      if (typeof value === 'string') return value;
      if (typeof value === 'number') return String(value);
      // Some clients wrap a plain value: [{"value": "x"}].
      if (isObject(value) && typeof value.value === 'string') return value.value;
      throw wrong(name, 'this must be a text.');
  }
}
