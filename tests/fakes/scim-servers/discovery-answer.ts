import type { Behaviour } from './behaviour.ts';
import { enterpriseSchema, groupSchema, type Resource, userSchema } from './directory.ts';

/** ServiceProviderConfig and ResourceTypes (RFC 7643, sections 5 and 6); null for any other place, or when this server has none. */
export function discoveryAnswer(kind: string, behaviour: Behaviour): Resource | null {
  if (behaviour.noDiscovery) return null;
  if (kind === 'ServiceProviderConfig') {
    return {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
      patch: { supported: behaviour.patch !== false },
      bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
      filter: { supported: !behaviour.noFilter, maxResults: 200 },
      changePassword: { supported: false },
      sort: { supported: false },
      etag: { supported: (behaviour.etag ?? 'none') !== 'none' },
      authenticationSchemes: [
        { type: 'oauthbearertoken', name: 'OAuth Bearer Token', description: 'A token in the Authorization header.' },
      ],
    };
  }
  if (kind !== 'ResourceTypes') return null;
  const type = (name: string, schema: string, more: Resource = {}) => ({
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
    id: name,
    name,
    endpoint: `/${name}s`,
    description: `${name} accounts`,
    schema,
    ...more,
  });
  const types = [
    type('User', userSchema, { schemaExtensions: [{ schema: enterpriseSchema, required: false }] }),
    ...(behaviour.noGroups ? [] : [type('Group', groupSchema)]),
  ];
  return {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
    totalResults: types.length,
    startIndex: 1,
    itemsPerPage: types.length,
    Resources: types,
  };
}
