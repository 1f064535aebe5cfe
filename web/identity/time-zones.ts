/** The time zones that this browser knows, with UTC. */
export const timeZones: string[] = [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])];

export const browserZone: string = Intl.DateTimeFormat().resolvedOptions().timeZone;
