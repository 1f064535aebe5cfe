import { createHmac, timingSafeEqual } from 'node:crypto';
import type { SetUpStep } from './profile.ts';
import type { Session } from './session.ts';

/** What came to the address of a connection. Header names in small letters; `body` as it was sent. */
export type HookRequest = { method: string; query: URLSearchParams; headers: Record<string, string>; body: Uint8Array };

/** What the vendor is answered. */
export type HookAnswer = { status: number; contentType: string; body: string };

/** What the vendor calls our subscription, and when it ends. */
export type Subscription = { id: string; endsAt: Temporal.Instant };

/**
 * How a vendor says that something changed. It only brings the next sync forward: nothing that it says is taken for a fact, so that a repeated or
 * late one does no harm. `secret`: who makes it. `ours`: made here, entered at the vendor; `theirs`: shown by the vendor, entered here;
 * `subscribed`: made here, and told to the vendor through its own interface, for as long as it lets us.
 */
export type Webhook<Settings> = {
  secret: 'ours' | 'theirs' | 'subscribed';
  /** What is done at the vendor, where address and secret are to hand. */
  setUp: SetUpStep[];
  /** A question by which the vendor finds out whether the address answers, asked before it signs anything; null: it is none. */
  handshake?(request: HookRequest): HookAnswer | null;
  /** Whether the vendor sent it. Compares in constant time; false for what is not understood or too old. */
  verify(request: HookRequest, secret: string, now: Temporal.Instant): boolean;
  /** What a verified request is answered; 200 with nothing unless told. */
  answer?(request: HookRequest): HookAnswer | null;
  /** Asks the vendor to call `address`, or to go on doing so where `previous` is its name for what was asked before. */
  subscribe?(
    session: Session<Settings>,
    wish: { address: string; secret: string; previous: string | null; now: Temporal.Instant },
  ): Promise<Subscription>;
  unsubscribe?(session: Session<Settings>, id: string): Promise<void>;
};

/** Whether two texts are the same, in a time that does not tell where they differ. */
export function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** HMAC with SHA-256 over bytes (RFC 2104), in hexadecimal digits. */
export function hmacHex(secret: string, ...parts: (string | Uint8Array)[]): string {
  const hmac = createHmac('sha256', secret);
  for (const part of parts) hmac.update(part);
  return hmac.digest('hex');
}

/** The body as JSON, null where it is none. */
export function hookJson({ body }: HookRequest): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return null;
  }
}
