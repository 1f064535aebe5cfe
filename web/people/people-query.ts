import type { Selection } from '../design/selection.ts';
import type { Sort } from '../design/table-types.ts';
import { call, type InputOf } from '../shell/call.ts';
import { employmentTypes } from './words.ts';

type Query = NonNullable<NonNullable<InputOf<'listPeople'>>['query']>;
type View = NonNullable<Query['view']>;

const filterKeys = {
  department: 'departmentId',
  location: 'locationId',
  manager: 'managerId',
  employment: 'employmentType',
  app: 'appId',
} as const;
const sorts = ['name', 'department', 'location', 'start', 'left'] as const;

/** What is set beside the view: then the counts of the views do not fit the rows. */
export const filtersOf = (search: Record<string, string>): string[] => [...Object.keys(filterKeys), 'find'].filter((key) => search[key]);

/** How the list is sorted; undefined is by need, in groups. */
export function sortOf(search: Record<string, string>): Sort | undefined {
  const column = sorts.find((each) => each === search.sort);
  return column === undefined ? undefined : { column, descending: search.descending === 'true' };
}

/** The question to the server that an address asks. */
export function queryOf(search: Record<string, string>, view: View): Query {
  const sort = sortOf(search);
  const query: Record<string, string> = { view, sort: sort?.column ?? 'need' };
  if (sort?.descending) query.descending = 'true';
  if (search.find?.trim()) query.search = search.find.trim();
  for (const [key, name] of Object.entries(filterKeys)) {
    const value = search[key];
    if (value && (key === 'employment' ? isEmployment(value) : isId(value))) query[name] = value;
  }
  return query as Query;
}

const isId = (text: string) => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
const isEmployment = (text: string) => employmentTypes.some((type) => type === text);

/** The ids of everybody who is chosen, also beyond the rows that were fetched. */
export async function chosenPeople(selection: Selection, query: Query, total: number): Promise<string[]> {
  if (!selection.all) return [...selection.ids];
  const ids: string[] = [];
  for (let offset = 0; offset < total; offset += 200) {
    const { rows } = await call('listPeople', { query: { ...query, limit: 200, offset } });
    ids.push(...rows.map(({ id }) => id).filter((id) => !selection.ids.has(id)));
    if (rows.length === 0) break;
  }
  return ids;
}
