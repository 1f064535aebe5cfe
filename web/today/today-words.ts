const words = [
  'Nothing',
  'One thing',
  'Two things',
  'Three things',
  'Four things',
  'Five things',
  'Six things',
  'Seven things',
  'Eight things',
  'Nine things',
];

/** “One thing needs you.” */
export const needsWords = (count: number): string => `${words[count] ?? `${count} things`} ${count < 2 ? 'needs' : 'need'} you.`;

/** The greeting of the hour in a zone: “Good morning”. */
export function greeting(now: number, zone: string): string {
  const hour = Number(new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', hourCycle: 'h23' }).format(now));
  if (hour < 5) return 'Good night';
  if (hour < 12) return 'Good morning';
  return hour < 18 ? 'Good afternoon' : 'Good evening';
}

/** The day in full: “Thursday 26 November”. */
export const fullDay = (now: number, zone: string): string => {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone: zone, weekday: 'long', day: 'numeric', month: 'long' }).formatToParts(now);
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
  return `${of('weekday')} ${of('day')} ${of('month')}`;
};

/** What somebody is called in a greeting. */
export const firstName = (name: string): string => name.trim().split(/\s+/)[0] ?? name;
