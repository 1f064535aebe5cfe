/** The kinds of system that can be connected, one line each. Each is a declaration made with the kit. */
import { asana } from './asana.ts';
import { atlassian } from './atlassian.ts';
import { bamboohr } from './bamboohr.ts';
import { dropbox } from './dropbox.ts';
import { github } from './github.ts';
import { google } from './google.ts';
import { gusto } from './gusto.ts';
import { hibob } from './hibob.ts';
import { http } from './http.ts';
import { hubspot } from './hubspot.ts';
import { jumpcloud } from './jumpcloud.ts';
import type { Connector } from './kit/index.ts';
import { ldap } from './ldap.ts';
import { manual } from './manual.ts';
import { microsoft } from './microsoft.ts';
import { notion } from './notion.ts';
import { okta } from './okta.ts';
import { onepassword } from './onepassword.ts';
import { personio } from './personio.ts';
import { scim } from './scim.ts';
import { slack } from './slack.ts';
import { userList } from './user-list.ts';
import { zoom } from './zoom.ts';

export const connectors: readonly Connector[] = [
  google,
  microsoft,
  asana,
  atlassian,
  dropbox,
  github,
  hubspot,
  jumpcloud,
  notion,
  okta,
  onepassword,
  slack,
  zoom,
  scim,
  ldap,
  http,
  bamboohr,
  gusto,
  hibob,
  personio,
  userList,
  manual,
];

/** The connector of that id, or null. */
export function findConnector(id: string): Connector | null {
  return connectors.find((connector) => connector.id === id) ?? null;
}
