import { Refusal } from '../platform/errors.ts';

/** What `--release PEOPLE --reason WORDS` say: for how many people the brake is released, and why. null when it is not. */
export function releaseOf({ release, reason }: { release?: string; reason?: string }): { people: number; reason: string } | null {
  if (release === undefined) return null;
  const people = Number(release);
  if (!Number.isInteger(people) || people < 1)
    throw new Refusal(422, 'bad_release', `--release is "${release}". Give the number of people that was shown. Nothing was changed.`);
  if (!reason?.trim()) throw new Refusal(422, 'reason_missing', 'Say with --reason why it may go. Nothing was changed.');
  return { people, reason: reason.trim() };
}
