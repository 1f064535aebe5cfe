import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

type Key = { kid: string; privateKey: CryptoKey; jwk: object };

/** A provider whose id tokens a test forges: everything else about it is in order. It hands out the same code each time and does not check anything. */
export type CrookedProvider = {
  issuer: string;
  /** The key whose public part it publishes. */
  key: Key;
  /** What it answers to a code. */
  idToken: string;
  /** What it says of itself beyond what is needed. */
  discovery: Record<string, unknown>;
  isDown: boolean;
  /** Publishes another key from now on, and signs with it. */
  rotate(): Promise<void>;
  sign(claims: Record<string, unknown>, header?: object, key?: Key): Promise<string>;
  stop(): Promise<void>;
};

export async function makeKey(kid: string): Promise<Key> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  return { kid, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, use: 'sig', alg: 'RS256' } };
}

export async function startCrookedProvider(clientId: string): Promise<CrookedProvider> {
  const server = http.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const running: CrookedProvider = {
    issuer,
    key: await makeKey('first'),
    idToken: '',
    discovery: {},
    isDown: false,
    rotate: async () => {
      running.key = await makeKey('second');
    },
    sign: (claims, header = {}, key = running.key) => {
      const now = Math.floor(Date.now() / 1000);
      return new SignJWT({ iss: issuer, aud: clientId, sub: 'ines', iat: now, exp: now + 300, ...claims })
        .setProtectedHeader({ alg: 'RS256', kid: key.kid, ...header })
        .sign(key.privateKey);
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  server.on('request', (request, response) => {
    if (running.isDown) return response.destroy();
    const { pathname } = new URL(request.url!, issuer);
    const answers: Record<string, unknown> = {
      '/.well-known/openid-configuration': {
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/keys`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256', 'HS256', 'none'],
        ...running.discovery,
      },
      '/token': { access_token: 'x', token_type: 'Bearer', expires_in: 60, id_token: running.idToken },
      '/keys': { keys: [running.key.jwk] },
    };
    const answer = answers[pathname];
    response.statusCode = answer ? 200 : 404;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(answer ?? {}));
  });
  return running;
}
