import { ConnectorError, type ConnectorErrorKind, type Json, objectOf, type Session, textOf } from '../kit/index.ts';

export type SlackSettings = { baseUrl: string };
export type SlackSession = Session<SlackSettings>;

export const standardAddress = 'https://slack.com';

/** Where SCIM is: on a host of its own, unless all calls go to another address. */
export const scimAddress = ({ baseUrl }: SlackSettings) =>
  baseUrl === standardAddress ? 'https://api.slack.com' : new URL(baseUrl).origin;

const kinds: Record<string, ConnectorErrorKind> = {
  ...{
    invalid_auth: 'credential',
    not_authed: 'credential',
    account_inactive: 'credential',
    token_revoked: 'credential',
    token_expired: 'credential',
  },
  ...{
    missing_scope: 'right',
    not_allowed_token_type: 'right',
    no_permission: 'right',
    access_denied: 'right',
    paid_only: 'right',
    paid_teams_only: 'right',
  },
  ...{
    not_an_admin: 'right',
    restricted_action: 'right',
    user_is_restricted: 'right',
    permission_denied: 'right',
    plan_upgrade_required: 'right',
  },
  ...{ user_not_found: 'missing', users_not_found: 'missing', user_not_visible: 'missing', no_such_subteam: 'missing' },
  ...{ internal_error: 'broken', fatal_error: 'broken', service_unavailable: 'broken', ratelimited: 'busy' },
};

/** Calls a method of the Web API, which says even errors with status 200. Throws ConnectorError with Slack's own word; a missing scope is named. */
export async function slack(
  session: SlackSession,
  method: string,
  values: Record<string, string | number | undefined>,
  how: { right: string; post?: true; credential?: string },
): Promise<Json> {
  const options = { right: how.right, credential: how.credential };
  const response = how.post
    ? await session.http.post(`api/${method}`, values, { ...options, form: true, repeatable: true })
    : await session.http.get(`api/${method}`, { ...options, query: values });
  const body = objectOf(response.json());
  if (body.ok === true) return body;
  const error = textOf(body.error) ?? 'no reason';
  const kind = kinds[error] ?? 'refused';
  const needed = textOf(body.needed) ?? how.right;
  const words =
    kind === 'right'
      ? `Slack knows the token, but not for ${method} (${error}): it needs the scope ${needed}, and a plan and a role that allow it.`
      : kind === 'credential'
        ? `Slack does not accept the token (${error}). Enter a new one.`
        : `Slack did not take ${method} (${error}).`;
  throw new ConnectorError(kind, words, { detail: error, temporary: kind === 'busy' || kind === 'broken' });
}

/** What an optional right or the second token brings; null where it is missing or accepted no more. */
export async function ifAllowed<T>(find: () => Promise<T>): Promise<T | null> {
  try {
    return await find();
  } catch (error) {
    if (error instanceof ConnectorError && ['right', 'settings', 'credential'].includes(error.kind)) return null;
    throw error;
  }
}
