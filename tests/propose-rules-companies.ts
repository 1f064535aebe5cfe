import { companyMaker, type InventedCompany, weighted } from './proposal-company.ts';

const ownTitles = ['Head of {}', 'Team lead {}', '{} lead', 'Director {}', 'Manager, {}', '{} coordinator'];

/** 240 people whose titles say nothing about whom they lead: whoever has reports approves in three apps, whoever has none has a fourth; teams beside. */
export function linesOfManagers(seed: string): InventedCompany {
  const maker = companyMaker(`managers ${seed}`);
  const { chance, give } = maker;
  const departments = ['Claims', 'Underwriting', 'Actuaries', 'Broker desk', 'Office'];
  for (let index = 0; index < 240; index += 1) {
    const department = weighted(chance, [
      ['Claims', 38],
      ['Underwriting', 24],
      ['Actuaries', 10],
      ['Broker desk', 18],
      ['Office', 10],
    ] as const);
    const managesPeople = chance.chance(0.13);
    // Some lead without the word in their title, and some have the word and lead nobody.
    const sounds = chance.chance(managesPeople ? 0.6 : 0.08);
    maker.person({
      department,
      managesPeople,
      title: sounds
        ? chance.pick(ownTitles).replace('{}', department)
        : `${department} ${chance.pick(['specialist', 'officer', 'associate'])}`,
      location: chance.pick(['Utrecht', 'Gent']),
      employmentType: !managesPeople && chance.chance(0.1) ? 'contractor' : 'employee',
      manager: `lead${chance.below(30)}@insurer.example`,
    });
  }
  for (const name of ['Mail/Mailbox', 'Chat/Member', 'Intranet']) give(name, () => true, { kept: 0.97 });
  give('HR system/Manager', ({ managesPeople }) => managesPeople === true, { kept: 0.96, strays: 0.005 });
  give('HR system/Employee', ({ managesPeople }) => managesPeople === false, { kept: 0.96, strays: 0.01 });
  give('Expenses/Approver', ({ managesPeople }) => managesPeople === true, { kept: 0.93, strays: 0.005 });
  give('Reviews/Reviewer', ({ managesPeople }) => managesPeople === true, { kept: 0.9, strays: 0.01 });
  give('Suggestion box/Voice', ({ managesPeople }) => managesPeople === false, { kept: 0.92, strays: 0.02 });
  give('Claims system/Releases', ({ department, managesPeople }) => department === 'Claims' && managesPeople === true, {
    kept: 0.95,
    strays: 0.002,
  });
  for (const department of departments) give(`${department} desk/Member`, (facts) => facts.department === department, { kept: 0.93 });
  return maker.company([
    { when: /^true$/, gives: 'Mail/Mailbox' },
    { when: /^person.managesPeople$/, gives: 'HR system/Manager' },
    { when: /^person.managesPeople$/, gives: 'Expenses/Approver' },
    { when: /^person.managesPeople$/, gives: 'Reviews/Reviewer' },
    { when: /^!person.managesPeople$/, gives: 'HR system/Employee' },
    { when: /^!person.managesPeople$/, gives: 'Suggestion box/Voice' },
    { when: /^person.department == "Claims" && person.managesPeople$/, gives: 'Claims system/Releases' },
  ]);
}

/** 300 people of eight hotels, where the house brings most of what somebody has, and the department little. */
export function hotels(seed: string): InventedCompany {
  const maker = companyMaker(`hotels ${seed}`);
  const { chance, give } = maker;
  const houses = Array.from({ length: 8 }, (_, index) => `Hotel ${index + 1}`);
  for (let index = 0; index < 300; index += 1) {
    maker.person({
      department: chance.pick(['Rooms', 'Kitchen', 'Front desk', 'Events']),
      location: chance.pick(houses),
      country: 'ES',
      title: chance.pick(['Staff', 'Senior', 'Chief']),
      managesPeople: chance.chance(0.1),
      employmentType: chance.pick(['fixed', 'seasonal']),
    });
  }
  give('Rota/Reader', () => true);
  for (const house of houses)
    for (const thing of ['Door', 'Group chat', 'Board'])
      give(`${house} ${thing}/Member`, (facts) => facts.location === house, { kept: 0.93, strays: 0.004 });
  give('Bookings/Desk', (facts) => facts.department === 'Front desk');
  give('Orders/Kitchen', (facts) => facts.department === 'Kitchen');
  give('Rota/Planner', (facts) => facts.managesPeople === true, { kept: 0.92 });
  give('Pension/Own', (facts) => facts.employmentType === 'fixed');
  return maker.company([
    { when: /^person.location == "Hotel 5"$/, gives: 'Hotel 5 Door/Member' },
    { when: /^person.department == "Kitchen"$/, gives: 'Orders/Kitchen' },
    { when: /^person.managesPeople$/, gives: 'Rota/Planner' },
    { when: /employmentType (!= "seasonal"|== "fixed")/, gives: 'Pension/Own' },
  ]);
}

