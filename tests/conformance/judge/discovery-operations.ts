import type { Operation } from './operation.ts';
import { schemaJudge } from './schema-judge.ts';

type Part = { [key: string]: any };

/** The operations of a Google API discovery document (https://developers.google.com/discovery/v1/reference/apis). */
export function discoveryOperations(document: Part): Operation[] {
  const judgeAt = schemaJudge({
    schemas: Object.fromEntries(Object.entries(document.schemas as Part).map(([name, schema]) => [name, asJsonSchema(schema)])),
  });
  return methodsOf(document).map((method): Operation => {
    const parameters = { ...document.parameters, ...method.parameters } as Record<string, Part>;
    const named = (ref: Part | undefined) => (ref?.$ref ? judgeAt(`#/schemas/${ref.$ref}`) : null);
    return {
      method: method.httpMethod,
      path: `/${(document.servicePath + (method.flatPath ?? method.path)).replace(/^\//, '')}`,
      query: new Map(
        Object.entries(parameters)
          .filter(([, each]) => each.location !== 'path')
          .map(([name, each]) => [name, { required: each.required === true, judge: null }]),
      ),
      request: named(method.request),
      requestRequired: method.request !== undefined,
      response: (status) => (status >= 400 || status === 204 ? null : named(method.response)),
    };
  });
}

const methodsOf = (part: Part): Part[] => [
  ...Object.values((part.methods ?? {}) as Record<string, Part>),
  ...Object.values((part.resources ?? {}) as Record<string, Part>).flatMap(methodsOf),
];

/** Discovery schemas are an old draft of JSON Schema: references by bare name, `any`, long numbers as texts, `required` on a property. */
function asJsonSchema(value: any): any {
  if (Array.isArray(value)) return value.map(asJsonSchema);
  if (typeof value !== 'object' || value === null) return value;
  const copy: Part = {};
  for (const [key, inner] of Object.entries(value as Part)) {
    if (key === '$ref' && typeof inner === 'string') copy.$ref = `#/schemas/${inner}`;
    else if (
      ['id', 'description', 'annotations', 'readOnly', 'deprecated', 'enumDescriptions', 'enumDeprecated'].includes(key) &&
      typeof inner !== 'object'
    )
      continue;
    else if (key === 'required' && typeof inner === 'boolean') continue;
    else if (key === 'format' && typeof inner === 'string') continue;
    else if (key === 'enum') copy.enum = inner;
    else copy[key] = asJsonSchema(inner);
  }
  if (copy.type === 'any') delete copy.type;
  if (typeof copy.default === 'string') delete copy.default;
  return copy;
}
