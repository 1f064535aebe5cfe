import { dayInWords, OutboundError } from '../../server/platform/outbound/index.ts';
import { ConnectorError } from './connector-error.ts';
import type { Check, Connector } from './define-connector.ts';
import type { Session } from './session.ts';

const certificateWarningDays = 21;
const noCertificate = 'There is none';

/**
 * Tests a connection without changing anything: name, reaching it, certificate, then what the connector itself looks at (credential, rights,
 * discovery). Stops at the first thing that fails, because all after it would fail too. Never throws for what the other side does.
 */
export async function testConnection(connector: Connector, session: Session): Promise<Check[]> {
  const baseUrl = connector.baseUrl(session.settings);
  const checks = baseUrl === null ? [] : await placeChecks(baseUrl, session);
  if (checks.some(({ ok }) => ok === false) || connector.test === undefined) return checks;
  try {
    return withCertificate([...checks, ...(await connector.test(session))]);
  } catch (error) {
    if (error instanceof ConnectorError) return withCertificate([...checks, failedCheck(error)]);
    throw error;
  }
}

/** A certificate is good once a call went through it; what a refused one says replaces what it looked like beforehand. */
function withCertificate(checks: Check[]): Check[] {
  const refused = checks.some(({ name, ok }) => name === 'Certificate' && ok === false);
  if (refused) return checks.filter(({ name, ok }) => name !== 'Certificate' || ok === false);
  const answered = checks.some(({ name, ok }) => ok === true && name !== 'Name');
  return checks.map((check) =>
    answered && check.name === 'Certificate' && !check.words.startsWith(noCertificate) ? { ...check, ok: true } : check,
  );
}

/** The line that a failure makes. */
export function failedCheck(error: ConnectorError): Check {
  const names: Partial<Record<ConnectorError['kind'], string>> = { credential: 'Credential', right: 'Rights', settings: 'Settings' };
  const name = error.outbound === 'certificate' ? 'Certificate' : (names[error.kind] ?? 'Answer');
  return { name, ok: false, words: error.message };
}

async function placeChecks(baseUrl: string, session: Session): Promise<Check[]> {
  const { hostname, protocol } = new URL(baseUrl);
  try {
    const { addresses, isPrivate, certificate } = await session.inspect(baseUrl);
    const place = isPrivate ? 'inside your own network' : 'on the internet';
    const checks: Check[] = [{ name: 'Name', ok: true, words: `${hostname} is found at ${addresses[0]}, ${place}.` }];
    if (protocol === 'http:') {
      return [
        ...checks,
        {
          name: 'Certificate',
          ok: null,
          words: `${noCertificate}: the address begins with http, so the secret travels readable inside your network.`,
        },
      ];
    }
    if (certificate === null)
      return [...checks, { name: 'Certificate', ok: null, words: 'It could not be looked at beforehand; each call still checks it.' }];
    const days = Math.floor(session.now().until(certificate.validTo).total('days'));
    const soon = days >= 0 && days < certificateWarningDays ? ` That is in ${days} days: have it renewed.` : '';
    return [
      ...checks,
      {
        name: 'Certificate',
        ok: null,
        words: `Issued by ${certificate.issuer}, valid until ${dayInWords(certificate.validTo)}.${soon}`,
      },
    ];
  } catch (error) {
    if (!(error instanceof OutboundError)) throw error;
    const name = error.kind === 'dns' ? 'Name' : error.kind === 'certificate' ? 'Certificate' : 'Reaching it';
    return [{ name, ok: false, words: error.message }];
  }
}
