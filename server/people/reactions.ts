import { memberAdded } from '../identity/index.ts';
import { type Reaction, reaction } from '../platform/events.ts';
import { linkMembers } from './link-members.ts';

export const peopleReactions: Reaction[] = [
  reaction(memberAdded, 'people.link-member', (ctx, { memberId }) => linkMembers(ctx, { memberId })),
];
