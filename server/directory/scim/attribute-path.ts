import { type Attribute, attributeNamed, coreAttribute, extensionOf, type ResourceKind } from './schemas.ts';

/**
 * Where a value stands in a resource: `name.givenName`, `urn:…:User:manager.value`. `urn` null is the core schema. `attribute` null names an extension
 * as a whole. Definitions are undefined for what no schema of ours knows.
 */
export type AttributePath = {
  urn: string | null;
  attribute: string | null;
  sub: string | null;
  definition: Attribute | undefined;
  subDefinition: Attribute | undefined;
};

const word = /^[$A-Za-z][\w$-]*$/;

/**
 * Reads an attribute path (RFC 7644 section 3.10); null when it is malformed. Names take the capitals of the schema; those that are not known stay
 * as written.
 */
export function readPath(text: string, kind: ResourceKind): AttributePath | null {
  const { urn, rest } = splitUrn(text, kind);
  if (rest === '') return urn === null ? null : { urn, attribute: null, sub: null, definition: undefined, subDefinition: undefined };
  const [name, subName, ...more] = rest.split('.');
  if (more.length > 0 || !name || !word.test(name) || (subName !== undefined && !word.test(subName))) return null;
  const definition = urn === null ? coreAttribute(kind, name) : attributeNamed(extensionOf(kind, urn)?.attributes, name);
  const subDefinition = subName === undefined ? undefined : attributeNamed(definition?.subAttributes, subName);
  return {
    urn,
    attribute: definition?.name ?? name,
    sub: subName === undefined ? null : (subDefinition?.name ?? subName),
    definition,
    subDefinition,
  };
}

function splitUrn(text: string, kind: ResourceKind): { urn: string | null; rest: string } {
  if (!/^urn:/i.test(text)) return { urn: null, rest: text };
  const lower = text.toLowerCase();
  for (const schema of [kind.schema, ...kind.extensions]) {
    const id = schema.id.toLowerCase();
    if (lower !== id && !lower.startsWith(`${id}:`)) continue;
    return { urn: schema === kind.schema ? null : schema.id, rest: text.slice(id.length + 1) };
  }
  const last = text.lastIndexOf(':');
  return { urn: text.slice(0, last), rest: text.slice(last + 1) };
}

/** Whether a name or path of this kind exists at all. */
export const isKnown = ({ attribute, sub, definition, subDefinition }: AttributePath): boolean =>
  attribute === null || (definition !== undefined && (sub === null || subDefinition !== undefined));
