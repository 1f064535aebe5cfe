import { computeGap } from '../access/index.ts';
import type { Context } from '../platform/context.ts';
import type { Need } from './what-needs-you.ts';

/** Comparing everybody takes longer than the page should; larger companies look at the plan itself. */
const mostPeople = 2_000;
const mostApps = 4;

/**
 * What differs between rules and apps and waits for a person: the gap that a rule does not mend by itself, as one entry. None where there are no
 * rules, nothing differs, or the company has more than 2,000 people.
 */
export async function whatDiffers(ctx: Context, people: number): Promise<Need[]> {
  if (people > mostPeople) return [];
  const rule = await ctx.db.selectFrom('access_rules').select('id').where('archived_at', 'is', null).limit(1).executeTakeFirst();
  const given = rule ?? (await ctx.db.selectFrom('access_given').select('id').where('taken_at', 'is', null).limit(1).executeTakeFirst());
  if (!given) return [];
  const { lines } = await computeGap(ctx);
  if (lines.length === 0) return [];
  const whom = new Set(lines.map(({ personId }) => personId)).size;
  const apps = [...new Set(lines.map(({ app }) => app))].sort();
  const more = apps.length - mostApps;
  const where = `${apps.slice(0, mostApps).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  return [
    {
      key: 'gap',
      urgency: 3,
      title: `${lines.length === 1 ? 'One thing differs' : `${lines.length} things differ`} from what the rules say.`,
      text: `${whom === 1 ? 'One person' : `${whom} people`}, in ${where}. Nothing is changed until you apply the plan.`,
      link: '/access-rules/plan',
      verb: 'See the plan',
      since: null,
      due: null,
    },
  ];
}
