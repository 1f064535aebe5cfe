import type { Edge } from '../../platform/http/route.ts';
import { loadSigningKey } from '../../platform/signing-keys.ts';
import { getRun, leavingOf } from '../run-row.ts';
import { assembleProof } from './assemble-proof.ts';
import type { ProofDocument } from './proof-document.ts';
import { renderProofPdf } from './render-proof-pdf.ts';
import { signJsonProof, signPdfProof } from './sign-proof.ts';

/** The proof as it is known now, with the signed head of the audit chain in it. */
export async function currentProof(edge: Edge, runId: string): Promise<ProofDocument> {
  await edge.run(async (ctx) => leavingOf(await getRun(ctx, runId)));
  const head = await edge.platform.sealer.signHead(edge.organizationId);
  return edge.run(async (ctx) => assembleProof(ctx, leavingOf(await getRun(ctx, runId)), head));
}

/** The proof as a signed file. Its bytes can be checked without this server by anybody who was given the public key before. */
export async function issueProof(
  edge: Edge,
  runId: string,
  format: 'json' | 'pdf',
): Promise<{ name: string; contentType: string; bytes: Uint8Array }> {
  const key = await loadSigningKey(edge.platform.appPool, edge.platform.secretKey, edge.platform.clock);
  const document = await currentProof(edge, runId);
  const privateKeyPem = key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const name = `Proof of exit ${document.person.name} ${document.asReadAt.slice(0, 10)}`;
  if (format === 'json') return { name: `${name}.json`, contentType: 'application/json', bytes: signJsonProof(document, privateKeyPem) };
  const pdf = await renderProofPdf(document, key.fingerprint);
  return { name: `${name}.pdf`, contentType: 'application/pdf', bytes: signPdfProof(pdf, document, privateKeyPem) };
}
