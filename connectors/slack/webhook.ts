import { hmacHex, hookJson, objectOf, sameText, textOf, type Webhook } from '../kit/index.ts';
import type { SlackSettings } from './call.ts';

const mostSeconds = 300;

/** Slack's Events API, signed as https://docs.slack.dev/authentication/verifying-requests-from-slack says. */
export const slackWebhook: Webhook<SlackSettings> = {
  secret: 'theirs',
  setUp: [
    {
      words: 'Open your app at Slack, and under Basic information copy the signing secret. Enter it here.',
      link: 'https://api.slack.com/apps',
    },
    { words: 'Switch on Event subscriptions there, and enter the address as request URL. Slack says that it is verified.' },
    {
      words:
        'Under events on behalf of users add team_join, user_change, subteam_created, subteam_updated and subteam_members_changed. Save, and install the app again.',
    },
  ],
  verify: ({ method, headers, body }, secret, now) => {
    const at = headers['x-slack-request-timestamp'] ?? '';
    if (method !== 'POST' || !/^\d{1,12}$/.test(at)) return false;
    if (Math.abs(now.epochMilliseconds / 1_000 - Number(at)) > mostSeconds) return false;
    return sameText(headers['x-slack-signature'] ?? '', `v0=${hmacHex(secret, `v0:${at}:`, body)}`);
  },
  answer: (request) => {
    const { type, challenge } = objectOf(hookJson(request));
    return type === 'url_verification' ? { status: 200, contentType: 'text/plain', body: textOf(challenge) ?? '' } : null;
  },
};
