import { Refusal } from '../../platform/errors.ts';

const begin = 'Begin again on the sign-in page.';
const ask = 'Ask an owner of Groundcrew at your company.';

const words = {
  not_offered: [404, 'This company does not sign in here through a provider of its own. Use a passkey, or a password and a code.'],
  begin_again: [
    401,
    `This sign-in was begun in another browser, took longer than ten minutes, or was finished already. Nobody was signed in. ${begin}`,
  ],
  provider_refused: [401, `Your company’s provider did not let you in, or you stopped there. ${begin}`],
  code_refused: [401, `Your company’s provider did not take the code that it gave. Nobody was signed in. ${begin}`],
  wrong_audience: [401, 'What the provider sent was made for another program than this Groundcrew. Nobody was signed in.'],
  wrong_issuer: [401, 'What came is not from the provider that your company named. Nobody was signed in.'],
  expired: [
    401,
    `What the provider sent has expired, or is not valid yet. Nobody was signed in. ${begin} If it stays, one of the two clocks is wrong.`,
  ],
  bad_signature: [
    401,
    'What the provider sent is not signed by a key that your company named, or was changed on its way. Nobody was signed in.',
  ],
  weak_signature: [
    401,
    'The provider signs in an old way (SHA-1) that can be forged. Let it sign with RSA and SHA-256. Nobody was signed in.',
  ],
  bad_answer: [401, `What the provider sent is not what a sign-in looks like. Nobody was signed in. ${begin}`],
  unasked: [401, 'The provider sent an answer that nobody here had asked for. Nobody was signed in.'],
  replayed: [401, `This answer of the provider was used already. Nobody was signed in. ${begin}`],
  encrypted: [401, 'The provider encrypts its answers, and Groundcrew has no key for that. Switch encryption of assertions off there.'],
  not_signed: [401, 'The provider signs its answer and not the assertion in it. Switch on that assertions are signed.'],
  no_subject: [
    401,
    'The provider does not say who you are in a way that stays the same. Let it send a lasting name id or the address. Nobody was signed in.',
  ],
  other_tester: [401, 'This try was begun by somebody else. Begin it again on the settings page.'],
  no_address: [403, `The provider sent no work address of yours. ${ask} They can let it send one.`],
  foreign_domain: [403, `Your address at the provider is not of a domain that your company named for this sign-in. ${ask}`],
  unverified_address: [403, `The provider says that your address is not confirmed. Nobody was signed in. ${ask}`],
  owner_unverified: [
    403,
    'You are an owner, and the provider does not confirm addresses. Sign in with your passkey or password once and press *Try it* in Settings, Company sign-in: that links you.',
  ],
  address_taken: [
    403,
    `Somebody else at the provider signed in here with this address before. Nobody was signed in. ${ask} They can unlink the earlier one on Members and roles.`,
  ],
  access_ended: [403, `Your access to Groundcrew has ended. ${ask}`],
  has_left: [403, `By the people list you have left the company, so Groundcrew does not let you in. ${ask}`],
  not_on_roster: [403, `You are not on your company’s people list in Groundcrew, and only people on it are let in. ${ask}`],
  no_role: [
    403,
    `None of your groups at the provider gives you a role in Groundcrew. ${ask} They can add you to a group, or give you a role by hand.`,
  ],
} as const satisfies Record<string, readonly [number, string]>;

export type SignInProblem = keyof typeof words;

export const isSignInProblem = (code: string): code is SignInProblem => Object.hasOwn(words, code);

/** Why somebody is not signed in by their company, in words for them. `internal` goes to the log alone. */
export function refuseSignIn(problem: SignInProblem, internal?: string): Refusal {
  const [status, message] = words[problem];
  return new Refusal(status, problem, message, internal === undefined ? {} : { internal });
}

/** The provider does not answer, or not as it should: words of `outbound` that name its host. */
export const providerSilent = (words: string): Refusal =>
  new Refusal(
    502,
    'provider_silent',
    `Your company’s provider cannot be used at present: ${words} Nobody was signed in. Try again in a few minutes. Owners named for emergencies get in with their own passkey or password.`,
  );
