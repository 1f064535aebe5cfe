import { formatDay } from '../design/format-in-zones.ts';
import { useNow } from '../design/now.ts';
import { Problem } from '../design/problem.tsx';
import { RowList } from '../design/row-list.tsx';
import { Section } from '../design/section.tsx';
import { problemProps } from '../shell/api-problem.ts';
import { useMay } from '../shell/session.ts';
import { useAct } from '../shell/use-call.ts';
import type { Joiner } from './joiner-state.ts';

const causes: Record<string, string> = {
  account: 'an account',
  role: 'the right role',
  licence: 'a licence',
  device: 'a device',
  'sign-in': 'a way to sign in',
  policy: 'a policy',
};

// What stands beside a thing that no rule and no task knows.
const inOwnWords = 'In their own words.';

/** What was missing on the first morning or later, by cause, and for how many days. */
export function LostDays({ joiner }: { joiner: Joiner }) {
  const now = useNow();
  const mayManage = useMay('joining:manage');
  const end = useAct('endLostDay');
  if (joiner.lost.length === 0) return null;
  return (
    <Section title="Lost days" note="What was not there, from when it should have been until it was. Only working days count.">
      <RowList
        rows={joiner.lost.map(({ id, what, cause, since, until, days, words, saidBy }) => ({
          key: id,
          title: what,
          detail: (
            <>
              {cause !== 'other' && `For want of ${causes[cause] ?? cause}. `}
              {until === null
                ? `Missing since ${formatDay(since.slice(0, 10), { now })}.`
                : `Missing from ${formatDay(since.slice(0, 10), { now })} to ${formatDay(until.slice(0, 10), { now })}.`}
              {words === inOwnWords ? ` ${saidBy} said so, in their own words.` : ` ${saidBy} said so.${words === null ? '' : ` ${words}`}`}
            </>
          ),
          due: `${days} ${days === 1 ? 'day' : 'days'}`,
          act:
            mayManage && until === null
              ? {
                  label: 'It is there now',
                  ariaLabel: `It is there now: ${what}`,
                  busy: end.isPending,
                  onClick: () => end.mutate({ params: { runId: joiner.id, lostDayId: id } }),
                }
              : undefined,
        }))}
      />
      {end.error !== null && <Problem {...problemProps(end.error)} />}
    </Section>
  );
}
