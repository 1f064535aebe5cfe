import anyAscii from 'any-ascii';
import { saveAccessRule } from '../server/access/index.ts';
import { startHire } from '../server/playbooks/index.ts';
import { saveMilestones } from '../server/playbooks/joining/milestones.ts';
import { answerFirstMorning } from '../server/playbooks/joining/welcome/answer-first-morning.ts';
import { openWelcome } from '../server/playbooks/joining/welcome/open-welcome.ts';
import { saveWelcome } from '../server/playbooks/joining/welcome/save-welcome.ts';
import { getRun, joiningOf } from '../server/playbooks/run-row.ts';
import type { Calendar } from './calendar.ts';
import { castIndex } from './cast.ts';
import type { StoryEvent } from './exit-events.ts';
import type { Company } from './open-company.ts';

/** One hire of the story. Days count from today; `like`: whose role it is like. */
type Hire = {
  given: string;
  family: string | null;
  like: string;
  confirmed: number;
  starts: number;
  ends?: number;
  type?: string;
  /** The people list had them already. */
  onTheList?: boolean;
  title: string;
  /** What they said about themselves before the first day. */
  said?: { deliveryAddress: string; keyboard: string };
  /** On the first morning: nothing is missing, or this is. */
  morning?: 'everything' | { what: string };
};

const hires: Hire[] = [
  {
    given: 'Zanele',
    family: 'Okonkwo',
    like: 'Owen',
    title: 'Account manager',
    confirmed: -40,
    starts: -18,
    said: { deliveryAddress: '88 Dovercourt Road, Toronto', keyboard: 'English (Canada)' },
    morning: { what: 'The second screen' },
  },
  {
    given: 'Søren',
    family: 'Ærøskøbing-Łukasiewicz',
    like: 'Tomáš',
    title: 'Firmware developer',
    confirmed: -24,
    starts: 1,
    said: { deliveryAddress: 'Torstraße 12, Berlin', keyboard: 'Danish' },
  },
  { given: 'Minh Châu', family: 'Lê', like: 'Tomáš', title: 'Optics engineer', confirmed: -6, starts: 10, onTheList: true },
  {
    given: 'Kofi',
    family: 'Mensah-Reyes',
    like: 'Noor',
    title: 'Campaign designer',
    confirmed: -1,
    starts: 2,
    ends: 60,
    type: 'contractor',
  },
];

/** The rules that were written first, the milestones of two roles, and four hires: one arrived, one about to start, one to come, one at short notice. */
export function hireEvents(company: Company, calendar: Calendar): StoryEvent[] {
  return [
    { at: calendar.at(-45, '11:00'), words: 'The first access rules are written', happen: () => writeRules(company) },
    ...hires.flatMap((hire) => eventsOf(company, calendar, hire)),
  ];
}

async function writeRules(company: Company): Promise<void> {
  const grant = (app: string, entitlement: string | null) => ({ appId: company.appId(app), entitlement, kind: null });
  const rule = (name: string, when: string, grants: ReturnType<typeof grant>[]) =>
    company.as('Ines', (ctx) => saveAccessRule(ctx, { name, when, grants, mend: 'shown' }));
  await rule('Everybody can sign in', 'true', [grant('Directory', 'Everyone')]);
  await rule('Sales has the CRM', 'person.department == "Sales"', [grant('CRM', 'Standard')]);
  await company.as('Ines', (ctx) =>
    saveMilestones(ctx, [
      { name: 'First ticket answered', when: 'person.department == "Support"', targetDays: 10 },
      { name: 'First own demo held', when: 'person.department == "Sales"', targetDays: 21 },
      { name: 'First change delivered', when: 'person.department == "Engineering"', targetDays: 14 },
      { name: 'Knows whom to ask', when: 'true', targetDays: 30 },
    ]),
  );
}

function eventsOf(company: Company, calendar: Calendar, hire: Hire): StoryEvent[] {
  const name = [hire.given, hire.family].filter(Boolean).join(' ');
  let runId = '';
  const events: StoryEvent[] = [
    {
      at: calendar.at(hire.confirmed, '10:40'),
      words: `${name}: hire confirmed`,
      happen: async () => {
        const like = company.personId(castIndex(hire.like));
        ({ runId } = await company.as('Yuki', (ctx) =>
          startHire(ctx, {
            personId: hire.onTheList ? company.personId(castIndex(hire.given)) : null,
            givenName: hire.given,
            familyName: hire.family,
            personalAddress: `${anyAscii(hire.given)
              .toLowerCase()
              .replaceAll(/[^a-z]/g, '')}@home.example`,
            startDate: calendar.day(hire.starts).toString(),
            startTime: '09:00',
            likePersonId: like,
            managerId: like,
            title: hire.title,
            employmentType: hire.type ?? 'employee',
            endDate: hire.ends === undefined ? null : calendar.day(hire.ends).toString(),
          }),
        ));
      },
    },
  ];
  const asThem = (work: (ctx: Parameters<typeof saveWelcome>[0], run: Parameters<typeof saveWelcome>[1]) => Promise<void>) =>
    company.run(async (ctx) => {
      const run = joiningOf(await getRun(ctx, runId));
      const theirs = { ...ctx, actor: { ...ctx.actor, kind: 'link' as const, name, personId: run.person_id } };
      await openWelcome(theirs, run);
      await work(theirs, run);
    });
  const { said, morning } = hire;
  if (said)
    events.push({
      at: calendar.at(Math.min(hire.starts - 6, -1), '19:10'),
      words: `${name} says where the laptop may go`,
      happen: () => asThem((ctx, run) => saveWelcome(ctx, run, said)),
    });
  if (morning) {
    const missing = morning === 'everything' ? [] : [{ key: null, what: morning.what, cause: 'device' as const }];
    events.push(
      {
        at: calendar.at(hire.starts, '16:20'),
        words: `${name}’s first morning`,
        happen: () => asThem((ctx, run) => answerFirstMorning(ctx, run, { everything: missing.length === 0, missing })),
      },
      {
        at: calendar.at(hire.starts + 2, '17:30'),
        words: `${name} has everything`,
        happen: () => asThem((ctx, run) => answerFirstMorning(ctx, run, { everything: true, missing: [] })),
      },
    );
  }
  return events;
}
