import type { Connector } from '../../connectors/kit/index.ts';

export type SetUpLine = { words: string; link: string | null };

/** The steps of setting a connection up, with the vendor's pages as far as the settings that are known so far lead there. */
export function setUpSteps(connector: Connector, settings: Record<string, unknown>): SetUpLine[] {
  return (connector.profile?.setUp ?? []).map(({ words, link }) => ({
    words,
    link: safeLink(typeof link === 'function' ? link(settings) : (link ?? null)),
  }));
}

/** Only https leads anywhere: settings are typed by people, and a link is made from them. */
const safeLink = (link: string | null): string | null =>
  link !== null && URL.canParse(link) && new URL(link).protocol === 'https:' ? link : null;
