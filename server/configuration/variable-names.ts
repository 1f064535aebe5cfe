/**
 * The environment variable that holds each secret, by `app\nsecret`: CHAT_TOKEN for the token of Chat. Letters without a Latin form fall
 * away; two that would be called the same are numbered, in the order given.
 */
export function variableNames(apps: { app: string; secrets: string[] }[]): Map<string, string> {
  const taken = new Set<string>();
  const names = new Map<string, string>();
  for (const { app, secrets } of apps) {
    for (const secret of secrets) {
      const plain = `${words(app) || 'APP'}_${words(secret.replaceAll(/([a-z])([A-Z])/g, '$1 $2')) || 'SECRET'}`.replace(/^(?=\d)/, 'APP_');
      let name = plain;
      for (let next = 2; taken.has(name); next += 1) name = `${plain}_${next}`;
      taken.add(name);
      names.set(`${app}\n${secret}`, name);
    }
  }
  return names;
}

const words = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '')
    .slice(0, 60);
