import { createTransport } from 'nodemailer';
import type { Config } from '../config.ts';
import { Refusal } from '../errors.ts';

export type Letter = { messageId: string; to: string; subject: string; body: string; date: string };

/** How the SMTP server answered: it took the letter, or why not. `final`: it will never take it, so trying again is useless. */
export type Delivery = { sent: true } | { sent: false; words: string; final: boolean };

export type Mailer = { send(letter: Letter): Promise<Delivery>; close(): void };

const patienceMilliseconds = 60_000;

/**
 * The way to the operator's SMTP server. `SMTP_URL` is like `smtp://user:password@mail.example.com:587?from=it@example.com`; without
 * `from` the sender is the user when that is an address, else groundcrew@ the host of the public address.
 */
export function openMailer(config: Pick<Config, 'publicUrl'> & { smtpUrl: string }): Mailer {
  if (!URL.canParse(config.smtpUrl) || !/^smtps?:$/.test(new URL(config.smtpUrl).protocol)) {
    throw new Refusal(500, 'bad_configuration', 'SMTP_URL must be like smtp://user:password@mail.example.com:587.');
  }
  const url = new URL(config.smtpUrl);
  const user = decodeURIComponent(url.username);
  const from = url.searchParams.get('from') ?? (isAddress(user) ? user : `groundcrew@${new URL(config.publicUrl).hostname}`);
  url.searchParams.delete('from');
  const transport = createTransport({
    url: url.toString(),
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
    dnsTimeout: 10_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send({ messageId, to, subject, body, date }) {
      if (!isAddress(to)) return { sent: false, words: `"${to.slice(0, 100)}" is no mail address.`, final: true };
      let timer: NodeJS.Timeout | undefined;
      const silence = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(Object.assign(new Error('silence'), { code: 'ETIMEDOUT' })), patienceMilliseconds);
      });
      try {
        await Promise.race([
          transport.sendMail({
            messageId,
            date: new Date(Temporal.Instant.from(date).epochMilliseconds),
            from: { name: 'Groundcrew', address: from },
            to: { name: '', address: to },
            envelope: { from, to },
            subject: subject.replaceAll(/\p{Cc}+/gu, ' ').trim(),
            text: body,
            headers: { 'Auto-Submitted': 'auto-generated' },
          }),
          silence,
        ]);
        return { sent: true };
      } catch (error) {
        return { sent: false, ...inWords(error as SmtpError, to, url.hostname) };
      } finally {
        clearTimeout(timer);
      }
    },
    close: () => transport.close(),
  };
}

/** One plain address (RFC 5321, section 4.1.2, without quoted local parts). Nothing that could end a header or an SMTP command. */
export const isAddress = (text: string): boolean =>
  text.length <= 320 && /^[^\s@<>()[\]\\,;:"\p{Cc}]+@[^\s@<>()[\]\\,;:"\p{Cc}]+$/u.test(text);

type SmtpError = Error & { code?: string; responseCode?: number; response?: string };

function inWords(error: SmtpError, to: string, host: string): { words: string; final: boolean } {
  const answer = error.response ? ` It said: ${error.response.slice(0, 300)}` : '';
  const refused = error.code === 'EENVELOPE' || error.code === 'EMESSAGE';
  if (refused && (error.responseCode ?? 0) >= 500) return { words: `The mail server refused ${to}.${answer}`, final: true };
  if (error.code === 'EAUTH')
    return { words: `The mail server ${host} does not accept the user or password in SMTP_URL.${answer}`, final: false };
  if (error.code === 'ETIMEDOUT') return { words: `The mail server ${host} did not answer in time.`, final: false };
  if (error.code === 'ETLS' || /certificate/i.test(error.message))
    return { words: `The certificate of the mail server ${host} is not valid: ${error.message}`, final: false };
  if (error.code === 'ECONNECTION' || error.code === 'ESOCKET' || error.code === 'EDNS')
    return { words: `The mail server ${host} cannot be reached: ${error.message}`, final: false };
  return { words: `The mail server ${host} did not take it.${answer || ` ${error.message}`}`, final: false };
}
