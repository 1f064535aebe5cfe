/** How long reading one app may take, in minutes, however slowly it answers. */
export const readingMinutes = 15;
