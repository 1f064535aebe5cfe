/** How a fake SCIM server behaves. What is not set behaves as the RFCs say. Times in milliseconds or seconds as named. */
export type Behaviour = {
  /** Answers changes with 200 and the changed record, and changes nothing. */
  lying?: boolean;
  /** `given`: versions are sent and checked if they come back. `required`: a change without If-Match gets 428. */
  etag?: 'none' | 'given' | 'required';
  /** `false`: 501. `no-path`: only operations without path. `silent`: answers 204 without a record. */
  patch?: boolean | 'no-path' | 'silent';
  put?: boolean;
  /** A path that chooses values is not understood. `remove` takes the whole attribute then, as the RFC says, whatever value comes with it. */
  noValuePaths?: boolean;
  /** A change shows in reads only after so many further reads of that record, or so many seconds. */
  settlesAfterReads?: number;
  settlesAfterSeconds?: number;
  /** Lists end after so many records, although `totalResults` counts all. */
  truncateAfter?: number;
  /** No page holds more than this. */
  pageCap?: number;
  /** `startIndex` counts from 0. */
  zeroBased?: boolean;
  /** Every page is the first one. */
  ignoresStartIndex?: boolean;
  /** `totalResults` is left out. */
  noTotal?: boolean;
  /** Further pages are redirected there. */
  nextPageElsewhere?: string;
  /** So many requests get 429 with this Retry-After before it works again. */
  busyTimes?: number;
  retryAfter?: string;
  /** So many requests get 500. */
  failTimes?: number;
  /** The body of lists of users: never ends, announces 4 GB, or is nested without end. */
  body?: 'endless' | 'huge' | 'deep' | 'page';
  /** Changes get 403. */
  readOnly?: boolean;
  groupsForbidden?: boolean;
  noGroups?: boolean;
  noFilter?: boolean;
  /** What a filter by user name does: nothing (`ignored`), find nobody ever, mind the case, or search active users only. */
  filter?: 'ignored' | 'finds-nobody' | 'exact-case' | 'active-only';
  /** A user name that is there already is taken once more. */
  namesTwice?: boolean;
  /** No ServiceProviderConfig, ResourceTypes, Schemas. */
  noDiscovery?: boolean;
  /** Users show their `groups`. */
  groupsOnUsers?: boolean;
  /** Lists of groups leave `members` out. */
  membersOnlySingly?: boolean;
  /** How `active` is shown. */
  activeAs?: 'boolean' | 'text' | 'absent';
  /** Connections are cut without an answer. `after`: the change is made first. */
  down?: boolean | 'after';
  /** Every error repeats the credential that was sent. */
  echoesSecret?: boolean;
  delayMs?: number;
};

/** Behaviours by name, for the command line. */
export const behaviours: Record<string, Behaviour> = {
  obedient: {},
  obstinate: { etag: 'required', patch: false },
  lying: { lying: true },
  slow: { settlesAfterReads: 3 },
  truncating: { truncateAfter: 71 },
  busy: { busyTimes: 2, retryAfter: '1' },
  down: { down: true },
  'read-only': { readOnly: true },
  endless: { body: 'endless' },
};
