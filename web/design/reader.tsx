import { createContext, type ReactNode, useContext } from 'react';
import { type Place, zoneCity } from './format-in-zones.ts';

/** Who reads the page: where, and in which habit of writing hours. */
export type Reader = { place: Place; hours: '24' | '12' };

const browserZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The reader where nothing else is known: the zone of the browser, 24 hours. */
export const readerOfBrowser: Reader = { place: { zone: browserZone, name: zoneCity(browserZone) }, hours: '24' };

const ReaderContext = createContext<Reader>(readerOfBrowser);

/** Tells all times below it where their reader is. */
export function ReaderProvider({ reader, children }: { reader: Reader; children: ReactNode }) {
  return <ReaderContext value={reader}>{children}</ReaderContext>;
}

export const useReader = (): Reader => useContext(ReaderContext);
