import { z } from 'zod';
import { defineConnector } from './kit/index.ts';

/** Any app that only people can reach: the owner of the app does what is asked and says what was found. */
export const manual = defineConnector({
  id: 'manual',
  name: 'By hand',
  sentence: 'Asks the owner of the app to make each change by hand, and to say what was seen.',
  reads: 'people',
  settings: z.object({
    adminPage: z
      .url({ protocol: /^https?$/ })
      .optional()
      .meta({ title: 'Admin page', description: 'Where the owner makes the change.' }),
  }),
  secrets: z.object({}),
  hosts: () => [],
  baseUrl: () => null,
  authorization: () => ({}),
  settlingSeconds: () => 0,
});
