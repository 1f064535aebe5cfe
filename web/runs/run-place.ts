import { type Place, zoneCity } from '../design/format-in-zones.ts';

/** Where the times of a run are told: the leaver's zone by the name of their place. */
export const placeOfRun = ({ zone, place }: { zone: string; place: string | null }): Place => ({ zone, name: place ?? zoneCity(zone) });
