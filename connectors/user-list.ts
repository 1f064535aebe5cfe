import { z } from 'zod';
import { defineConnector } from './kit/index.ts';

/** Any app whose admin page exports its users: accounts are known only from lists that people upload. */
export const userList = defineConnector({
  id: 'user-list',
  name: 'User list',
  sentence: 'Learns who has an account from a CSV or XLSX file that the admin page of an app exports.',
  reads: 'list',
  settings: z.object({
    adminPage: z
      .url({ protocol: /^https?$/ })
      .optional()
      .meta({ title: 'Admin page', description: 'Where the list is exported.' }),
  }),
  secrets: z.object({}),
  hosts: () => [],
  baseUrl: () => null,
  authorization: () => ({}),
  settlingSeconds: () => 0,
});
