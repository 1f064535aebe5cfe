import { z } from 'zod';
import { runAsSystem } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import { notFound } from '../../platform/errors.ts';
import { route } from '../../platform/http/route.ts';
import type { RosterForSignIn } from '../../platform/roster-standing.ts';
import { beginCompanySignIn } from '../company/begin-company-sign-in.ts';
import { findCompanySignIn, ourAddresses } from '../company/company-sign-in.ts';
import { finishCompanySignIn } from '../company/finish-company-sign-in.ts';
import { refuseSignIn } from '../company/refuse-sign-in.ts';
import { ourMetadata } from '../company/saml/our-metadata.ts';
import { takeSamlAnswer } from '../company/take-saml-answer.ts';
import { countCompanyTry, requirePage } from '../sign-in/ask-auth.ts';

const params = z.object({ organizationId: z.uuid() });

export const trialShape = z.object({
  name: z.string().nullable(),
  address: z.string().nullable(),
  isVerified: z.boolean().nullable().describe('Whether the provider says that the address is confirmed; null: it says nothing of it.'),
  groups: z.array(z.string()).nullable().describe('null: not asked for, or too many to be told.'),
  outcome: z.string(),
  wouldComeIn: z.boolean(),
  linked: z.boolean().describe('This account at the provider is the trying owner’s own from now on.'),
  claims: z.array(z.object({ name: z.string(), value: z.string() })),
});

const findByAddress = route({
  id: 'findCompanySignIn',
  method: 'post',
  path: '/sign-in/company/find',
  access: 'public',
  summary:
    'Whether addresses of this domain sign in through a provider of their company. The same for every address of a domain, known here or not',
  harmless: true,
  body: z.object({ address: z.string().trim().max(320) }),
  output: z.object({ organizationId: z.uuid().nullable() }),
  handleOutside: async (edge, { body }) => {
    requirePage(edge);
    await countCompanyTry(edge, 'find');
    const domain = body.address.split('@')[1] ?? '';
    const { rows } = await sql<{ organization_id: string }>`select * from company_of_domain(${domain})`.execute(edge.platform.database);
    return { organizationId: rows[0]?.organization_id ?? null };
  },
});

const describe = route({
  id: 'describeCompanySignIn',
  method: 'get',
  path: '/sign-in/company/{organizationId}',
  access: 'public',
  summary: 'Whose sign-in a company’s direct link begins. 404 where it is switched off',
  params,
  output: z.object({ organization: z.string() }),
  handleOutside: ({ platform }, { params: { organizationId } }) =>
    runAsSystem(platform, organizationId, async (ctx) => {
      if (!(await findCompanySignIn(ctx))?.onSince) throw refuseSignIn('not_offered');
      const { name } = await ctx.db.selectFrom('identity_organizations').select('name').executeTakeFirstOrThrow();
      return { organization: name };
    }),
});

const begin = route({
  id: 'beginCompanySignIn',
  method: 'post',
  path: '/sign-in/company/{organizationId}/begin',
  access: 'public',
  summary: 'Begin to sign in through the company’s provider: the address to go to. It belongs to this browser for ten minutes',
  params,
  body: z.object({
    next: z.string().max(2000).optional().describe('Where to come back to: a path of this page; anything else is the first page.'),
  }),
  output: z.object({ address: z.string() }),
  handleOutside: async (edge, { params: { organizationId }, body }) => {
    requirePage(edge);
    await countCompanyTry(edge);
    return beginCompanySignIn(edge, organizationId, { next: body.next ?? null });
  },
});

const finish = (roster: RosterForSignIn) =>
  route({
    id: 'finishCompanySignIn',
    method: 'post',
    path: '/sign-in/company/{organizationId}/finish',
    access: 'public',
    summary: 'Finish signing in through the company’s provider with what the browser came back with',
    params,
    body: z.object({
      answer: z
        .record(z.string().max(50), z.string().max(8000))
        .describe('What stands behind the ? of the address that the provider sent the browser to.'),
    }),
    output: z.object({ next: z.string(), trial: trialShape.nullable().describe('What a try showed; it signs nobody in.') }),
    handleOutside: async (edge, { params: { organizationId }, body }) => {
      requirePage(edge);
      await countCompanyTry(edge);
      return finishCompanySignIn(edge, organizationId, roster, body.answer);
    },
  });

const takeAnswer = route({
  id: 'takeSamlAnswer',
  method: 'post',
  path: '/sign-in/company/{organizationId}/saml',
  access: 'public',
  summary:
    'Where a SAML provider lets the browser post its answer. Signs nobody in: the browser goes on to a page that fetches what was checked',
  params,
  form: 1024 * 1024,
  body: z.object({
    SAMLResponse: z.string().max(700_000),
    RelayState: z.string().max(2000).optional().describe('Read by nobody: where somebody goes on to is kept here.'),
  }),
  output: 'redirect',
  handleOutside: async (edge, { params: { organizationId }, body }) => {
    await countCompanyTry(edge);
    return { redirect: await takeSamlAnswer(edge, organizationId, body.SAMLResponse) };
  },
});

const metadata = route({
  id: 'getSamlMetadata',
  method: 'get',
  path: '/sign-in/company/{organizationId}/metadata',
  access: 'public',
  summary: 'What a SAML provider has to know of this Groundcrew, for one organization. The address is also its entity id',
  params,
  output: 'file',
  handleOutside: async ({ platform }, { params: { organizationId } }) => {
    const there = await runAsSystem(platform, organizationId, (ctx) =>
      ctx.db.selectFrom('identity_organizations').select('organization_id').executeTakeFirst(),
    );
    if (!there) throw notFound('organization');
    return {
      file: {
        name: 'groundcrew-metadata.xml',
        contentType: 'application/samlmetadata+xml',
        bytes: Buffer.from(ourMetadata(ourAddresses(platform.config.publicUrl, organizationId))),
      },
    };
  },
});

/** What stands above the roster and yet has to ask it who is let in: the wiring hands the roster over. */
export const companySignInRoutes = (below: { roster: RosterForSignIn }) => ({
  findCompanySignIn: findByAddress,
  describeCompanySignIn: describe,
  beginCompanySignIn: begin,
  finishCompanySignIn: finish(below.roster),
  takeSamlAnswer: takeAnswer,
  getSamlMetadata: metadata,
});
