import { foldLetters } from '../server/platform/tabular/index.ts';
import { type CastMember, cast } from './cast.ts';
import { namePools, romanised, singleNames } from './names.ts';
import { costCentres, type DepartmentName, departmentShares, departments, type PlaceName, placeShares, places } from './places.ts';
import { type Seeded, seeded } from './seeded.ts';

/** One invented person. Dates are ISO dates; `manager` is the index of another person, always a smaller one. */
export type SamplePerson = {
  number: string;
  givenName: string;
  familyName: string | null;
  preferredName: string | null;
  title: string;
  employmentType: string;
  department: DepartmentName;
  place: PlaceName;
  timeZone: string;
  country: string;
  manager: number | null;
  costCentre: string;
  workAddress: string;
  personalAddress: string;
  startDate: string;
  leaveFrom: string | null;
  leaveUntil: string | null;
};

/** Reserved by RFC 2606, section 2: mail to it can reach nobody. */
const workDomain = 'fernhill.example';
const homeDomain = 'home.example';

/**
 * `count` invented people, the same for the same seed and day. The first are the story's cast; every manager stands before their reports. Addresses
 * and numbers are unique. `today` is the ISO date that starts and leaves are counted from.
 */
export function samplePeople(count: number, seed: number | string = 'fernhill', today = '2026-11-21'): SamplePerson[] {
  const chance = seeded(`people ${seed}`);
  const day = Temporal.PlainDate.from(today);
  const taken = new Map<string, number>();
  const people: SamplePerson[] = [];
  const leads = new Map<string, number[]>();
  for (let index = 0; index < count; index += 1) {
    const member = cast[index] ?? invent(chance, leads);
    people.push(describe(index, member, day, chance, taken));
    // A team has about nine people: every ninth of a department leads the next ones.
    const lead = leads.get(member.department) ?? [];
    if (index < cast.length ? index <= 10 : chance.chance(1 / 9) && member.type === undefined) lead.push(index);
    leads.set(member.department, lead);
  }
  return people;
}

function weighted<T>(chance: Seeded, list: readonly T[], shares: readonly number[]): T {
  let rest = chance.next() * shares.reduce((sum, share) => sum + share, 0);
  for (const [index, share] of shares.entries()) {
    rest -= share;
    if (rest < 0) return list[index]!;
  }
  return list.at(-1)!;
}

function invent(chance: Seeded, leads: Map<string, number[]>): CastMember {
  const place = weighted(chance, places, placeShares).name;
  const department = weighted(chance, Object.keys(departments) as DepartmentName[], departmentShares);
  const pool = chance.pick(namePools[place]);
  const single = chance.chance(0.012);
  const family = chance.pick(pool.family);
  const second = chance.chance(0.05) && pool.family[0]!.length > 2 ? `${family}-${chance.pick(pool.family).split(' ').at(-1)}` : family;
  return {
    given: single ? chance.pick(singleNames) : chance.pick(pool.given),
    family: single ? null : second,
    title: chance.pick(departments[department]),
    department,
    place,
    manager: leads.get(department)?.length ? chance.pick(leads.get(department)!) : 0,
    ...(chance.chance(0.08) ? { type: chance.pick(['contractor', 'working student', 'intern', 'temporary']) } : {}),
  };
}

function describe(index: number, member: CastMember, today: Temporal.PlainDate, chance: Seeded, taken: Map<string, number>): SamplePerson {
  const place = places.find(({ name }) => name === member.place)!;
  const mailbox = unique(member.mailbox ?? mailboxOf(member), taken);
  const started = member.starts ?? -(130 + chance.below(2600));
  return {
    number: String(index + 1).padStart(4, '0'),
    givenName: member.given,
    familyName: member.family,
    preferredName: member.preferred ?? null,
    title: member.title,
    employmentType: member.type ?? 'employee',
    department: member.department,
    place: place.name,
    timeZone: place.timeZone,
    country: place.country,
    manager: member.manager,
    costCentre: costCentres[member.department],
    workAddress: `${mailbox}@${workDomain}`,
    personalAddress: `${mailbox}@${homeDomain}`,
    startDate: today.add({ days: started }).toString(),
    leaveFrom: member.awayUntil === undefined ? null : today.subtract({ days: 40 }).toString(),
    leaveUntil: member.awayUntil === undefined ? null : today.add({ days: member.awayUntil }).toString(),
  };
}

const plain = (name: string) =>
  (romanised[name] ?? foldLetters(name))
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');

const mailboxOf = ({ given, family }: CastMember) =>
  [plain(given), family === null ? '' : plain(family)].filter(Boolean).join('.') || 'somebody';

function unique(mailbox: string, taken: Map<string, number>): string {
  const before = taken.get(mailbox) ?? 0;
  taken.set(mailbox, before + 1);
  return before === 0 ? mailbox : unique(`${mailbox}${before + 1}`, taken);
}
