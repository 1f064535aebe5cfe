import type { AttributePath } from './attribute-path.ts';
import type { Comparison, Filter, FilterValue } from './filter.ts';
import type { Attribute, Json, Resource } from './schemas.ts';

const isObject = (value: Json | undefined): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const own = (from: { [key: string]: Json }, name: string): Json | undefined => (Object.hasOwn(from, name) ? from[name] : undefined);

/** What stands at a path, as a list. A multi-valued complex attribute without sub-attribute gives its `value`s (RFC 7644 section 3.4.2.2). */
export function valuesAt(resource: Resource, path: AttributePath): Json[] {
  const from = path.urn === null ? resource : own(resource, path.urn);
  if (!isObject(from) || path.attribute === null) return isObject(from) ? [from] : [];
  const found = own(from, path.attribute);
  const list = (Array.isArray(found) ? found : [found]).filter((each) => each !== undefined && each !== null);
  if (path.sub !== null)
    return list.flatMap((each) => {
      const sub = isObject(each) ? own(each, path.sub as string) : undefined;
      return sub === undefined || sub === null ? [] : [sub];
    });
  return list;
}

/** Whether a resource fits a filter. Texts are compared without regard to capitals unless the schema says that they count. */
export function matches(resource: Resource, filter: Filter): boolean {
  switch (filter.is) {
    case 'and':
      return filter.parts.every((part) => matches(resource, part));
    case 'or':
      return filter.parts.some((part) => matches(resource, part));
    case 'not':
      return !matches(resource, filter.part);
    case 'present':
      return valuesAt(resource, filter.path).some(isPresent);
    case 'has':
      return valuesAt(resource, filter.path).some((value) => fits(value, filter.part));
    case 'compare': {
      const { path, operator, value } = filter;
      const definition = path.subDefinition ?? path.definition;
      const values = valuesAt(resource, path).map((each) => (isObject(each) ? (own(each, 'value') ?? null) : each));
      const compared = definition?.type === 'complex' ? valueDefinition(definition) : definition;
      if (value === null) return (operator === 'eq') === !values.some(isPresent);
      // Not equal is true where no value is equal, also where there is none.
      if (operator === 'ne') return !values.some((each) => holds(each, 'eq', value, compared));
      return values.some((each) => holds(each, operator, value, compared));
    }
  }
}

/** Whether one value of a multi-valued attribute fits the filter in its brackets. */
export const fits = (value: Json, filter: Filter): boolean => matches(isObject(value) ? value : { value }, filter);

const valueDefinition = (definition: Attribute) => definition.subAttributes?.find(({ name }) => name === 'value');

const isPresent = (value: Json): boolean =>
  value !== null && value !== '' && !(Array.isArray(value) && value.length === 0) && !(isObject(value) && Object.keys(value).length === 0);

function holds(found: Json, operator: Comparison, value: FilterValue, definition?: Attribute): boolean {
  if (typeof found === 'boolean' || typeof value === 'boolean')
    return operator === 'eq' && String(found).toLowerCase() === String(value).toLowerCase();
  if (typeof found === 'number' && typeof value === 'number') return ordered(found - value, operator);
  if (found === null || typeof found === 'object') return false;
  if (definition?.type === 'dateTime') {
    const [a, b] = [Date.parse(String(found)), Date.parse(String(value))];
    if (!Number.isNaN(a) && !Number.isNaN(b) && !['co', 'sw', 'ew'].includes(operator)) return ordered(a - b, operator);
  }
  const fold = (text: string) => (definition?.caseExact ? text : text.toLowerCase());
  const [a, b] = [fold(String(found)), fold(String(value))];
  if (operator === 'co') return a.includes(b);
  if (operator === 'sw') return a.startsWith(b);
  if (operator === 'ew') return a.endsWith(b);
  return ordered(a < b ? -1 : a > b ? 1 : 0, operator);
}

function ordered(difference: number, operator: string): boolean {
  switch (operator) {
    case 'eq':
      return difference === 0;
    case 'gt':
      return difference > 0;
    case 'ge':
      return difference >= 0;
    case 'lt':
      return difference < 0;
    case 'le':
      return difference <= 0;
    default:
      return false;
  }
}
