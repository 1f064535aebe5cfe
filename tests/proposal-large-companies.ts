import { companyMaker, type InventedCompany, weighted } from './proposal-company.ts';

const germanTitles: Record<string, string[]> = {
  Vertrieb: ['Außendienstmitarbeiter', 'Vertriebsinnendienst', 'Gebietsleiter'],
  Einkauf: ['Einkäufer', 'Strategischer Einkäufer'],
  Produktion: ['Maschinenführer', 'Schichtleiter', 'Anlagenmechaniker'],
  Qualitätssicherung: ['Prüfer', 'QS-Ingenieur'],
  Entwicklung: ['Entwicklungsingenieur', 'Softwareentwickler', 'Konstrukteur'],
  'Personal & Recht': ['Personalreferent', 'Justiziar'],
  Buchhaltung: ['Buchhalter', 'Controller'],
  IT: ['Systemadministrator', 'Anwendungsbetreuer'],
  Logistik: ['Lagerist', 'Disponent'],
  Kundendienst: ['Servicetechniker', 'Hotline'],
};

/** 900 people of a German works: departments with umlauts, titles in ever other spellings, 48 apps, two sites, people from agencies. */
export function germanWorks(seed: string): InventedCompany {
  const maker = companyMaker(`works ${seed}`);
  const { chance, give } = maker;
  const shares = [14, 6, 32, 7, 14, 3, 5, 3, 9, 7];
  const names = Object.keys(germanTitles);
  for (let index = 0; index < 900; index += 1) {
    const department = weighted(
      chance,
      names.map((name, at) => [name, shares[at]!] as const),
    );
    const plain = chance.pick(germanTitles[department]!);
    const title = chance.chance(0.3)
      ? plain
      : chance.pick([`${plain} (m/w/d)`, plain.toUpperCase(), `${plain} ${chance.pick(['I', 'II', 'Werk 2'])}`, `Sr. ${plain}`]);
    maker.person({
      department: chance.chance(0.04) ? null : department,
      title: chance.chance(0.08) ? `${title} / Sonderaufgaben ${index}` : title,
      location: weighted(chance, [
        ['Göppingen', 60],
        ['Eisenach', 30],
        ['Györ', 10],
      ] as const),
      country: 'DE',
      costCentre: `${4000 + names.indexOf(department) * 10 + chance.below(3)}`,
      employmentType: department === 'Produktion' && chance.chance(0.25) ? 'Leiharbeit' : 'Festanstellung',
      manager: `leitung${chance.below(70)}@werk.example`,
    });
  }
  for (const name of ['Zeiterfassung/Buchen', 'Kantine', 'Intranet/Leser']) give(name, () => true, { kept: 0.96 });
  give('Postfach/Mail', (facts) => facts.employmentType !== 'Leiharbeit', { kept: 0.97, strays: 0.04 });
  give('Werkzeugausgabe/Nutzer', (facts) => facts.location === 'Eisenach', { kept: 0.9 });
  give('Werksbus Györ', (facts) => facts.location === 'Györ', { kept: 0.92, strays: 0.002 });
  const own = (department: string, apps: string[]) => {
    for (const name of apps) give(name, (facts) => facts.department === department, { kept: 0.92, strays: 0.006 });
  };
  for (const [at, department] of names.entries()) {
    own(
      department,
      Array.from({ length: 3 }, (_, index) => `Fachanwendung ${at + 1}.${index + 1}/${index === 1 ? 'Sachbearbeiter' : 'Anwender'}`),
    );
  }
  give('ERP/Auftrag', (facts) => ['Vertrieb', 'Kundendienst', 'Logistik'].includes(facts.department ?? ''), { kept: 0.93 });
  give('ERP/Beleg', (facts) => ['Einkauf', 'Buchhaltung'].includes(facts.department ?? ''), { kept: 0.93 });
  give('CAD/Lizenz', (facts) => facts.department === 'Entwicklung' && /KONSTRUKTEUR/i.test(facts.title ?? ''), {
    kept: 0.95,
    strays: 0.002,
  });
  return maker.company([
    { when: /^true$/, gives: 'Zeiterfassung/Buchen' },
    { when: /employmentType (!= "Leiharbeit"|== "Festanstellung")/, gives: 'Postfach/Mail' },
    { when: /location == "Eisenach"/, gives: 'Werkzeugausgabe/Nutzer' },
    { when: /department == "Produktion"/, gives: 'Fachanwendung 3.1/Anwender' },
    { when: /"Vertrieb"/, gives: 'ERP/Auftrag' },
  ]);
}

