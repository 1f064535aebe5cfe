import { z } from 'zod';
import { route } from '../../platform/http/route.ts';
import { loadSigningKey } from '../../platform/signing-keys.ts';
import { currentProof, issueProof } from '../proof/issue-proof.ts';
import { sectionKeys } from '../proof/proof-document.ts';
import { signSection } from '../proof/sign-section.ts';
import { laterBody, sectionBody } from './shapes.ts';

const params = z.object({ runId: z.uuid() });

export const getProof = route({
  id: 'getProof',
  method: 'get',
  path: '/runs/{runId}/proof',
  access: 'proof:read',
  summary: 'The proof of exit as it is known now.',
  params,
  output: z.object({
    organization: z.string(),
    person: z.object({ name: z.string(), employeeNumber: z.string().nullable() }),
    cutOff: z.object({ instant: z.string(), zone: z.string(), place: z.string(), text: z.string() }),
    asReadAt: z.string(),
    status: z.enum(['open', 'closed']),
    sections: z.array(sectionBody),
    later: z.array(laterBody),
    cannotBeKnown: z.array(z.string()),
  }),
  handleOutside: async (edge, { params }) => (await currentProof(edge, params.runId)) as never,
});

export const signProofSection = route({
  id: 'signProofSection',
  method: 'post',
  path: '/runs/{runId}/proof/signatures',
  access: 'proof:sign',
  summary: 'Signs one section of the proof. Refused while a line of it is open.',
  params,
  body: z.object({ section: z.enum(sectionKeys), acceptedUnknownLines: z.array(z.uuid()).max(5000).default([]) }),
  output: z.object({ status: z.enum(['open', 'closed']) }),
  handleOutside: async (edge, { params, body }) => {
    const { fingerprint } = await loadSigningKey(edge.platform.appPool, edge.platform.secretKey, edge.platform.clock);
    return edge.run((ctx) => signSection(ctx, { runId: params.runId, ...body, keyFingerprint: fingerprint }));
  },
});

export const downloadProofJson = route({
  id: 'downloadProofJson',
  method: 'get',
  path: '/runs/{runId}/proof.json',
  access: 'proof:read',
  summary: 'The proof as signed JSON.',
  params,
  output: 'file',
  handleOutside: async (edge, { params }) => ({ file: await issueProof(edge, params.runId, 'json') }),
});

export const downloadProofPdf = route({
  id: 'downloadProofPdf',
  method: 'get',
  path: '/runs/{runId}/proof.pdf',
  access: 'proof:read',
  summary: 'The proof as signed PDF.',
  params,
  output: 'file',
  handleOutside: async (edge, { params }) => ({ file: await issueProof(edge, params.runId, 'pdf') }),
});

export const getSigningKey = route({
  id: 'getSigningKey',
  method: 'get',
  path: '/signing-key',
  access: 'organization:read',
  summary: 'The public key that proofs are checked with. Give it to whoever will check one, before they need it.',
  output: z.object({ fingerprint: z.string(), publicKey: z.string() }),
  handleOutside: async (edge) => {
    const key = await loadSigningKey(edge.platform.appPool, edge.platform.secretKey, edge.platform.clock);
    return { fingerprint: key.fingerprint, publicKey: key.publicKeyPem };
  },
});
