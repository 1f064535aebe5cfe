import { isDeepStrictEqual } from 'node:util';
import { type AttributePath, isKnown, readPath } from './attribute-path.ts';
import { type Filter, readValueFilter } from './filter.ts';
import { fits } from './matches.ts';
import { readResource, readValue } from './read-resource.ts';
import type { Attribute, Json, Resource, ResourceKind } from './schemas.ts';
import { badRequest, ScimError } from './scim-error.ts';

type Fields = { [key: string]: Json };
type Operation = { op: 'add' | 'replace' | 'remove'; path: string | null; value: Json | undefined };
type Target = { path: AttributePath; filter: Filter | null };

const isObject = (value: Json | undefined): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
const patchUrn = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const mostOperations = 1_000;

/**
 * A resource after a PATCH (RFC 7644 section 3.5.2); the one given stays as it is. Takes also what Entra ID and Okta send: operations in capitals,
 * texts for booleans, bare texts for values with parts, paths as keys of a value without path, and paths to values that are not there yet.
 */
export function patchResource(resource: Resource, body: Json, kind: ResourceKind): Resource {
  const next = structuredClone(resource);
  for (const operation of readOperations(body)) apply(next, operation, kind);
  return readResource(next, kind);
}

function readOperations(body: Json): Operation[] {
  if (!isObject(body)) throw badRequest('invalidSyntax', 'The body must be a PatchOp.');
  const field = (from: Fields, name: string) => Object.entries(from).find(([key]) => key.toLowerCase() === name)?.[1];
  const schemas = field(body, 'schemas');
  if (schemas !== undefined && !(Array.isArray(schemas) && schemas.some((each) => String(each).toLowerCase() === patchUrn.toLowerCase())))
    throw badRequest('invalidSyntax', `schemas must name ${patchUrn}.`);
  const list = field(body, 'operations');
  if (!Array.isArray(list) || list.length === 0) throw badRequest('invalidSyntax', 'Operations must be a list of at least one operation.');
  if (list.length > mostOperations) throw new ScimError(413, 'tooMany', `At most ${mostOperations} operations are taken at once.`);
  return list.map((each) => {
    if (!isObject(each)) throw badRequest('invalidSyntax', 'Each operation must be an object.');
    const op = String(field(each, 'op') ?? '').toLowerCase();
    if (op !== 'add' && op !== 'replace' && op !== 'remove')
      throw badRequest('invalidSyntax', `"${op}" is no operation. Use add, replace or remove.`);
    const path = field(each, 'path');
    if (path !== undefined && path !== null && typeof path !== 'string') throw badRequest('invalidPath', 'path must be a text.');
    return { op, path: path ? path.trim() : null, value: field(each, 'value') };
  });
}

function apply(resource: Resource, { op, path, value }: Operation, kind: ResourceKind): void {
  if (path === null) {
    if (op === 'remove') throw badRequest('noTarget', 'A remove needs a path.');
    if (!isObject(value)) throw badRequest('invalidValue', 'Without a path, value must be an object of attributes.');
    for (const [key, each] of Object.entries(value)) {
      if (key.toLowerCase() === 'schemas') continue;
      const target = readTarget(key, kind);
      // An attribute that we do not know, or that is ours to write, is left out as in POST and PUT.
      if (!target || !isKnownOrForeign(target.path) || isReadOnly(target.path)) continue;
      write(resource, op, target, each);
    }
    return;
  }
  const target = readTarget(path, kind);
  if (!target || !isKnownOrForeign(target.path)) throw badRequest('invalidPath', `A ${kind.name} has no "${path}".`);
  if (isReadOnly(target.path)) throw badRequest('mutability', `"${path}" cannot be written.`);
  if (op === 'remove') remove(resource, target, value, path);
  else {
    if (value === undefined) throw badRequest('invalidValue', `${op} of "${path}" needs a value.`);
    write(resource, op, target, value);
  }
}

const isReadOnly = ({ definition, subDefinition }: AttributePath) =>
  definition?.mutability === 'readOnly' ||
  (definition !== undefined && !definition.multiValued && subDefinition?.mutability === 'readOnly');

const isKnownOrForeign = (path: AttributePath): boolean =>
  isKnown(path) || (path.urn !== null && path.definition === undefined && path.sub === null && path.attribute !== null);

