// One line per domain. tests/architecture.test.ts fails when one is missing.
import { accessReactions } from './access/reactions.ts';
import { appsReactions } from './apps/reactions.ts';
import { syncJob } from './connections/jobs.ts';
import { connectionsReactions } from './connections/reactions.ts';
import { directoryReactions } from './directory/reactions.ts';
import { hygieneReactions } from './hygiene/reactions.ts';
import { removeUserJob } from './identity/erasure.ts';
import { importJob } from './people/jobs.ts';
import { peopleReactions } from './people/reactions.ts';
import { type Reaction, reactionJob } from './platform/events.ts';
import type { JobKind } from './platform/jobs.ts';
import { playbooksReactions } from './playbooks/reactions.ts';
import { sampleJob } from './sample/jobs.ts';

export const jobs: JobKind<never>[] = [reactionJob, importJob, removeUserJob, syncJob, sampleJob];

export const reactions: Reaction[] = [
  ...peopleReactions,
  ...appsReactions,
  ...connectionsReactions,
  ...accessReactions,
  ...playbooksReactions,
  ...directoryReactions,
  ...hygieneReactions,
];
