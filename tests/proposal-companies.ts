import { companyMaker, type Facts, type InventedCompany, weighted } from './proposal-company.ts';

/** 140 consultants: the project (cost centre) brings its tools, the grade its role; a back office beside. */
export function consultancy(seed: string): InventedCompany {
  const maker = companyMaker(`consultancy ${seed}`);
  const { chance, give } = maker;
  const projects = ['P-Harbour', 'P-Lantern', 'P-Mill', 'P-Orchard', 'P-Quarry', 'P-Ridge'];
  for (let index = 0; index < 140; index += 1) {
    const department = weighted(chance, [
      ['Consulting', 75],
      ['Finance', 8],
      ['People', 6],
      ['Sales', 11],
    ] as const);
    const grade = weighted(chance, [
      ['Analyst', 45],
      ['Senior consultant', 35],
      ['Principal', 15],
      [`Partner ${index}`, 5],
    ] as const);
    maker.person({
      department,
      title: department === 'Consulting' ? grade : `${department} ${chance.pick(['specialist', 'assistant', 'lead'])}`,
      location: chance.pick(['Leeds', 'Utrecht']),
      costCentre: department === 'Consulting' ? chance.pick(projects) : `C-${department}`,
      employmentType: chance.chance(0.12) ? 'contractor' : 'employee',
    });
  }
  for (const name of ['Mail/Mailbox', 'Chat/Member', 'Files/Standard']) give(name, () => true, { kept: 0.98 });
  give('Timesheets/Own time', (facts) => facts.department === 'Consulting');
  give('Expenses/Traveller', (facts) => facts.employmentType === 'employee', { kept: 0.96, strays: 0.03 });
  for (const project of projects) {
    for (const tool of ['Board/Member', 'Vault/Reader'])
      give(`${project} ${tool}`, (facts) => facts.costCentre === project, { kept: 0.93 });
  }
  give('Deal room/Author', (facts) => facts.title === 'Principal', { kept: 0.95 });
  give('Ledger/Booking', (facts) => facts.department === 'Finance');
  give('CRM/Standard', (facts) => facts.department === 'Sales');
  give('HR file/Editor', (facts) => facts.department === 'People');
  return maker.company([
    { when: /^true$/, gives: 'Mail/Mailbox' },
    { when: /department == "Consulting"/, gives: 'Timesheets/Own time' },
    { when: /P-Mill/, gives: 'P-Mill Board/Member' },
    { when: /^person.department == "Sales"$/, gives: 'CRM/Standard' },
    { when: /employmentType (!= "contractor"|== "employee")/, gives: 'Expenses/Traveller' },
  ]);
}

/** 420 people of a chain: eighteen shops, a warehouse and an office; what one holds follows place and title, and departments say little. */
export function retailChain(seed: string): InventedCompany {
  const maker = companyMaker(`retail ${seed}`);
  const { chance, give } = maker;
  const shops = Array.from({ length: 18 }, (_, index) => `Shop ${index + 1}`);
  for (let index = 0; index < 420; index += 1) {
    const where = weighted(chance, [
      ['shop', 70],
      ['Warehouse', 18],
      ['Head office', 12],
    ] as const);
    const location = where === 'shop' ? chance.pick(shops) : where;
    const title =
      where === 'shop'
        ? weighted(chance, [
            ['Shop assistant', 75],
            ['Shift lead', 17],
            ['Shop manager', 8],
          ] as const)
        : where === 'Warehouse'
          ? chance.pick(['Picker', 'Driver', 'Warehouse lead'])
          : chance.pick(['Buyer', 'Accountant', 'Planner', 'Visual designer']);
    maker.person({
      ...{ location, title, country: 'SE', employmentType: chance.chance(0.2) ? 'temporary' : 'employee' },
      department:
        where === 'shop'
          ? 'Retail'
          : where === 'Warehouse'
            ? 'Logistics'
            : weighted(chance, [
                ['Buying', 5],
                ['Office', 5],
              ] as const),
    });
  }
  give('Roster/Own shifts', () => true, { kept: 0.97 });
  give('Till/Cashier', (facts) => facts.title === 'Shop assistant', { kept: 0.94 });
  give('Till/Supervisor', (facts) => facts.title === 'Shift lead' || facts.title === 'Shop manager', { kept: 0.93 });
  give('Stock/Counter', (facts) => facts.department === 'Retail', { kept: 0.88 });
  give('Stock/Mover', (facts) => facts.department === 'Logistics', { kept: 0.95 });
  give('Fleet/Driver', (facts) => facts.title === 'Driver');
  give('Office suite/Licence', (facts) => facts.location === 'Head office' || facts.title === 'Shop manager', { kept: 0.97 });
  for (const shop of ['Shop 3', 'Shop 7', 'Shop 12'])
    give('Parcel point/Clerk', (facts) => facts.location === shop, { kept: 0.9, strays: 0 });
  give('Staff card', (facts) => facts.employmentType === 'employee', { kept: 0.96 });
  return maker.company([
    { when: /^true$/, gives: 'Roster/Own shifts' },
    { when: /title == "Shop assistant"/, gives: 'Till/Cashier' },
    { when: /department == "Logistics"|location == "Warehouse"/, gives: 'Stock/Mover' },
    { when: /Shop 12/, gives: 'Parcel point/Clerk' },
    { when: /employmentType (!= "temporary"|== "employee")/, gives: 'Staff card' },
  ]);
}

