const all = Intl.supportedValuesOf('timeZone');

/** The time zones to choose from; one that is in force and that the browser does not list is kept. */
export const zoneOptions = (current: string | null): string[] =>
  current === null || current === '' || all.includes(current) ? all : [current, ...all];
