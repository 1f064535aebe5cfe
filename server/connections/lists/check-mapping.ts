import type { AccountMapping } from '../../apps/index.ts';
import { invalid, type Problem } from '../../platform/errors.ts';

/** Throws a Refusal when a mapping cannot be used with these headings: a column that is not there, or nothing that tells accounts apart. */
export function checkMapping(headings: string[], mapping: AccountMapping): void {
  const problems: Problem[] = [];
  for (const [field, columns] of Object.entries(mapping)) {
    for (const column of columns)
      if (headings[column] === undefined) problems.push({ field: `mapping.${field}`, message: `The list has no column ${column + 1}.` });
  }
  if (!tellsApart(mapping)) {
    problems.push({
      field: 'mapping.address',
      message: 'Say which column holds the address, the user name or the id of the account, or at least its name.',
    });
  }
  if (problems.length > 0) throw invalid('bad_mapping', 'The columns cannot be used like this. Nothing was changed.', problems);
}

/** Whether some column tells the accounts apart: an address, a user name, an id, or at least a name. */
export function tellsApart({ address, userName, externalId, displayName, givenName, familyName }: AccountMapping): boolean {
  return [address, userName, externalId, displayName, givenName, familyName].some((columns) => columns !== undefined && columns.length > 0);
}
