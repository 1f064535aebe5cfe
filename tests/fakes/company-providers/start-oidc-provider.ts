import http from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';

export type Account = { email?: string; email_verified?: boolean; name?: string; groups?: string[]; preferred_username?: string };

/** A company's provider that speaks OpenID Connect: `oidc-provider` on a port of its own. Whoever comes is signed in as `signedInAs`. */
export type OidcServer = {
  issuer: string;
  accounts: Record<string, Account>;
  /** Who is at the keyboard; '' = a page with a button per account asks. */
  signedInAs: string;
  stop(): Promise<void>;
};

export const oidcClient = { clientId: 'groundcrew', clientSecret: 'a secret between the two that is long enough' };

/** Starts it. `redirects`: addresses that it sends browsers back to. */
export async function startOidcProvider(options: {
  redirects: string[];
  accounts: Record<string, Account>;
  jwks?: { keys: object[] };
  port?: number;
}): Promise<OidcServer> {
  const server = http.createServer();
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const running: OidcServer = {
    issuer,
    accounts: options.accounts,
    signedInAs: '',
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: oidcClient.clientId,
        client_secret: oidcClient.clientSecret,
        redirect_uris: options.redirects,
        response_types: ['code'],
        grant_types: ['authorization_code'],
      },
      { client_id: 'another-program', client_secret: 'another secret that is long enough', redirect_uris: ['http://127.0.0.1:1/back'] },
    ],
    ...(options.jwks ? { jwks: options.jwks as never } : {}),
    ttl: { AccessToken: 600, AuthorizationCode: 60, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
    cookies: { keys: ['of this test'] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'groups', 'preferred_username'] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_, id) => ({ accountId: id, claims: async () => ({ sub: id, ...running.accounts[id] }) }),
    renderError: (ctx, out) => {
      ctx.body = `${out.error} ${out.error_description}`;
    },
  });
  const handle = provider.callback();
  server.on('request', async (request, response) => {
    const url = new URL(request.url!, issuer);
    if (!url.pathname.startsWith('/interaction/')) return handle(request, response);
    const details = await provider.interactionDetails(request, response);
    const accountId = url.searchParams.get('as') ?? running.signedInAs;
    if (details.prompt.name === 'login' && accountId === '') {
      const buttons = Object.keys(running.accounts).map((id) => `<p><a href="?as=${encodeURIComponent(id)}">Sign in as ${id}</a></p>`);
      response.setHeader('content-type', 'text/html');
      return response.end(`<!doctype html><title>Provider</title><h1>The provider of the company</h1>${buttons.join('')}`);
    }
    if (details.prompt.name === 'login') return provider.interactionFinished(request, response, { login: { accountId } });
    const grant = new provider.Grant({ accountId: details.session!.accountId, clientId: String(details.params.client_id) });
    grant.addOIDCScope('openid email profile');
    return provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } }, { mergeWithLastSubmission: true });
  });
  return running;
}

/** Goes where a browser would go from `address`, until it is sent to `until`. Returns that address. */
export async function walk(address: string, until: string): Promise<URL> {
  const cookies = new Map<string, string>();
  let at = address;
  for (let step = 0; step < 15; step += 1) {
    if (at.startsWith(until)) return new URL(at);
    const answer = await fetch(at, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';');
      cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    const location = answer.headers.get('location');
    if (!location) throw new Error(`The way ended at ${at}: ${answer.status} ${await answer.text()}`);
    at = new URL(location, at).href;
  }
  throw new Error('The provider goes round in circles.');
}
