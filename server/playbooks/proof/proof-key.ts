import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';

/** An Ed25519 pair as PEM: PKCS#8 for the private key, SubjectPublicKeyInfo for the public one (RFC 8410). */
export type ProofKeyPair = { privateKeyPem: string; publicKeyPem: string; fingerprint: string };

/** A new pair for signing proofs. The caller seals the private key. */
export function createProofKeyPair(): ProofKeyPair {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return {
    privateKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    fingerprint: keyFingerprint(publicKey),
  };
}

/** SHA-256 over the DER form of the public key, 64 hexadecimal digits in lower case. A private key gives that of its public half. */
export function keyFingerprint(key: KeyObject | string): string {
  const given = typeof key === 'string' ? createPublicKey(key) : key;
  const publicKey = given.type === 'private' ? createPublicKey(given) : given;
  return createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex');
}

/** The fingerprint as people compare it: capitals in groups of four. `groups` limits it to its beginning. */
export function fingerprintWords(fingerprint: string, groups = 16): string {
  return (fingerprint.toUpperCase().match(/.{1,4}/g) ?? []).slice(0, groups).join(' ');
}

/** @throws TypeError when it is no Ed25519 private key in PEM */
export function readSigningKey(privateKeyPem: string): KeyObject {
  const key = createPrivateKey(privateKeyPem);
  if (key.asymmetricKeyType !== 'ed25519') throw new TypeError('Proofs are signed with an Ed25519 key.');
  return key;
}

/** @returns the key, or in plain words why it cannot be used */
export function readVerifyingKey(publicKeyPem: string): KeyObject | string {
  if (publicKeyPem.includes('PRIVATE KEY'))
    return 'The key file holds a private key. Use the public key that was given to you, and keep the private one away.';
  if (!publicKeyPem.includes('-----BEGIN PUBLIC KEY-----'))
    return 'The key file holds no public key. It begins with "-----BEGIN PUBLIC KEY-----".';
  try {
    const key = createPublicKey(publicKeyPem);
    return key.asymmetricKeyType === 'ed25519' ? key : 'The key file holds a key of another kind. Proofs are signed with Ed25519.';
  } catch {
    return 'The key file cannot be read. It was cut short or changed.';
  }
}
