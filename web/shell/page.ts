import type { ComponentType } from 'react';

/** A page as its domain declares it; its code is loaded when it is opened. */
export type Page = {
  /** `/people/$personId`. */
  path: string;
  /** The document's title until the page says a better one by `useTitle`. */
  title: string;
  load: () => Promise<{ default: ComponentType }>;
  /** Outside the frame and without a session: sign-in, a task's link. */
  bare?: boolean;
};

/** A kind of thing that the search finds: its heading, and where one of them is. */
export type FoundKind = { kind: string; heading: string; to: (id: string) => string };

/** Something that can be done, offered by the palette. It ends where the page's own button does: in the dry run. */
export type Verb = {
  /** The kind of the found thing it is done to; null for one that needs none. */
  of: string | null;
  label: (title: string) => string;
  /** The consequence, in grey: “shows what happens first”. */
  detail?: string;
  to: (id: string) => string;
  permission?: string;
};

/** What a domain gives to the frame. */
export type DomainPages = { pages: Page[]; kinds?: FoundKind[]; verbs?: Verb[] };
