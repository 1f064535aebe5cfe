import { sameText, type Webhook } from '../kit/index.ts';
import type { OktaSettings } from './call.ts';

const longestChallenge = 1_000;

/** An event hook (https://developer.okta.com/docs/concepts/event-hooks/): Okta sends the secret as it was entered, and asks once by GET whether the address answers. */
export const oktaWebhook: Webhook<OktaSettings> = {
  secret: 'ours',
  setUp: [
    { words: 'In the Admin Console open Workflow, Event Hooks, and make one.' },
    { words: 'Enter the address as URL, Authorization as authentication field, and the secret as authentication secret.' },
    {
      words:
        'Subscribe to the events of users (created, activated, deactivated, suspended, unsuspended, deleted, profile updated) and of groups (user added, user removed). Save, and let Okta verify it.',
    },
  ],
  handshake: ({ method, headers }) => {
    const challenge = headers['x-okta-verification-challenge'];
    if (method !== 'GET' || challenge === undefined || challenge.length > longestChallenge) return null;
    return { status: 200, contentType: 'application/json', body: JSON.stringify({ verification: challenge }) };
  },
  verify: ({ method, headers }, secret) => method === 'POST' && sameText(headers.authorization ?? '', secret),
};
