import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { Refusal } from '../platform/errors.ts';
import { answering, type Options, type Said } from './answer.ts';
import type { Call } from './api-client.ts';
import { findPerson } from './find.ts';
import { inSession } from './open-session.ts';
import { addProofVerifyCommand } from './proof-verify-command.ts';

/** `proof RUN|PERSON`, `proof key`, `proof verify FILE --key FILE`. */
export function addProofCommand(program: Command): void {
  const proof = program
    .command('proof')
    .argument('[who]', 'a run by id, or a person')
    .description('the proof of exit: how it stands, as signed PDF or JSON')
    .option('--pdf <file>', 'write the signed PDF here')
    .option('--json-file <file>', 'write the signed JSON here')
    .action(answering(show));
  proof
    .command('key')
    .description('the public key that proofs are checked with')
    .option('--out <file>', 'write it here')
    .action(answering(showKey));
  addProofVerifyCommand(proof);
}

async function show(options: Options, who?: string): Promise<Said> {
  if (who === undefined) throw new Refusal(422, 'who', 'Say whose proof: a run by id, or a person. Nothing was written.');
  return inSession(options, async ({ call }) => {
    const runId = await findRun(call, who);
    const written: string[] = [];
    if (options.pdf) written.push(write(String(options.pdf), (await call('downloadProofPdf', { params: { runId } })).bytes));
    if (options.jsonFile) written.push(write(String(options.jsonFile), (await call('downloadProofJson', { params: { runId } })).bytes));
    const proof = await call('getProof', { params: { runId } });
    const lines = proof.sections.flatMap((section) => [
      `${section.title}: ${section.signature ? `signed by ${section.signature.signedBy.name}` : 'not signed'}`,
      ...section.lines.map((line) => `  ${line.status}: ${line.subject}, ${line.detail}`),
    ]);
    const words = [
      `${proof.person.name}: the proof is ${proof.status}, as read at ${proof.asReadAt}.`,
      ...lines,
      ...written.map((file) => `Wrote ${file}.`),
    ];
    return { data: { runId, written, proof }, words };
  });
}

async function findRun(call: Call, who: string): Promise<string> {
  if (/^[0-9a-f]{8}-/i.test(who)) {
    const { rows } = await call('listRuns', { query: { personId: who, limit: 1 } });
    return rows[0]?.id ?? who;
  }
  const person = await findPerson(call, who);
  const { rows } = await call('listRuns', { query: { personId: person.id, limit: 1 } });
  if (!rows[0]) throw new Refusal(404, 'no_run', `${person.name} has no exit, so there is no proof.`);
  return rows[0].id;
}

async function showKey(options: Options): Promise<Said> {
  return inSession(options, async ({ call }) => {
    const key = await call('getSigningKey');
    const file = options.out ? write(String(options.out), Buffer.from(key.publicKey)) : null;
    return { data: key, words: file ? `Wrote ${file}. Its fingerprint is ${key.fingerprint}.` : key.publicKey.trimEnd() };
  });
}

function write(file: string, bytes: Uint8Array): string {
  try {
    writeFileSync(file, bytes);
    return file;
  } catch (error) {
    throw new Refusal(422, 'cannot_write', `${file} cannot be written (${(error as NodeJS.ErrnoException).code}).`);
  }
}
