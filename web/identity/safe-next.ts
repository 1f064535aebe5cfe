/** Where to go after signing in: only to a place of this page. */
export const safeNext = (wanted: string | undefined): string => (wanted !== undefined && /^\/(?![/\\])/.test(wanted) ? wanted : '/');
