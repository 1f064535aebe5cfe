import { weekOfFindings } from '../hygiene/index.ts';
import type { Context } from '../platform/context.ts';
import type { Need } from './what-needs-you.ts';

const named: Record<string, [one: string, many: string]> = {
  zombie: ['of somebody who has left', 'of people who have left'],
  orphan: ['account of nobody', 'accounts of nobody'],
  'second-factor': ['without a second factor', 'without a second factor'],
  administrator: ['administrator', 'administrators'],
  outside: ['from outside', 'from outside'],
  'one-owner': ['app with one owner', 'apps with one owner'],
  'app-grant': ['program with wide rights', 'programs with wide rights'],
};

/** The week on the hygiene lists as one entry; none where nothing new came onto them. */
export async function whatDrifted(ctx: Context): Promise<Need[]> {
  const { fresh, cleared, kinds } = await weekOfFindings(ctx);
  if (fresh === 0) return [];
  const parts = kinds.map(({ kind, fresh: count }) => `${count} ${named[kind]?.[count === 1 ? 0 : 1] ?? kind}`);
  return [
    {
      key: 'hygiene',
      urgency: 3,
      title: `${fresh} new hygiene ${fresh === 1 ? 'finding' : 'findings'} this week.`,
      text: `${parts.join(', ')}. ${cleared === 0 ? 'Nothing' : cleared} ${cleared > 1 ? 'were' : 'was'} settled meanwhile.`,
      link: kinds.length === 1 ? `/hygiene/${kinds[0]!.kind}?fresh=true` : '/hygiene',
      verb: 'See what is new',
      since: null,
      due: null,
    },
  ];
}
