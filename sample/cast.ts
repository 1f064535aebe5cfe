import type { DepartmentName, PlaceName } from './places.ts';

/** Somebody of the story, who is the same in every sample. `left`, `starts`, `awayUntil`: days from today. */
export type CastMember = {
  given: string;
  family: string | null;
  preferred?: string;
  /** The part of the work address before the @, where the names do not give it. */
  mailbox?: string;
  title: string;
  department: DepartmentName;
  place: PlaceName;
  /** Index of the manager in the cast; null: nobody above. */
  manager: number | null;
  type?: string;
  starts?: number;
  awayUntil?: number;
};

const p = (
  given: string,
  family: string | null,
  title: string,
  department: DepartmentName,
  place: PlaceName,
  manager: number | null,
  more: Partial<CastMember> = {},
): CastMember => ({ given, family, title, department, place, manager, ...more });

/** Managers first, each after their own. Index 0 leads the company, 1 to 9 the departments. */
export const cast: CastMember[] = [
  p('Clara', 'Fernhill-Aldous', 'Managing director', 'Operations', 'Berlin', null),
  p('Tomáš', 'Havel', 'Head of engineering', 'Engineering', 'Berlin', 0),
  p('Agnieszka', 'Rudzka', 'Head of production', 'Production', 'Hamburg', 0),
  p('Owen', 'Achterberg', 'Head of sales', 'Sales', 'Toronto', 0),
  p('Mei-Ling', 'Arvidsson', 'Head of support', 'Support', 'Berlin', 0),
  p('Siobhán', 'Keane', 'Head of product', 'Product', 'Berlin', 0),
  p('Noor', 'Haddad', 'Head of marketing', 'Marketing', 'Porto', 0),
  p('Lucia', 'Ferrante', 'Head of finance', 'Finance', 'Berlin', 0),
  p('Yuki', 'Tanabe', 'Head of people', 'People', 'Berlin', 0),
  p('Ines', 'Halvorsen', 'Head of operations', 'Operations', 'Berlin', 0),
  p('Ananya', 'Subramanian', 'Engineering lead', 'Engineering', 'Bengaluru', 1),
  p('Bram', 'de Wilde', 'Support lead', 'Support', 'Porto', 4),
  p('Marc', 'Gagnon', 'Office coordinator', 'Operations', 'Montréal', 9),
  p('Arjun', 'Pillai', 'Facilities', 'Operations', 'Bengaluru', 9),
  p('Rohan', 'Devaraj', 'Support engineer', 'Support', 'Bengaluru', 4),
  p('Camille', 'Desrosiers', 'Key account manager', 'Sales', 'Montréal', 3),
  p('João', 'Sequeira', 'Firmware engineer', 'Engineering', 'Porto', 1, { type: 'contractor' }),
  p('Thandiwe', 'Mokoena', 'Quality inspector', 'Production', 'Hamburg', 2),
  p('Gintarė', 'Petrauskaitė', 'Web editor', 'Marketing', 'Porto', 6, { type: 'contractor' }),
  p('Hanna', 'Wójcik', 'Accountant', 'Finance', 'Berlin', 7),
  p('Étienne', 'Bélanger-Saint-Onge', 'Sales engineer', 'Sales', 'Montréal', 3),
  p('Deepika', 'Venkataraghavan', 'Test engineer', 'Engineering', 'Bengaluru', 10),
  p('Rüdiger', 'Weißmüller', 'Calibration technician', 'Production', 'Hamburg', 2),
  p('Fatoumata', 'Al-Masri', 'Recruiter', 'People', 'Berlin', 8),
  p('Sebastião', 'Araújo de Brito', 'Technical writer', 'Product', 'Porto', 5),
  p('Graham', 'Pemberton-Hughes', 'Controller', 'Finance', 'Toronto', 7),
  p('Emre', 'Öztürk', 'Software engineer', 'Engineering', 'Berlin', 1),
  p('Nikhil', 'Hegde', 'Software engineer', 'Engineering', 'Bengaluru', 10),
  p('Käthe', 'von Alten', 'Campaign lead', 'Marketing', 'Berlin', 6),
  p('Wulandari', null, 'Support engineer', 'Support', 'Berlin', 4, { mailbox: 'wulandari' }),
  p('秀英', '王', 'Optics engineer', 'Engineering', 'Berlin', 1, { preferred: '秀英', mailbox: 'xiuying.wang' }),
  p('María del Carmen', 'Fernández-Cavada y Gutiérrez de los Ríos', 'Purchasing', 'Finance', 'Porto', 7, {
    preferred: 'Maricarmen',
    mailbox: 'maricarmen.fernandez-cavada',
  }),
  p('Amara', 'Nwosu', 'Support engineer', 'Support', 'Hamburg', 4, { starts: 9 }),
  p('Minh Châu', 'Lê', 'Optics engineer', 'Engineering', 'Berlin', 1, { starts: 10 }),
  p('Óscar', 'Villalobos', 'Account manager', 'Sales', 'Toronto', 3, { starts: 23 }),
  p('Ærin', 'Łukasiewicz', 'Accountant', 'Finance', 'Berlin', 7, { starts: 44 }),
  p('Hilde', 'Sommerfeld', 'Product designer', 'Product', 'Berlin', 5, { awayUntil: 51 }),
  p('Prakash', 'Nambiar', 'Test engineer', 'Engineering', 'Bengaluru', 10, { awayUntil: 100 }),
  p('Aïcha', 'Lachance', 'Sales engineer', 'Sales', 'Montréal', 3),
  p('Oksana', 'Shevchenko', 'Software engineer', 'Engineering', 'Berlin', 1),
];

/** Those who have something to do in the story, by what they are called in it. */
export const castIndex = (given: string): number => {
  const index = cast.findIndex((each) => each.given === given);
  if (index < 0) throw new Error(`Nobody in the cast is called ${given}.`);
  return index;
};
