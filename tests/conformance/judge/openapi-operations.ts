import type { Judge, Operation } from './operation.ts';
import { at, schemaJudge } from './schema-judge.ts';

type Part = { [key: string]: any };

const methods = ['get', 'post', 'put', 'patch', 'delete'];
const escaped = (key: string) => encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'));

/** The operations of an OpenAPI 3 or Swagger 2 document. */
export function openapiOperations(given: Part): Operation[] {
  const document = asJsonSchema(given);
  const judgeAt = schemaJudge(document);
  const resolved = (part: Part): { part: Part; pointer: string | null } =>
    typeof part?.$ref === 'string' ? { part: at(document, part.$ref), pointer: part.$ref } : { part, pointer: null };
  return Object.entries((document.paths ?? {}) as Record<string, Part>).flatMap(([path, item]) =>
    methods
      .filter((method) => item[method])
      .map((method): Operation => {
        const operation = item[method] as Part;
        const here = `#/paths/${escaped(path)}/${method}`;
        const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])].map((each: Part) => resolved(each).part);
        const body = bodyOf(operation, here, resolved, judgeAt, parameters);
        return {
          method: method.toUpperCase(),
          path: `${document.swagger ? (document.basePath ?? '').replace(/\/$/, '') : ''}${path}`,
          query: new Map(
            parameters
              .filter((each) => each.in === 'query')
              .map((each) => [each.name as string, { required: each.required === true, judge: null }]),
          ),
          ...body,
          response: (status) => {
            const key = [String(status), `${Math.floor(status / 100)}XX`, `${Math.floor(status / 100)}xx`, 'default'].find(
              (each) => operation.responses?.[each],
            );
            if (key === undefined) return undefined;
            const { part, pointer } = resolved(operation.responses[key]);
            const inside = pointer ?? `${here}/responses/${escaped(key)}`;
            if (part.schema) return judgeAt(`${inside}/schema`);
            const type = jsonTypeOf(part.content);
            return type === null ? null : judgeAt(`${inside}/content/${escaped(type)}/schema`);
          },
        };
      }),
  );
}

function bodyOf(
  operation: Part,
  here: string,
  resolved: (part: Part) => { part: Part; pointer: string | null },
  judgeAt: (pointer: string) => Judge,
  parameters: Part[],
): Pick<Operation, 'request' | 'requestRequired'> {
  const inBody = (operation.parameters ?? []).findIndex((each: Part) => resolved(each).part.in === 'body');
  if (inBody >= 0) return { request: judgeAt(`${here}/parameters/${inBody}/schema`), requestRequired: true };
  const form = parameters.filter((each) => each.in === 'formData');
  if (form.length > 0)
    return { request: formJudge(form), requestRequired: form.some(({ required, name }) => required && name !== 'token') };
  if (!operation.requestBody) return { request: null, requestRequired: false };
  const { part, pointer } = resolved(operation.requestBody);
  const type = jsonTypeOf(part.content) ?? Object.keys(part.content ?? {})[0] ?? null;
  if (type === null || !part.content[type].schema) return { request: null, requestRequired: part.required === true };
  return {
    request: judgeAt(`${pointer ?? `${here}/requestBody`}/content/${escaped(type)}/schema`),
    requestRequired: part.required === true,
  };
}

/** A form of Swagger 2: its names, and those that must be there; a token may travel in a header instead. */
const formJudge =
  (fields: Part[]): Judge =>
  (value) => {
    const given = Object.keys(value as object);
    return [
      ...given
        .filter((name) => !fields.some((field) => field.name === name))
        .map((name) => `/${name} is no field that the description knows`),
      ...fields
        .filter(({ required, name }) => required && name !== 'token' && !given.includes(name))
        .map(({ name }) => `/${name} is missing`),
    ];
  };

const jsonTypeOf = (content: Part | undefined): string | null =>
  Object.keys(content ?? {}).find((type) => /json|\*\/\*/.test(type) && content![type].schema) ?? null;

/** The document with what OpenAPI 3.0 and Swagger 2 write differently from JSON Schema brought into its words. */
function asJsonSchema(value: any): any {
  if (Array.isArray(value)) return value.map(asJsonSchema);
  if (typeof value !== 'object' || value === null) return value;
  const copy: Part = {};
  for (const [key, inner] of Object.entries(value))
    copy[key] = key === 'enum' || key === 'example' || key === 'examples' || key === 'default' ? inner : asJsonSchema(inner);
  if (copy.nullable === true || copy['x-nullable'] === true) {
    delete copy.nullable;
    if (typeof copy.type === 'string') copy.type = [copy.type, 'null'];
    else if (copy.$ref) return { anyOf: [copy, { type: 'null' }] };
    if (Array.isArray(copy.enum) && !copy.enum.includes(null)) copy.enum = [...copy.enum, null];
    else if (copy.allOf || copy.anyOf || copy.oneOf) return { anyOf: [copy, { type: 'null' }] };
  }
  for (const [flag, bound] of [
    ['exclusiveMinimum', 'minimum'],
    ['exclusiveMaximum', 'maximum'],
  ] as const) {
    if (typeof copy[flag] !== 'boolean') continue;
    if (copy[flag]) copy[flag] = copy[bound];
    else delete copy[flag];
  }
  if (typeof copy.pattern === 'string' && !isPattern(copy.pattern)) delete copy.pattern;
  if (typeof copy.id === 'string') delete copy.id;
  return copy;
}

function isPattern(text: string): boolean {
  try {
    return new RegExp(text) !== null;
  } catch {
    return false;
  }
}
