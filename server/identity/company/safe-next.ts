/**
 * Where somebody comes back to after signing in: a path of ours, else the first page. Everything that a browser might read as another host is
 * none: `//`, `\`, control characters (which browsers drop), an address with a scheme.
 */
export function safeNext(wanted: string | null | undefined): string {
  if (!wanted || wanted.length > 2000 || !/^\/(?![/\\])/.test(wanted)) return '/';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is refused.
  if (/[\u0000-\u001f\u007f\\]/.test(wanted)) return '/';
  const here = 'https://here.invalid';
  return URL.canParse(wanted, here) && new URL(wanted, here).origin === here ? wanted : '/';
}
