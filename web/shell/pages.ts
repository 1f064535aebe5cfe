import { access } from '../access/pages.ts';
import { apps } from '../apps/pages.ts';
import { audit } from '../audit/pages.ts';
import { connections } from '../connections/pages.ts';

import { directory } from '../directory/pages.ts';

import { hygiene } from '../hygiene/pages.ts';

import { identity } from '../identity/pages.ts';
import { joining } from '../joining/pages.ts';
import { leaving } from '../leaving/pages.ts';
import { outbox } from '../outbox/pages.ts';
import { people } from '../people/pages.ts';
import { playbooks } from '../playbooks/pages.ts';
import { runs } from '../runs/pages.ts';
import { settings } from '../settings/pages.ts';
import { tasks } from '../tasks/pages.ts';
import { today } from '../today/pages.ts';
import type { DomainPages } from './page.ts';

const shell: DomainPages = { pages: [{ path: '/more', title: 'More', load: () => import('./more-page.tsx') }] };

/** One line per domain: each exports its `DomainPages` from its pages.ts. What they find stands in this order in *Find or do…*: people first. */
export const domains: DomainPages[] = [
  shell,
  people,
  apps,
  access,
  audit,
  connections,
  directory,
  hygiene,
  identity,
  outbox,
  settings,
  tasks,
  joining,
  leaving,
  runs,
  playbooks,
  today,
];

export const pages = domains.flatMap((domain) => domain.pages);
export const kinds = domains.flatMap((domain) => domain.kinds ?? []);
export const verbs = domains.flatMap((domain) => domain.verbs ?? []);