/** Thirty people who nearly all have everything; departments of two to nine, half of the facts not filled in. */
export function startUp(seed: string): InventedCompany {
  const maker = companyMaker(`start-up ${seed}`);
  const { chance, give } = maker;
  const teams = ['Engineering', 'Engineering', 'Engineering', 'Growth', 'Growth', 'Operations', 'Design'];
  for (let index = 0; index < 30; index += 1) {
    maker.person({
      department: teams[index % teams.length]!,
      title: chance.chance(0.5) ? `Wizard of ${index}` : null,
      location: chance.chance(0.6) ? chance.pick(['Lisbon', 'Remote']) : '',
    });
  }
  for (const name of ['Mail/Mailbox', 'Chat/Member', 'Notes/Editor', 'Video/Licensed', 'Passwords']) give(name, () => true, { kept: 0.97 });
  give('Code/Write', (facts) => facts.department === 'Engineering', { kept: 0.97, strays: 0.03 });
  give('Cloud/Operator', (facts) => facts.department === 'Engineering', { kept: 0.9, strays: 0.03 });
  give('CRM/Standard', (facts) => facts.department === 'Growth', { kept: 1, strays: 0.04 });
  give('Canvas/Editor', (facts) => facts.department === 'Design' || facts.department === 'Growth', { kept: 0.97 });
  maker.hold('p0001', 'Cloud/Owner');
  maker.hold('p0001', 'Mail/Administrator');
  maker.hold('p0004', 'Mail/Administrator');
  return maker.company([
    { when: /^true$/, gives: 'Chat/Member' },
    { when: /^person.department == "Engineering"$/, gives: 'Code/Write' },
    { when: /Growth/, gives: 'CRM/Standard' },
  ]);
}

/** 260 people with much noise: each eighth grant is missing, strays everywhere, a fifth of the facts unknown, spellings differ, people and grants twice. */
export function noisyCompany(seed: string): InventedCompany {
  const maker = companyMaker(`noisy ${seed}`);
  const { chance, give } = maker;
  const departments = ['Research', 'Clinic', 'Field', 'Office', 'Labs'];
  for (let index = 0; index < 260; index += 1) {
    const department = chance.pick(departments);
    maker.person({
      department: chance.chance(0.06) ? null : chance.chance(0.1) ? department.toUpperCase() : department,
      location: chance.chance(0.2) ? '' : chance.pick(['North', 'South', 'East']),
      title: chance.chance(0.4) ? `Officer ${index}` : chance.pick(['Associate', 'associate', 'Nurse', 'Technician']),
      employmentType: chance.pick(['employee', 'employee', 'employee', 'volunteer']),
      costCentre: chance.chance(0.2) ? null : String(chance.below(200)),
    });
  }
  const is = (department: string) => (facts: Facts) => facts.department?.toLowerCase() === department.toLowerCase();
  const noisy = { kept: 0.88, strays: 0.02 };
  for (const name of ['Mail/Mailbox', 'Chat/Member', 'Drive/Standard', 'Training/Learner', 'Badges']) give(name, () => true, { kept: 0.9 });
  for (const department of departments) {
    for (const name of ['Desk/Agent', 'Records/Reader', 'Planner/Member']) give(`${department} ${name}`, is(department), noisy);
  }
  give('Van keys/Driver', (facts) => is('Field')(facts) && facts.location === 'North', { kept: 0.92, strays: 0.003 });
  give('Expenses/Claimant', (facts) => facts.employmentType === 'employee', { kept: 0.92, strays: 0.05 });
  return maker.company([
    { when: /^true$/, gives: 'Mail/Mailbox' },
    { when: /department (==|in) .*"Clinic"/, gives: 'Clinic Desk/Agent' },
    { when: /department.*"Field".*&& person.location == "North"/, gives: 'Van keys/Driver' },
    { when: /employmentType (!= "volunteer"|== "employee")/, gives: 'Expenses/Claimant' },
  ]);
}

/** 150 people who hold twelve things each with a chance of one half, whoever they are. */
export function randomAccess(seed: string): InventedCompany {
  const maker = companyMaker(`random ${seed}`);
  const { chance, give } = maker;
  for (let index = 0; index < 150; index += 1) {
    maker.person({
      department: chance.pick(['A', 'B', 'C', 'D', 'E', 'F', 'G']),
      location: chance.pick(['North', 'South', 'East', 'West']),
      title: chance.pick(Array.from({ length: 30 }, (_, at) => `Title ${at}`)),
    });
  }
  for (let at = 1; at <= 12; at += 1) give(`App ${at}/Role`, () => true, { kept: 0.5 });
  return maker.company([]);
}