/** A thousand people in six countries and fourteen departments, sixty apps with roles by department, country or seniority. */
export function internationalGroup(seed: string): InventedCompany {
  const maker = companyMaker(`group ${seed}`);
  const { chance, give } = maker;
  const departments = [
    'Platform',
    'Apps',
    'Data',
    'Security',
    'Sales',
    'Presales',
    'Success',
    'Support',
    'Marketing',
    'Finance',
    'Legal',
    'People',
    'Facilities',
    'Product',
  ];
  const shares = [13, 15, 8, 4, 12, 5, 7, 10, 6, 5, 2, 4, 3, 6];
  const countries = ['DE', 'PT', 'IN', 'US', 'BR', 'JP'];
  for (let index = 0; index < 1000; index += 1) {
    const country = weighted(
      chance,
      countries.map((name, at) => [name, [30, 10, 25, 20, 10, 5][at]!] as const),
    );
    maker.person({
      department: weighted(
        chance,
        departments.map((name, at) => [name, shares[at]!] as const),
      ),
      title: weighted(chance, [
        ['Associate', 30],
        ['Specialist', 40],
        ['Lead', 12],
        ['Director', 4],
        [`Chief ${index}`, 2],
      ] as const),
      ...{ country, location: `${country} ${chance.pick(['East', 'West'])}` },
      employmentType: weighted(chance, [
        ['permanent', 80],
        ['contractor', 14],
        ['intern', 6],
      ] as const),
      manager: `boss${chance.below(110)}@group.example`,
    });
  }
  const technical = ['Platform', 'Apps', 'Data', 'Security', 'Product'];
  const commercial = ['Sales', 'Presales', 'Success', 'Marketing'];
  for (let at = 1; at <= 8; at += 1) give(`Everyday ${at}/${at % 2 ? 'Member' : 'User'}`, () => true, { kept: 0.96 });
  for (let at = 1; at <= 3; at += 1)
    give(`Inside ${at}/User`, (facts) => facts.employmentType !== 'contractor', { kept: 0.95, strays: 0.03 });
  for (let at = 1; at <= 9; at += 1) give(`Technical ${at}/Developer`, (facts) => technical.includes(facts.department!), { kept: 0.92 });
  for (let at = 1; at <= 6; at += 1) give(`Commercial ${at}/Seat`, (facts) => commercial.includes(facts.department!), { kept: 0.91 });
  for (const country of countries)
    give(`Payroll ${country}/Payslips`, (facts) => facts.country === country && facts.employmentType !== 'contractor', { strays: 0 });
  for (const department of departments) {
    for (let at = 1; at <= 2; at += 1)
      give(`${department} desk ${at}/Agent`, (facts) => facts.department === department, { kept: 0.9, strays: 0.004 });
  }
  give('Approvals/Approver', (facts) => facts.title === 'Director' || facts.title === 'Lead', { kept: 0.93 });
  return maker.company([
    { when: /^true$/, gives: 'Everyday 1/Member' },
    { when: /department.*"Platform"/, gives: 'Technical 1/Developer' },
    { when: /department.*"Sales"/, gives: 'Commercial 1/Seat' },
    { when: /"contractor"|employmentType in \["intern", "permanent"\]/, gives: 'Inside 1/User' },
  ]);
}
