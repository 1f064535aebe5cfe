import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { ConnectorError } from '../kit/index.ts';

const longest = 100_000;
const path = z.string().trim().min(1).max(300);
const template = z
  .string()
  .trim()
  .regex(/^\/(?!\/)/, 'a path that begins with one /, like /users/{id}')
  .max(1_000);
const plain = z.union([z.string(), z.number(), z.boolean()]);
const methods = ['get', 'post', 'put', 'patch', 'delete'] as const;

const requestShape = {
  get: template.optional(),
  post: template.optional(),
  put: template.optional(),
  patch: template.optional(),
  delete: template.optional(),
  query: z.record(z.string(), plain).optional(),
  headers: z
    .record(z.string(), z.string())
    .refine((headers) => Object.keys(headers).every((name) => /^[A-Za-z0-9-]+$/.test(name) && !/^authorization$/i.test(name)), {
      message: 'names of headers; the credential is not written here',
    })
    .optional(),
  body: z.unknown().optional(),
  form: z.literal(true).optional(),
};
const oneMethod = (request: Partial<Record<(typeof methods)[number], string>>) =>
  methods.filter((method) => request[method] !== undefined).length === 1;
const oneMethodWords = 'needs exactly one of get, post, put, patch and delete, with the path';

const request = z.strictObject(requestShape).refine(oneMethod, oneMethodWords);

const paging = z.union([
  z.strictObject({ cursor: z.strictObject({ from: path, as: z.string().min(1) }) }),
  z.strictObject({
    page: z.strictObject({ as: z.string().min(1), first: z.number().int().min(0).default(1), size: z.number().int().min(1).max(10_000) }),
  }),
  z.strictObject({ offset: z.strictObject({ as: z.string().min(1), first: z.number().int().min(0).default(0) }) }),
  z.strictObject({ next: path }),
  z.strictObject({ link: z.literal(true) }),
]);

const list = z
  .strictObject({ ...requestShape, items: path.optional(), total: path.optional(), paging: paging.optional() })
  .refine(oneMethod, oneMethodWords);

const values = z.array(plain).min(1);
const choice = z.strictObject({
  from: path,
  split: z.string().min(1).optional(),
  yes: values.optional(),
  no: values.optional(),
  otherwise: z.enum(['yes', 'no']).optional(),
});
const flag = z.union([path, choice]);

const fields = z.strictObject({
  id: path,
  userName: path.optional(),
  address: path.optional(),
  addresses: path.optional(),
  displayName: path.optional(),
  givenName: path.optional(),
  familyName: path.optional(),
  employeeNumber: path.optional(),
  status: z
    .union([
      path,
      z.strictObject({
        from: path,
        active: values.optional(),
        suspended: values.optional(),
        otherwise: z.enum(['active', 'suspended']).optional(),
      }),
    ])
    .optional(),
  isAdmin: flag.optional(),
  isService: flag.optional(),
  secondFactor: flag.optional(),
  isExternal: flag.optional(),
  lastActivity: path.optional(),
  entitlements: z
    .array(
      z.strictObject({
        kind: z.string().min(1),
        from: path,
        id: path.optional(),
        name: path.optional(),
        split: z.string().min(1).optional(),
      }),
    )
    .max(20)
    .optional(),
});

const kind = z.strictObject({
  kind: z.string().min(1),
  list,
  id: path,
  name: path.optional(),
  /** Who holds it, where the account itself does not say. */
  members: z.strictObject({ list, id: path }).optional(),
});

const steps = z.union([request.transform((one) => [one]), z.array(request).min(1).max(5)]);
const byKind = z.record(z.string(), request);

/** An app's interface in YAML: what is asked, where the answer holds what, and how changes are made. */
export const descriptionSchema = z.strictObject({
  accounts: z.strictObject({
    list,
    read: z
      .strictObject({ ...requestShape, item: path.optional() })
      .refine(oneMethod, oneMethodWords)
      .optional(),
    find: z
      .strictObject({ ...requestShape, item: path.optional(), items: path.optional() })
      .refine(oneMethod, oneMethodWords)
      .optional(),
    fields,
  }),
  entitlements: z.array(kind).max(20).default([]),
  actions: z
    .strictObject({
      suspend: steps.optional(),
      restore: steps.optional(),
      delete: steps.optional(),
      create: z
        .strictObject({ ...requestShape, id: path })
        .refine(oneMethod, oneMethodWords)
        .optional(),
      change: steps.optional(),
      grant: byKind.optional(),
      revoke: byKind.optional(),
      setPassword: steps.optional(),
      endSessions: steps.optional(),
    })
    .default({}),
});

export type Description = z.infer<typeof descriptionSchema>;
export type Request = z.infer<typeof request>;
export type List = z.infer<typeof list>;
export type Choice = z.infer<typeof choice>;

const parsed = new Map<string, Description>();

/** Reads a description. Throws ConnectorError `settings` naming line and place of the first mistakes. */
export function parseDescription(text: string): Description {
  const known = parsed.get(text);
  if (known) return known;
  if (text.length > longest) throw new ConnectorError('settings', 'The description is longer than 100,000 characters.');
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, maxAliasCount: 0 } as never);
  const [broken] = document.errors;
  if (broken)
    throw new ConnectorError(
      'settings',
      `The description cannot be read as YAML, line ${broken.linePos?.[0].line ?? '?'}: ${broken.message.split('\n')[0]}`,
    );
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 0 });
  } catch {
    throw new ConnectorError('settings', 'The description uses aliases (&, *). Write each part out.');
  }
  const result = descriptionSchema.safeParse(value);
  if (!result.success) {
    const problems = result.error.issues
      .slice(0, 5)
      .map(({ path: place, message }) => `${lineOf(document, lineCounter, place)}${place.join('.') || 'the whole'}: ${message}`);
    throw new ConnectorError('settings', `The description does not fit. ${problems.join('; ')}.`);
  }
  if (parsed.size > 100) parsed.clear();
  parsed.set(text, result.data);
  return result.data;
}

function lineOf(document: ReturnType<typeof parseDocument>, counter: LineCounter, place: PropertyKey[]): string {
  for (let depth = place.length; depth > 0; depth--) {
    const node = document.getIn(place.slice(0, depth), true) as { range?: [number, number, number] } | undefined;
    if (node?.range) return `line ${counter.linePos(node.range[0]).line}, `;
  }
  return '';
}

/** The method and path of a request. */
export function methodOf(asked: Request | List): { method: (typeof methods)[number]; path: string } {
  const method = methods.find((each) => asked[each] !== undefined)!;
  return { method, path: asked[method]! };
}
