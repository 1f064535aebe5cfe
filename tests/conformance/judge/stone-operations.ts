import type { Judge, Operation } from './operation.ts';

type Field = { name: string; type: string; required: boolean };
type Definition = { kind: 'struct' | 'union'; parent: string | null; closed: boolean; fields: Field[] };
type Namespace = {
  definitions: Map<string, Definition>;
  aliases: Map<string, string>;
  routes: { path: string; request: string; answer: string }[];
};

const primitives = /^(String|Boolean|Bytes|Timestamp|U?Int(32|64)|Float(32|64)|Void)\b/;

/** The operations of a vendor that describes its interface in Stone: every route is a POST of one value, answered by one. `texts`: one namespace each. */
export function stoneOperations(texts: string[]): Operation[] {
  const namespaces = new Map(texts.map((text) => [/^namespace (\w+)/m.exec(text)?.[1] ?? '', read(text)]));
  return [...namespaces].flatMap(([name, { routes }]) =>
    routes.map(
      ({ path, request, answer }): Operation => ({
        method: 'POST',
        path: `/${name}/${path}`,
        query: new Map(),
        request: request === 'Void' ? null : judgeOf(namespaces, name, request),
        requestRequired: request !== 'Void',
        response: (status) => (status === 200 ? (answer === 'Void' ? null : judgeOf(namespaces, name, answer)) : undefined),
      }),
    ),
  );
}

function read(text: string): Namespace {
  const namespace: Namespace = { definitions: new Map(), aliases: new Map(), routes: [] };
  let current: Definition | null = null;
  // Documentation and examples hold words that look like fields.
  for (const line of text.replaceAll(/"(?:[^"\\]|\\.)*"/gs, '').split('\n')) {
    const begins = /^(struct|union_closed|union) (\w+)(?: extends ([\w.]+))?/.exec(line);
    const alias = /^alias (\w+) = (.+)$/.exec(line);
    const route = /^route ([\w/]+)(?::(\d+))? \(([^,]+), (.+), [^,]+\)/.exec(line);
    if (begins) {
      const [, kind, name, parent] = begins;
      current = { kind: kind === 'struct' ? 'struct' : 'union', parent: parent ?? null, closed: kind === 'union_closed', fields: [] };
      namespace.definitions.set(name!, current);
    } else if (alias) namespace.aliases.set(alias[1]!, alias[2]!.trim());
    else if (route) {
      const [, path, version, request, answer] = route;
      namespace.routes.push({ path: `${path}${version ? `_v${version}` : ''}`, request: request!.trim(), answer: answer!.trim() });
    } else if (/^ {4}example\b/.test(line) || /^\S/.test(line)) current = null;
    const field = current && /^ {4}(\w+)\*?(?: ([A-Z_a-z][\w.]*(?:\(.*\))?\??))?(?: =(.*))?\s*$/.exec(line);
    if (field && current) {
      const [, name, type = 'Void', fallback] = field;
      current.fields.push({ name: name!, type: type.replace(/\?$/, ''), required: !type.endsWith('?') && fallback === undefined });
    }
  }
  return namespace;
}

type All = Map<string, Namespace>;

function judgeOf(all: All, here: string, type: string): Judge {
  return (value) => faultsOf(all, here, type, value, '');
}

function faultsOf(all: All, here: string, type: string, value: unknown, place: string): string[] {
  const list = /^List\((.+?)(?:, \w+=.*)?\)$/.exec(type);
  if (list) {
    if (!Array.isArray(value)) return [`${place} must be a list`];
    return value.flatMap((each, index) => faultsOf(all, here, list[1]!, each, `${place}/${index}`));
  }
  const primitive = primitives.exec(type)?.[1];
  if (primitive) return kindOf(primitive).includes(typeof value) ? [] : [`${place} must be ${primitive}`];
  const [namespace, name] = type.includes('.')
    ? (type.replace(/\(.*/, '').split('.') as [string, string])
    : [here, type.replace(/\(.*/, '')];
  const known = all.get(namespace);
  const alias = known?.aliases.get(name);
  if (alias) return faultsOf(all, namespace, alias.replace(/\?$/, ''), value, place);
  const definition = known?.definitions.get(name);
  // A namespace that is not given is not judged.
  if (!definition) return known ? [`${place} is of a type that the description lacks: ${type}`] : [];
  return definition.kind === 'struct' ? structFaults(all, namespace, name, value, place) : unionFaults(all, namespace, name, value, place);
}

const kindOf = (primitive: string) => (primitive === 'Boolean' ? ['boolean'] : /Int|Float/.test(primitive) ? ['number'] : ['string']);

/** The fields of a definition and of those it extends, each with the namespace that its type is read in. */
function fieldsOf(all: All, namespace: string, name: string): (Field & { here: string })[] {
  const definition = all.get(namespace)?.definitions.get(name);
  if (!definition) return [];
  const [inNamespace, parent] = definition.parent?.includes('.') ? definition.parent.split('.') : [namespace, definition.parent];
  return [...(parent ? fieldsOf(all, inNamespace!, parent) : []), ...definition.fields.map((field) => ({ ...field, here: namespace }))];
}

function structFaults(all: All, namespace: string, name: string, value: unknown, place: string, besides: string[] = []): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${place} must be an object (${name})`];
  const fields = fieldsOf(all, namespace, name);
  const given = value as Record<string, unknown>;
  return [
    ...Object.keys(given)
      .filter((key) => !besides.includes(key) && !fields.some((field) => field.name === key))
      .map((key) => `${place}/${key} is no property that the description knows`),
    ...fields.flatMap((field) =>
      field.name in given
        ? faultsOf(all, field.here, field.type, given[field.name], `${place}/${field.name}`)
        : field.required
          ? [`${place}/${field.name} is missing`]
          : [],
    ),
  ];
}

/** A union is a word, or an object with the word as `.tag` and its value beside it; the fields of a struct stand beside the tag themselves. */
function unionFaults(all: All, namespace: string, name: string, value: unknown, place: string): string[] {
  const given = typeof value === 'string' ? { '.tag': value } : ((value ?? {}) as Record<string, unknown>);
  const tag = given['.tag'];
  const option = fieldsOf(all, namespace, name).find((field) => field.name === tag);
  if (!option) return [`${place} must be one of ${name}, not ${JSON.stringify(tag)}`];
  if (option.type === 'Void') return Object.keys(given).length === 1 ? [] : [`${place} has more than its tag`];
  const [inNamespace, inner] = option.type.includes('.') ? option.type.split('.') : [option.here, option.type];
  if (all.get(inNamespace!)?.definitions.get(inner!)?.kind === 'struct')
    return structFaults(all, inNamespace!, inner!, given, place, ['.tag']);
  if (!(option.name in given)) return [`${place}/${option.name} is missing`];
  return faultsOf(all, option.here, option.type, given[option.name], `${place}/${option.name}`);
}
