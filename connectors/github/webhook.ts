import { hmacHex, sameText, type Webhook } from '../kit/index.ts';
import type { GithubSettings } from './call.ts';

/** A webhook of the organization, signed as https://docs.github.com/webhooks/using-webhooks/validating-webhook-deliveries says. */
export const githubWebhook: Webhook<GithubSettings> = {
  secret: 'ours',
  setUp: [
    {
      words: 'Open the webhooks of the organization as an owner, and add one.',
      link: ({ organization }) =>
        typeof organization === 'string' && organization !== ''
          ? `https://github.com/organizations/${encodeURIComponent(organization)}/settings/hooks/new`
          : null,
    },
    { words: 'Enter the address as payload URL and the secret as secret; choose application/json as content type.' },
    { words: 'Choose single events: Organizations, Memberships, Teams and Collaborator add, remove, or changed. Leave out Pushes.' },
  ],
  verify: ({ method, headers, body }, secret) =>
    method === 'POST' && sameText(headers['x-hub-signature-256'] ?? '', `sha256=${hmacHex(secret, body)}`),
};
