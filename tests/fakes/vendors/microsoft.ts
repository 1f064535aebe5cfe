import { neededRights } from '../../../connectors/microsoft/rights.ts';
import { directoryRoutes } from './microsoft-directory.ts';
import { serviceRoutes } from './microsoft-services.ts';
import { clientId, domain, guid, type MicrosoftState, microsoftManners, microsoftState, tenantId, userId } from './microsoft-state.ts';
import { type FakeAnswer, type FakeRequest, startFake } from './start-fake.ts';
import { fixtureSecret, type RunningVendor, type VendorFixture } from './vendor-fixture.ts';

const configured = (address: string) => ({
  settings: { tenantId, clientId, baseUrl: `${address}/v1.0` },
  secrets: { clientSecret: fixtureSecret },
});

/** A token for the app's own secret, and for Graph alone. */
function exchange(state: MicrosoftState, { body, params }: FakeRequest): FakeAnswer {
  const refused = (status: number, error: string, error_description: string) => ({ status, body: { error, error_description } });
  if (params.tenant !== tenantId) return refused(400, 'invalid_request', `AADSTS90002: Tenant '${params.tenant}' not found.`);
  if (body.client_id !== clientId)
    return refused(
      400,
      'unauthorized_client',
      `AADSTS700016: Application with identifier '${body.client_id}' was not found in the directory.`,
    );
  if (body.client_secret !== fixtureSecret)
    return refused(
      401,
      'invalid_client',
      'AADSTS7000215: Invalid client secret provided. Ensure the secret being sent is the client secret value, not the ID.',
    );
  if (body.grant_type !== 'client_credentials' || body.scope !== 'https://graph.microsoft.com/.default')
    return refused(400, 'invalid_scope', 'AADSTS1002012: The provided value for scope is not valid.');
  const token = `eyJ-token-${state.tokens.size}`;
  state.tokens.add(token);
  return { body: { token_type: 'Bearer', expires_in: 3_599, ext_expires_in: 3_599, access_token: token } };
}

/** All rights, as Graph names them and as they are given to the app. */
function giveAllRights(state: MicrosoftState): void {
  const roles = neededRights.map(({ right }, index) => ({
    id: guid(10, index),
    value: right,
    displayName: right,
    isEnabled: true,
    allowedMemberTypes: ['Application'],
  }));
  state.programs.push({ id: guid(5, 3), appId: '00000003-0000-0000-c000-000000000000', displayName: 'Microsoft Graph', appRoles: roles });
  state.appRoles = roles.map(({ id }, index) => ({ id: `given-${index}`, appRoleId: id, principalId: guid(5, 2), resourceId: guid(5, 3) }));
}

/** A running fake of Microsoft Graph and its sign-in, with what stands in it. */
export async function startMicrosoft(accounts: number): Promise<RunningVendor & { state: MicrosoftState }> {
  const state = microsoftState(accounts);
  giveAllRights(state);
  const token = {
    method: 'POST',
    path: '/{tenant}/oauth2/v2.0/token',
    open: true as const,
    answer: (request: FakeRequest) => exchange(state, request),
  };
  const server = await startFake({ routes: [token, ...directoryRoutes(state), ...serviceRoutes(state)], manners: microsoftManners(state) });
  const somebody = (index: number) => ({ id: userId(index), userName: `person${index}@${domain}`, address: `person${index}@${domain}` });
  return {
    server,
    state,
    ...configured(server.address),
    account: somebody(1),
    colleague: somebody(2),
    entitlement: { kind: 'group', externalId: guid(2, 2), name: 'Spare' },
    missingId: userId(999_999),
    appGrant: { externalId: guid(6, 1), name: 'Notes for all' },
    changeSome: (count) => {
      for (let index = 10; index < 10 + count; index++) {
        const id = userId(index);
        if (index % 2 === 0) {
          state.users.get(id)!.department = 'Wings';
          state.log.push({ what: 'users', id });
        } else {
          state.members.get(guid(2, 2))!.add(id);
          state.log.push({ what: 'groups', id: guid(2, 2), member: id });
        }
      }
    },
  };
}

const graphDocumentation = 'https://learn.microsoft.com/graph/api';

export const fixture: VendorFixture = {
  description: {
    kind: 'openapi',
    files: ['msgraph/graph-v1.0-subset.openapi.json'],
    below: '/v1.0',
    undescribed: [
      { path: `/${tenantId}/`, source: 'https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow' },
      ...Object.entries({
        '/users/delta': 'user-delta',
        '/groups/delta': 'group-delta',
        '/users/{id}/memberOf': 'user-list-memberof',
        '/users/{id}/ownedObjects': 'user-list-ownedobjects',
        '/users/{id}/oauth2PermissionGrants': 'user-list-oauth2permissiongrants',
        '/users/{id}/mailboxSettings': 'user-update-mailboxsettings',
        '/users/{id}/drive': 'driveitem-invite',
        '/groups/{id}/members': 'group-list-members',
        '/roleManagement/': 'rbacapplication-list-roleassignments',
        '/oauth2PermissionGrants': 'oauth2permissiongrant-list',
        '/subscriptions': 'subscription-post-subscriptions',
        '/reports/authenticationMethods/': 'authenticationmethodsroot-list-userregistrationdetails',
        '/directory/deletedItems/': 'directory-deleteditems-get',
      }).map(([path, page]) => ({ path: `/v1.0${path}`, source: `${graphDocumentation}/${page}` })),
    ],
    forgiven: [
      { fault: '/@odata.context is no property', why: 'every answer of Graph carries it (OData 4.01 JSON, section 4.5.1)' },
      { fault: '/@odata.nextLink is no property', why: 'every page but the last carries it (https://learn.microsoft.com/graph/paging)' },
      { fault: '/value/n/@odata.type is no property', why: 'objects of several types in one list carry theirs' },
      { fault: "must have required property 'id'", why: 'Graph gives the id itself: it is read-only' },
      { fault: 'events/{id_1}/cancel answer: the description knows no 202', why: `${graphDocumentation}/event-cancel says 202` },
      {
        fault: 'PATCH /v1.0/users/{id}/events/{id_1} answer: the description knows no 200',
        why: `${graphDocumentation}/event-update says 200`,
      },
    ],
  },
  configured,
  start: ({ accounts }) => startMicrosoft(accounts),
};
