import type { Behaviour } from './behaviour.ts';
import type { Resource } from './directory.ts';
import { ScimProblem } from './scim-problem.ts';

type Operation = { op?: unknown; path?: unknown; value?: unknown };

/** The part of PATCH (RFC 7644, section 3.5.2) that the fake understands: attributes by name, and values chosen by `[value eq "…"]`. */
export function applyPatch(before: Resource, body: Resource, behaviour: Behaviour): Resource {
  if (!Array.isArray(body.Operations)) throw new ScimProblem(400, 'Operations is missing.', 'invalidSyntax');
  let after = structuredClone(before);
  for (const operation of body.Operations as Operation[]) after = applyOne(after, operation, behaviour);
  return after;
}

function applyOne(resource: Resource, { op, path, value }: Operation, behaviour: Behaviour): Resource {
  const verb = String(op).toLowerCase();
  if (path === undefined) {
    if (verb === 'remove' || typeof value !== 'object' || value === null) throw new ScimProblem(400, 'A value is missing.', 'invalidValue');
    return Object.entries(value).reduce((now, [name, part]) => applyNamed(now, verb, name, part), resource);
  }
  if (behaviour.patch === 'no-path') throw new ScimProblem(400, 'Operations with a path are not understood.', 'invalidPath');
  const chosen = /^(\w+)\[value eq (".*")\]$/.exec(String(path));
  if (chosen) {
    if (verb !== 'remove' || behaviour.noValuePaths) throw new ScimProblem(400, 'This path is not understood.', 'invalidPath');
    const gone = JSON.parse(chosen[2] as string) as string;
    return { ...resource, [chosen[1] as string]: listOf(resource, chosen[1] as string).filter((entry) => entry.value !== gone) };
  }
  return applyNamed(resource, verb, String(path), value);
}

function applyNamed(resource: Resource, verb: string, name: string, value: unknown): Resource {
  if (verb === 'remove') return { ...resource, [name]: undefined };
  if (verb === 'add' && Array.isArray(value)) {
    const before = listOf(resource, name);
    const fresh = value.filter((entry: { value?: unknown }) => !before.some((held) => held.value === entry.value));
    return { ...resource, [name]: [...before, ...fresh] };
  }
  if (verb !== 'replace' && verb !== 'add') throw new ScimProblem(400, 'This operation is not known.', 'invalidSyntax');
  return { ...resource, [name]: value };
}

function listOf(resource: Resource, name: string): { value?: unknown }[] {
  const held = resource[name];
  return Array.isArray(held) ? (held as { value?: unknown }[]) : [];
}
