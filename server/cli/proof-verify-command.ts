import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { Refusal } from '../platform/errors.ts';
import { answering, type Options, type Said } from './answer.ts';

/** `proof verify FILE --key FILE`: checks a proof of exit with a public key that was given before. Needs no server and no data. */
export function addProofVerifyCommand(proof: Command): void {
  proof
    .command('verify')
    .argument('<file>', 'a proof of exit, PDF or JSON')
    .requiredOption('--key <file>', 'the public key (PEM) that you were given before')
    .description('check a proof of exit, without server and data; status 1 when it is not genuine')
    .action(answering(verify));
}

async function verify(options: Options, file: string): Promise<Said> {
  const { verifyProof } = await import('../playbooks/proof/verify-proof.ts');
  const verdict = verifyProof(read(file), read(options.key as string).toString('utf8'));
  if (!verdict.ok) return { data: verdict, words: `NOT genuine. ${verdict.reason}`, failed: true };
  const { summary } = verdict;
  const person = summary.person ? `${summary.person.name}, ${summary.organization}. ` : '';
  const counts = Object.entries(summary.counts ?? {}).map(([status, count]) => `${count} ${status}`);
  return {
    data: verdict,
    words: [
      `Genuine. ${person}The proof is ${summary.status}, as read at ${summary.asReadAt}.`,
      ...(counts.length > 0 ? [`Lines: ${counts.join(', ')}.`] : []),
      `Signed with the key ${verdict.keyFingerprint}.`,
    ],
  };
}

function read(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new Refusal(422, 'cannot_read', `${file} cannot be read (${(error as NodeJS.ErrnoException).code}).`);
  }
}
