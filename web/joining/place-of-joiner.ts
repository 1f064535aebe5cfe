import { type Place, zoneCity } from '../design/format-in-zones.ts';

/** Where the times of a joiner are told. */
export const placeOfJoiner = ({ zone, place }: { zone: string; place: string | null }): Place => ({ zone, name: place ?? zoneCity(zone) });
