/** What stands behind the question mark: each name with its last value. */
export type Search = Record<string, string>;

/** `a=1&b=2` as an object of strings; a name without value is ''. */
export const parseSearch = (text: string): Search => Object.fromEntries(new URLSearchParams(text));

/** The reverse, with the question mark; empty and undefined values are left out. */
export const searchText = (search: Record<string, unknown>): string => {
  const kept = Object.entries(search).filter(([, value]) => value !== undefined && value !== null && value !== '');
  const text = new URLSearchParams(kept.map(([name, value]) => [name, String(value)])).toString();
  return text === '' ? '' : `?${text}`;
};

/** `/people?view=left#row` in its three parts, without their signs. */
export const splitAddress = (address: string): { path: string; search: Search; hash: string } => {
  const [beforeHash = '', hash = ''] = address.split('#', 2);
  const [path = '', search = ''] = beforeHash.split('?', 2);
  return { path, search: parseSearch(search), hash };
};
