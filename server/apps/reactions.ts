import { peopleImported, personChanged } from '../people/index.ts';
import { type Reaction, reaction } from '../platform/events.ts';
import { rematchAccounts, rematchPerson } from './rematch-accounts.ts';

export const appsReactions: Reaction[] = [
  reaction(personChanged, 'apps.rematch-person', (ctx, { personId }) => rematchPerson(ctx, personId)),
  reaction(peopleImported, 'apps.rematch-all', (ctx) => rematchAccounts(ctx)),
];
