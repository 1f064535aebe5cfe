const link = /(https?:\/\/[^\s/?#]+)([^\s]*)/g;
const secret = /[A-Za-z0-9_-]{20,}/g;
const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** The text with the secret part of each link left out: who reads the outbox must not be able to sign in or act as the recipient. */
export const maskLinks = (text: string): string =>
  text.replaceAll(link, (_, host: string, rest: string) => host + rest.replaceAll(secret, (part) => (uuid.test(part) ? part : '…')));
