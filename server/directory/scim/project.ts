import { type AttributePath, readPath } from './attribute-path.ts';
import type { Json, Resource, ResourceKind } from './schemas.ts';

/** Which attributes an answer has (RFC 7644 section 3.9). Both null: all. */
export type Projection = { attributes: string[] | null; excludedAttributes: string[] | null };

type Fields = { [key: string]: Json };
const isObject = (value: Json | undefined): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
const always = new Set(['schemas', 'id']);

const pathsOf = (names: string[], kind: ResourceKind): AttributePath[] =>
  names.map((name) => readPath(name.trim(), kind)).filter((path): path is AttributePath => path !== null);

/** A resource with the attributes that were asked for. Id and schemas are always there; names that do not exist give nothing. */
export function project(resource: Resource, { attributes, excludedAttributes }: Projection, kind: ResourceKind): Resource {
  if (attributes) return pick(resource, pathsOf(attributes, kind));
  if (excludedAttributes) return drop(resource, pathsOf(excludedAttributes, kind));
  return resource;
}

/** Whether an answer so shaped has this attribute: what is not asked for need not be read. */
export function wants({ attributes, excludedAttributes }: Projection, name: string, kind: ResourceKind): boolean {
  const names = (list: string[]) => pathsOf(list, kind).filter(({ urn, sub }) => urn === null && (attributes !== null || sub === null));
  if (attributes) return names(attributes).some(({ attribute }) => attribute === name);
  return !(excludedAttributes && names(excludedAttributes).some(({ attribute }) => attribute === name));
}

function pick(resource: Resource, paths: AttributePath[]): Resource {
  const next: Resource = {};
  for (const [key, value] of Object.entries(resource)) {
    if (always.has(key)) next[key] = value;
    else if (/^urn:/i.test(key)) {
      const wanted = paths.filter(({ urn }) => urn?.toLowerCase() === key.toLowerCase());
      if (wanted.some(({ attribute }) => attribute === null)) next[key] = value;
      else if (wanted.length > 0 && isObject(value)) {
        const picked = pickFields(value, wanted);
        if (Object.keys(picked).length > 0) next[key] = picked;
      }
    } else
      Object.assign(
        next,
        pickFields(
          { [key]: value },
          paths.filter(({ urn }) => urn === null),
        ),
      );
  }
  return next;
}

function pickFields(fields: Fields, paths: AttributePath[]): Fields {
  const next: Fields = {};
  for (const [key, value] of Object.entries(fields)) {
    const wanted = paths.filter(({ attribute }) => attribute === key);
    if (wanted.length === 0) continue;
    const subs = wanted.map(({ sub }) => sub);
    next[key] = subs.includes(null)
      ? value
      : eachOf(value, (part) => Object.fromEntries(Object.entries(part).filter(([name]) => subs.includes(name))));
  }
  return next;
}

function drop(resource: Resource, paths: AttributePath[]): Resource {
  const next: Resource = {};
  for (const [key, value] of Object.entries(resource)) {
    if (always.has(key)) next[key] = value;
    else if (/^urn:/i.test(key)) {
      const unwanted = paths.filter(({ urn }) => urn?.toLowerCase() === key.toLowerCase());
      if (unwanted.some(({ attribute }) => attribute === null)) continue;
      next[key] = isObject(value) ? dropFields(value, unwanted) : value;
    } else
      Object.assign(
        next,
        dropFields(
          { [key]: value },
          paths.filter(({ urn }) => urn === null),
        ),
      );
  }
  return next;
}

function dropFields(fields: Fields, paths: AttributePath[]): Fields {
  const next: Fields = {};
  for (const [key, value] of Object.entries(fields)) {
    const subs = paths.filter(({ attribute }) => attribute === key).map(({ sub }) => sub);
    if (subs.includes(null)) continue;
    next[key] =
      subs.length === 0
        ? value
        : eachOf(value, (part) => Object.fromEntries(Object.entries(part).filter(([name]) => !subs.includes(name))));
  }
  return next;
}

const eachOf = (value: Json, change: (part: Fields) => Fields): Json =>
  Array.isArray(value) ? value.map((each) => (isObject(each) ? change(each) : each)) : isObject(value) ? change(value) : value;
