import assert from 'node:assert/strict';
import type { Answer } from '../world.ts';

/** What the answer says, which must not be a refusal. */
export const ok = (answer: Answer) => {
  assert.ok(answer.status < 300, `${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
};

/** The content of a file to send. */
export const bytes = (text: string) => new TextEncoder().encode(text);

/** A SCIM connection to test or to make. */
export const scimTest = (baseUrl: string, token = 'test-token') => ({ connector: 'scim', settings: { baseUrl }, secrets: { token } });