function readTarget(text: string, kind: ResourceKind): Target | null {
  const bracket = text.indexOf('[');
  if (bracket < 0) {
    const path = readPath(text, kind);
    return path && { path, filter: null };
  }
  const end = text.lastIndexOf(']');
  const tail = /^(?:\.([$A-Za-z][\w$-]*))?$/.exec(text.slice(end + 1));
  const name = text.slice(0, bracket);
  const path = end > bracket && tail ? readPath(tail[1] ? `${name}.${tail[1]}` : name, kind) : null;
  if (!path?.definition?.multiValued) return null;
  return { path, filter: readValueFilter(text.slice(bracket + 1, end), name, kind).part };
}

/** The object that holds the attribute: the resource, or the extension, which is made where `make`. */
function holderOf(resource: Resource, urn: string | null, make: boolean): Fields | undefined {
  if (urn === null) return resource;
  if (!isObject(resource[urn]) && make) resource[urn] = {};
  return isObject(resource[urn]) ? resource[urn] : undefined;
}

function write(resource: Resource, op: 'add' | 'replace', { path, filter }: Target, value: Json): void {
  const { attribute, sub, definition } = path;
  if (attribute === null) {
    if (!isObject(value)) throw badRequest('invalidValue', `${path.urn} must be an object.`);
    const holder = holderOf(resource, path.urn, true)!;
    for (const [key, each] of Object.entries(value)) {
      const [name, subName] = key.split('.');
      const inner = { ...path, attribute: name!, sub: subName ?? null };
      writeIn(holder, op, inner, each);
    }
    return;
  }
  const holder = holderOf(resource, path.urn, true)!;
  if (filter && definition) writeFiltered(holder, op, { path, filter }, value);
  else if (sub !== null && definition?.multiValued) writeInEach(holder, attribute, sub, value);
  else writeIn(holder, op, path, value);
}

function writeIn(holder: Fields, op: 'add' | 'replace', { attribute, sub, definition }: AttributePath, value: Json): void {
  const name = attribute as string;
  if (sub !== null) {
    const parts = isObject(holder[name]) ? holder[name] : {};
    holder[name] = set({ ...parts }, sub, unwrapped(value));
    return;
  }
  if (!definition) {
    set(holder, name, value);
    return;
  }
  const read = readValue(value, definition, name);
  if (read === undefined) set(holder, name, null);
  else if (definition.multiValued) {
    const had = op === 'add' && Array.isArray(holder[name]) ? holder[name] : [];
    holder[name] = added(had, read as Json[]);
  } else if (definition.type === 'complex' && isObject(read)) {
    // A reference is one fact: another id does not keep the name of the one before.
    const other = isObject(holder[name]) && !(read.value !== undefined && read.value !== holder[name].value) ? holder[name] : {};
    holder[name] = { ...other, ...read };
  } else holder[name] = read;
}

/** `emails.value` without a filter: of every value; the first is made where there is none. */
function writeInEach(holder: Fields, attribute: string, sub: string, value: Json): void {
  const list = Array.isArray(holder[attribute]) ? holder[attribute] : [{}];
  holder[attribute] = list.map((each) => set({ ...(isObject(each) ? each : {}) }, sub, unwrapped(value)));
}

function writeFiltered(holder: Fields, op: 'add' | 'replace', { path, filter }: Target, value: Json): void {
  const { attribute, sub, definition } = path as { attribute: string; sub: string | null; definition: Attribute };
  const list = Array.isArray(holder[attribute]) ? holder[attribute] : [];
  const changed = (each: Fields): Fields => {
    if (sub !== null) return set({ ...each }, sub, unwrapped(value));
    const read = readValue(value, { ...definition, multiValued: false }, attribute);
    return isObject(read) ? (op === 'replace' ? { ...constraintsOf(filter as Filter), ...read } : { ...each, ...read }) : each;
  };
  if (!list.some((each) => fits(each, filter as Filter))) {
    const made = constraintsOf(filter as Filter);
    if (!made) throw badRequest('noTarget', `No value of ${attribute} fits the filter of the path.`);
    holder[attribute] = added(list, [changed(made)]);
    return;
  }
  const next = list.map((each) => (isObject(each) && fits(each, filter as Filter) ? changed(each) : each));
  const newPrimary = next.find((each, at) => isObject(each) && each.primary === true && !isDeepStrictEqual(each, list[at]));
  holder[attribute] = newPrimary ? onlyPrimary(next, newPrimary) : next;
}

