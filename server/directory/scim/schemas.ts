import scimmy from 'scimmy';

/** One attribute as a schema defines it (RFC 7643 section 7). */
export type Attribute = {
  name: string;
  type: 'string' | 'boolean' | 'decimal' | 'integer' | 'dateTime' | 'binary' | 'reference' | 'complex';
  multiValued: boolean;
  description?: string;
  required: boolean;
  caseExact?: boolean;
  mutability: 'readOnly' | 'readWrite' | 'immutable' | 'writeOnly';
  returned: 'always' | 'never' | 'default' | 'request';
  uniqueness?: 'none' | 'server' | 'global';
  subAttributes?: Attribute[];
};

export type Schema = { id: string; name: string; description: string; attributes: Attribute[] };

/** What a connection can push: users and groups. `extensions` are the schemas beside the core one. */
export type ResourceKind = {
  name: 'User' | 'Group';
  endpoint: '/Users' | '/Groups';
  schema: Schema;
  extensions: Schema[];
  common: Attribute[];
};

/** A resource as JSON. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type Resource = { [key: string]: Json };

type Definition = { describe(): unknown };

function schemaOf(definition: Definition): Schema {
  // Through JSON, because the library's description reads its values from getters.
  return JSON.parse(JSON.stringify(definition.describe())) as Schema;
}

const plain = (name: string, type: Attribute['type'], more: Partial<Attribute> = {}): Attribute => ({
  name,
  type,
  multiValued: false,
  required: false,
  caseExact: true,
  mutability: 'readOnly',
  returned: 'default',
  uniqueness: 'none',
  ...more,
});

/** Attributes that every resource has, which no schema lists (RFC 7643 section 3.1). */
const common: Attribute[] = [
  plain('schemas', 'reference', { multiValued: true, returned: 'always' }),
  plain('id', 'string', { returned: 'always' }),
  plain('externalId', 'string', { mutability: 'readWrite' }),
  plain('meta', 'complex', {
    subAttributes: [
      plain('resourceType', 'string'),
      plain('created', 'dateTime'),
      plain('lastModified', 'dateTime'),
      plain('location', 'reference'),
      plain('version', 'string'),
    ],
  }),
];

/** A user name is unique in its connection; the library's description leaves that out. */
function userSchema(): Schema {
  const schema = schemaOf(scimmy.Schemas.User.definition);
  const attributes = schema.attributes.map(
    (each): Attribute => (each.name === 'userName' ? { ...each, required: true, uniqueness: 'server' } : each),
  );
  return { ...schema, attributes };
}

export const userKind: ResourceKind = {
  name: 'User',
  endpoint: '/Users',
  schema: userSchema(),
  extensions: [schemaOf(scimmy.Schemas.EnterpriseUser.definition)],
  common,
};

export const groupKind: ResourceKind = {
  name: 'Group',
  endpoint: '/Groups',
  schema: schemaOf(scimmy.Schemas.Group.definition),
  extensions: [],
  common,
};

export const enterpriseUrn = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** An attribute by its name, whatever its capitals (RFC 7643 section 2.1). */
export const attributeNamed = (attributes: readonly Attribute[] | undefined, name: string): Attribute | undefined => {
  const wanted = name.toLowerCase();
  return attributes?.find((each) => each.name.toLowerCase() === wanted);
};

/** An attribute of the core schema, or one that every resource has. */
export const coreAttribute = (kind: ResourceKind, name: string): Attribute | undefined =>
  attributeNamed(kind.common, name) ?? attributeNamed(kind.schema.attributes, name);

export const extensionOf = (kind: ResourceKind, urn: string): Schema | undefined =>
  kind.extensions.find(({ id }) => id.toLowerCase() === urn.toLowerCase());
