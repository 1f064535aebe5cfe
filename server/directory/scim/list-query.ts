import { type AttributePath, readPath } from './attribute-path.ts';
import { type Filter, readFilter } from './filter.ts';
import type { Projection } from './project.ts';
import type { Json, ResourceKind } from './schemas.ts';
import { badRequest } from './scim-error.ts';

/** A query of many resources as it was sent (RFC 7644 sections 3.4.2 and 3.4.3). `startIndex` counts from 1; `count` null: as many as a page holds. */
export type ListQuery = Projection & {
  filter: string | null;
  sortBy: string | null;
  descending: boolean;
  startIndex: number;
  count: number | null;
};

/** The largest page. */
export const mostResults = 1_000;
const usualResults = 100;

export const pageSize = ({ count }: ListQuery): number => Math.min(count ?? usualResults, mostResults);

const namesIn = (text: string | null): string[] | null => {
  const names = (text ?? '')
    .split(',')
    .map((each) => each.trim())
    .filter(Boolean);
  return names.length > 0 ? names : null;
};

const projectionOf = (attributes: string[] | null, excludedAttributes: string[] | null): Projection => ({
  attributes,
  // RFC 7644 section 3.9: the two exclude each other; what was asked for is given.
  excludedAttributes: attributes ? null : excludedAttributes,
});

export function projectionOfAddress(query: URLSearchParams): Projection {
  return projectionOf(namesIn(query.get('attributes')), namesIn(query.get('excludedAttributes')));
}

/** Reads the query of a GET. A startIndex below 1 is 1, a count below 0 is 0 (RFC 7644 section 3.4.2.4). */
export function queryOfAddress(query: URLSearchParams): ListQuery {
  return {
    ...projectionOfAddress(query),
    filter: query.get('filter'),
    sortBy: query.get('sortBy'),
    descending: query.get('sortOrder')?.toLowerCase() === 'descending',
    startIndex: Math.max(1, wholeNumber(query.get('startIndex'), 'startIndex') ?? 1),
    count: atLeastZero(wholeNumber(query.get('count'), 'count')),
  };
}

/** Reads the body of a POST to /.search. */
export function queryOfBody(body: Json): ListQuery {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw badRequest('invalidSyntax', 'The body must be a SearchRequest.');
  const field = (name: string) => Object.entries(body).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1] ?? null;
  const text = (name: string) => {
    const value = field(name);
    if (value !== null && typeof value !== 'string') throw badRequest('invalidSyntax', `${name} must be a text.`);
    return value || null;
  };
  const list = (name: string) => {
    const value = field(name);
    if (typeof value === 'string') return namesIn(value);
    if (value !== null && !(Array.isArray(value) && value.every((each) => typeof each === 'string')))
      throw badRequest('invalidSyntax', `${name} must be a list of attribute names.`);
    return value && value.length > 0 ? (value as string[]) : null;
  };
  const number = (name: string) => {
    const value = field(name);
    return wholeNumber(value === null ? null : String(value), name);
  };
  return {
    ...projectionOf(list('attributes'), list('excludedAttributes')),
    filter: text('filter'),
    sortBy: text('sortBy'),
    descending: text('sortOrder')?.toLowerCase() === 'descending',
    startIndex: Math.max(1, number('startIndex') ?? 1),
    count: atLeastZero(number('count')),
  };
}

const atLeastZero = (number: number | null) => (number === null ? null : Math.max(0, number));

function wholeNumber(text: string | null, name: string): number | null {
  if (text === null || text.trim() === '') return null;
  if (!/^[+-]?\d{1,9}$/.test(text.trim())) throw badRequest('invalidValue', `${name} must be a whole number.`);
  return Number(text);
}

export const filterOf = ({ filter }: ListQuery, kind: ResourceKind, strict: boolean): Filter | null =>
  filter === null || filter.trim() === '' ? null : readFilter(filter, kind, strict);

/** The path to sort by; null for none, and for one that this kind does not have (RFC 7644 section 3.4.2.3 then leaves the order open). */
export function sortOf({ sortBy }: ListQuery, kind: ResourceKind): AttributePath | null {
  if (!sortBy) return null;
  const path = readPath(sortBy.trim(), kind);
  if (!path) throw badRequest('invalidPath', `sortBy "${sortBy}" is no attribute.`);
  return path.definition ? path : null;
}
