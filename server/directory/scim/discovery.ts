import { groupKind, type Resource, type ResourceKind, type Schema, userKind } from './schemas.ts';

export const mostBulkOperations = 1_000;
export const mostPayloadBytes = 1_048_576;

const types = 'urn:ietf:params:scim:schemas:core:2.0:ResourceType';

/** What this server can do (RFC 7643 section 5). `base` is the address of /scim/v2. */
export const providerConfig = (base: string, mostResults: number): Resource => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
  documentationUri: `${base.replace(/\/scim\/v2$/, '')}/directory`,
  patch: { supported: true },
  bulk: { supported: true, maxOperations: mostBulkOperations, maxPayloadSize: mostPayloadBytes },
  filter: { supported: true, maxResults: mostResults },
  changePassword: { supported: false },
  sort: { supported: true },
  etag: { supported: true },
  authenticationSchemes: [
    {
      type: 'oauthbearertoken',
      name: 'Bearer token',
      description: 'The token of the connection, shown once when it was made.',
      specUri: 'https://www.rfc-editor.org/rfc/rfc6750',
      primary: true,
    },
  ],
  meta: { resourceType: 'ServiceProviderConfig', location: `${base}/ServiceProviderConfig` },
});

/** The kinds of resources (RFC 7643 section 6). */
export const resourceTypes = (base: string): Resource[] => [userKind, groupKind].map((kind) => resourceType(kind, base));

const resourceType = (kind: ResourceKind, base: string): Resource => ({
  schemas: [types],
  id: kind.name,
  name: kind.name,
  description: kind.schema.description,
  endpoint: kind.endpoint,
  schema: kind.schema.id,
  ...(kind.extensions.length > 0 ? { schemaExtensions: kind.extensions.map(({ id }) => ({ schema: id, required: false })) } : {}),
  meta: { resourceType: 'ResourceType', location: `${base}/ResourceTypes/${kind.name}` },
});

/** The schemas of users and groups (RFC 7643 section 7). */
export const schemas = (base: string): Resource[] =>
  [userKind, groupKind].flatMap((kind) => [kind.schema, ...kind.extensions]).map((schema) => described(schema, base));

const described = ({ id, name, description, attributes }: Schema, base: string): Resource => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:Schema'],
  id,
  name,
  description,
  attributes: attributes as unknown as Resource[],
  meta: { resourceType: 'Schema', location: `${base}/Schemas/${id}` },
});