/** 160 people, two of five of them contractors in ever other spellings, who get less than the others and something of their own. */
export function manyContractors(seed: string): InventedCompany {
  const maker = companyMaker(`contractors ${seed}`);
  const { chance, give } = maker;
  for (let index = 0; index < 160; index += 1) {
    const outside = chance.chance(0.4);
    const department = outside
      ? chance.pick(['Development', 'Development', 'Operations'])
      : chance.pick(['Development', 'Operations', 'Sales', 'Office']);
    maker.person({
      department,
      employmentType: outside
        ? chance.pick(['Contractor', 'contractor', 'CONTRACTOR'])
        : chance.pick(['Permanent', 'Permanent', 'Fixed term']),
      title: outside ? 'Consultant' : `${department} colleague`,
      location: chance.pick(['Main office', 'Remote']),
      managesPeople: !outside && chance.chance(0.2),
    });
  }
  const isOutside = ({ employmentType }: { employmentType?: string | null }) => /contractor/i.test(employmentType ?? '');
  for (const name of ['Chat/Member', 'Guest wifi/User']) give(name, () => true);
  for (const name of ['Mail/Mailbox', 'HR file/Own', 'Intranet/Reader']) give(name, (facts) => !isOutside(facts), { strays: 0.03 });
  for (const name of ['Supplier portal/Timesheets', 'Background check/Subject']) give(name, isOutside, { kept: 0.92 });
  give('Code/Write', (facts) => facts.department === 'Development');
  give('Deployment/Push', (facts) => facts.department === 'Development' && !isOutside(facts), { strays: 0.004 });
  give('Servers/Login', (facts) => facts.department === 'Operations');
  give('HR file/Manager', (facts) => facts.managesPeople === true);
  return maker.company([
    { when: /employmentType != "contractor"|"Permanent"/, gives: 'Mail/Mailbox' },
    {
      when: /employmentType in \["CONTRACTOR", "Contractor", "contractor"\]|employmentType in .*"contractor"/,
      gives: 'Supplier portal/Timesheets',
    },
    { when: /^person.department == "Development"$/, gives: 'Code/Write' },
    { when: /^person.managesPeople$/, gives: 'HR file/Manager' },
  ]);
}

/** 110 people in apps that know accounts and no roles; every title is somebody's own. */
export function accountsAlone(seed: string): InventedCompany {
  const maker = companyMaker(`accounts ${seed}`);
  const { chance, give } = maker;
  const departments = ['Research', 'Press', 'Programmes', 'Donors', 'Back office'];
  for (let index = 0; index < 110; index += 1) {
    const department = chance.pick(departments);
    maker.person({
      ...{ department, title: `${department} person ${index}`, location: chance.pick(['Geneva', 'Nairobi', 'Lima']) },
      managesPeople: chance.chance(0.15),
    });
  }
  for (const name of ['Mail', 'Chat', 'Time sheets', 'Wiki']) give(name, () => true, { kept: 0.95 });
  for (const department of departments)
    for (const number of [1, 2, 3]) give(`${department} app ${number}`, (facts) => facts.department === department, { kept: 0.9 });
  give('Approvals', (facts) => facts.managesPeople === true, { kept: 0.92 });
  give('Field phones', (facts) => facts.location !== 'Geneva', { kept: 0.92 });
  return maker.company([
    { when: /^true$/, gives: 'Mail' },
    { when: /department.*"Press"/, gives: 'Press app 2' },
    { when: /location.*"Lima".*"Nairobi"/, gives: 'Field phones' },
  ]);
}

/** A studio of 25, where three in a department are many. */
export function studio(seed: string): InventedCompany {
  const maker = companyMaker(`studio ${seed}`);
  const { chance, give } = maker;
  const departments = ['Studio', 'Studio', 'Studio', 'Accounts', 'Accounts', 'Office'];
  for (let index = 0; index < 25; index += 1) {
    maker.person({
      department: departments[index % departments.length]!,
      title: `Title ${index}`,
      location: chance.pick(['Porto', 'Porto', 'Remote']),
      employmentType: chance.chance(0.15) ? 'freelance' : 'employee',
      managesPeople: index < 4,
    });
  }
  for (const name of ['Mail/User', 'Chat/User', 'Files/Editor', 'Calendar']) give(name, () => true, { kept: 0.97 });
  for (const name of ['Canvas/Editor', 'Fonts/Licence']) give(name, (facts) => facts.department === 'Studio', { kept: 0.97 });
  give('CRM/Seat', (facts) => facts.department === 'Accounts', { kept: 1 });
  give('HR file/Manager', (facts) => facts.managesPeople === true, { kept: 1, strays: 0 });
  return maker.company([
    { when: /^true$/, gives: 'Chat/User' },
    { when: /^person.department == "Studio"$/, gives: 'Canvas/Editor' },
    { when: /^person.department == "Accounts"$/, gives: 'CRM/Seat' },
  ]);
}

/** 200 people of whose grants three in ten follow nothing: roles of other departments, and odd things. `followed`: how many grants do not. */
export function thirdOfNoise(seed: string): InventedCompany & { followed: number } {
  const maker = companyMaker(`noise ${seed}`);
  const { chance, give, people } = maker;
  const departments = ['Alpha', 'Beta', 'Gamma', 'Delta', 'Epsilon', 'Zeta'];
  for (let index = 0; index < 200; index += 1) {
    maker.person({
      ...{ department: chance.pick(departments), location: chance.pick(['One', 'Two', 'Three']) },
      ...{ title: chance.pick(['Clerk', 'Adviser', `Own ${index}`]), managesPeople: chance.chance(0.12) },
    });
  }
  for (const name of ['Mail/User', 'Chat/User', 'Files/User']) give(name, () => true, { kept: 0.9 });
  for (const department of departments)
    for (const number of [1, 2, 3, 4])
      give(`${department} ${number}/Role`, (facts) => facts.department === department, { kept: 0.88, strays: 0 });
  give('HR file/Manager', (facts) => facts.managesPeople === true, { kept: 0.9, strays: 0 });
  const followed = maker.company([]).held.length;
  for (let grant = 0; grant < (followed * 3) / 7; grant += 1) {
    const name = chance.chance(0.6)
      ? `${chance.pick(departments)} ${1 + chance.below(4)}/Role`
      : `Odd ${chance.below(40)}/Role ${chance.below(3)}`;
    maker.hold(chance.pick(people).id, name);
  }
  return { ...maker.company([]), followed };
}
