/** A way by which news of an exit could reach somebody who may not know of it yet. */
export type QuietChannel = {
  /** In a sentence, what keeps it quiet. */
  how: string;
  /** The routes that are this way, by the beginning of their path below /api/v1. */
  paths?: readonly string[];
};

/**
 * Every way by which an exit that has not been told could become known, in one place. tests/quiet-until-told.test.ts has a test for each of
 * them, and fails when a route is in none.
 */
export const quietChannels = {
  page: {
    how: 'The page asks the API with the session of whoever looks, and is otherwise the same files for everybody.',
    paths: [
      '/session',
      '/organization',
      '/setup',
      '/second-factor',
      '/sign-in',
      '/sign-out',
      '/company-sign-in',
      '/invitation',
      '/connectors',
      '/playbooks',
      '/setup-check',
      '/organizations',
      '/sample',
      '/views',
      '/address-pattern',
      '/milestones',
      '/configuration',
    ],
  },
  api: {
    how: 'Each request runs in a transaction in which row-level security hides what is concealed from its member, token or not, whatever the role.',
    paths: [
      '/runs',
      '/legal-holds',
      '/retention',
      '/leaving',
      '/joining',
      '/welcome',
      '/steps',
      '/actions',
      '/handovers',
      '/proofs',
      '/signing-key',
      '/members',
      '/tokens',
      '/paused',
      '/access-rules',
      '/directory',
      '/access-gap',
      '/access-decisions',
      '/plans',
    ],
  },
  search: { how: 'Search reads the roster, in which dates that are hidden from the reader are absent.', paths: ['/search'] },
  counts: {
    how: 'Counts are taken of the rows that the reader may see, never stored.',
    paths: [
      '/today',
      '/people/counts',
      '/departments',
      '/locations',
      '/finding',
      '/hygiene',
      '/apps',
      '/accounts',
      '/connections',
      '/syncs',
    ],
  },
  tasks: {
    how: 'A task of an exit goes to somebody else than the person it is about, and is hidden with the exit; so is a link that would open it.',
    paths: ['/tasks', '/task-link'],
  },
  mail: {
    how: 'A message carries the concealment of what it is about, and is withheld from every address of the person until they have been told.',
    paths: ['/outbox'],
  },
  audit: {
    how: 'Events of an exit carry its concealment; places in the chain are told to who may see all of it, and counted without it to others.',
    paths: ['/audit'],
  },
  exports: { how: 'A file is made of the rows that the reader may see, by the queries that the page uses.' },
  importedDate: {
    how: 'A leaving date from a list conceals itself until it has come, and its row is not shown to the person it is about.',
    paths: ['/people'],
  },
  errors: { how: 'A refusal tells nothing that the reader could not have read: one’s own exit is refused before anything is looked up.' },
  metrics: { how: 'Figures about the process alone: nothing in them counts what belongs to an organization.' },
} as const satisfies Record<string, QuietChannel>;

export type QuietChannelName = keyof typeof quietChannels;
