import { plainText } from './plain-text.ts';

/**
 * Makes a function that blots out the given secrets in any text, also where they stand encoded (base64, percent), so that an answer that
 * echoes our credential never reaches a log or a page. Texts are cut at `maxLength` and can be kept and shown as they are.
 */
export function secretScrubber(secrets: string[], maxLength = 300): (text: string) => string {
  const forms = secrets
    .filter((secret) => secret.length >= 4)
    .flatMap((secret) => [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64').replace(/=+$/, '')])
    .sort((left, right) => right.length - left.length);
  return (text) => {
    let clean = text;
    for (const form of forms) clean = clean.replaceAll(form, '•••');
    return plainText(clean, maxLength);
  };
}

/** Every text inside a value of secrets. A secret that is itself JSON (a key file) counts whole, and with every text in it that may be secret. */
export function secretTexts(secrets: unknown): string[] {
  if (typeof secrets === 'string') return [secrets, ...textsOfKeyFile(secrets)];
  if (typeof secrets !== 'object' || secrets === null) return [];
  return Object.values(secrets).flatMap(secretTexts);
}

/** Addresses, hosts and short words of a key file are no secrets, and would tear holes into what another system says. */
function textsOfKeyFile(text: string): string[] {
  if (!/^\s*\{/.test(text)) return [];
  try {
    return Object.values(JSON.parse(text) as Record<string, unknown>).filter(
      (value): value is string => typeof value === 'string' && value.length >= 20 && !/:\/\/|@/.test(value),
    );
  } catch {
    return [];
  }
}