/**
 * What a value must have for a filter to fit it, where the filter says so by equality of type, display or primary alone: the value that a client
 * means when it writes to `emails[type eq "work"].value` before there is one. Null for any other filter.
 */
function constraintsOf(filter: Filter): Fields | null {
  if (filter.is === 'and') {
    const parts = filter.parts.map(constraintsOf);
    return parts.every((part) => part !== null) ? Object.assign({}, ...parts) : null;
  }
  if (filter.is !== 'compare' || filter.operator !== 'eq' || filter.path.attribute === null) return null;
  const name = filter.path.attribute;
  if (!['type', 'display', 'primary'].includes(name)) return null;
  return { [name]: name === 'primary' ? String(filter.value).toLowerCase() === 'true' : filter.value };
}

function added(had: Json[], values: Json[]): Json[] {
  let list = had;
  const keys = new Set(had.map(keyOf));
  for (const value of values) {
    const key = keyOf(value);
    if (keys.has(key)) continue;
    keys.add(key);
    list = [...(isObject(value) && value.primary === true ? onlyPrimary(list, value) : list), value];
  }
  return list;
}

/** A member is the same by its id alone; other values by all they say. */
function keyOf(value: Json): string {
  if (!isObject(value)) return JSON.stringify(value);
  if (typeof value.value === 'string' && value.type !== undefined && ['user', 'group'].includes(String(value.type).toLowerCase()))
    return value.value;
  const parts = Object.entries(value).filter(([key]) => key !== '$ref' && key !== 'display');
  return parts.length === 1 && parts[0]![0] === 'value' ? String(value.value) : JSON.stringify(parts.sort(([a], [b]) => (a < b ? -1 : 1)));
}

const onlyPrimary = (list: Json[], primary: Json): Json[] =>
  list.map((each) => (isObject(each) && each !== primary && each.primary === true ? { ...each, primary: false } : each));

function remove(resource: Resource, { path, filter }: Target, value: Json | undefined, text: string): void {
  const { urn, attribute, sub, definition } = path;
  if (definition?.required && sub === null && !filter) throw badRequest('mutability', `"${text}" is required and cannot be removed.`);
  const holder = holderOf(resource, urn, false);
  if (!holder) return;
  if (attribute === null) delete resource[urn as string];
  else if (!Object.hasOwn(holder, attribute)) return;
  else if (!definition?.multiValued) {
    if (sub === null) delete holder[attribute];
    else if (isObject(holder[attribute])) set(holder[attribute], sub, null);
  } else {
    const list = Array.isArray(holder[attribute]) ? holder[attribute] : [];
    holder[attribute] = sub === null ? list.filter((each) => !isMeant(each, filter, value, definition)) : withoutSub(list, sub, filter);
  }
}

function isMeant(each: Json, filter: Filter | null, value: Json | undefined, definition: Attribute): boolean {
  if (filter) return fits(each, filter);
  if (value === undefined || value === null) return true;
  const given = (readValue(value, definition, definition.name) ?? []) as Json[];
  return given.some((one) =>
    isObject(one) && isObject(each) && one.value !== undefined ? one.value === each.value : isDeepStrictEqual(one, each),
  );
}

// A value of which only its label is left says nothing any more.
const withoutSub = (list: Json[], sub: string, filter: Filter | null): Json[] =>
  list
    .map((each) => (isObject(each) && (!filter || fits(each, filter)) ? set({ ...each }, sub, null) : each))
    .filter((each) => !isObject(each) || Object.keys(each).some((key) => !['type', 'primary', 'display'].includes(key)));

function set(fields: Fields, name: string, value: Json): Fields {
  if (value === null) delete fields[name];
  else Object.defineProperty(fields, name, { value, enumerable: true, writable: true, configurable: true });
  return fields;
}

// Some clients wrap a plain value: [{"value": "x"}].
const unwrapped = (value: Json): Json =>
  Array.isArray(value) && value.length === 1
    ? unwrapped(value[0]!)
    : isObject(value) && typeof value.value === 'string'
      ? value.value
      : value;
