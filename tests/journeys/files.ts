const people = [
  ['0101', 'Owen', 'Achterberg', 'owen', 'Head of sales', 'Sales', 'Berlin', 'Europe/Berlin', ''],
  ['0102', 'Camille', 'Desrosiers', 'camille', 'Key account manager', 'Sales', 'Montréal', 'America/Toronto', 'owen'],
  ['0103', 'Noor', 'Haddad', 'noor', 'Finance lead', 'Finance', 'Porto', 'Europe/Lisbon', 'owen'],
  ['0104', 'Tomáš', 'Havel', 'tomas', 'Engineering lead', 'Engineering', 'Berlin', 'Europe/Berlin', 'owen'],
  ['0105', '李', '明', 'liming', 'Optics engineer', 'Engineering', 'Berlin', 'Europe/Berlin', 'tomas'],
  ['0106', 'Ananya', 'Kulkarni', 'ananya', 'Support engineer', 'Support', 'Bengaluru', 'Asia/Kolkata', 'noor'],
] as const;

const address = (name: string) => (name ? `${name}@fernhill.example` : '');

/** A staff list as most companies have it: those who left are simply not in it. */
export const peopleList = [
  'Employee number,First name,Last name,Work email,Job title,Department,Location,Time zone,Manager',
  ...people.map(([number, given, family, name, title, department, place, zone, manager]) =>
    [number, given, family, address(name), title, department, place, zone, address(manager)].join(','),
  ),
].join('\n');

/** The same list a year ago: one person more. */
export const olderPeopleList = `${peopleList}\n0099,Rohan,Devaraj,rohan@fernhill.example,Support engineer,Support,Bengaluru,Asia/Kolkata,${address('noor')}`;

/** What the admin page of a chat exports: Rohan is still there, and somebody whom nobody knows. */
export const chatUsers = [
  'Username,Email,Full name,Status,Role,Last active',
  ...people.slice(0, 5).map(([, given, family, name]) => `${name},${address(name)},${given} ${family},Active,Member,2026-11-24`),
  'rohan,rohan@fernhill.example,Rohan Devaraj,Active,Admin,2026-11-25',
  'j.smith2,j.smith2@fernhill.example,J Smith,Active,Member,2026-03-02',
].join('\n');

/** The accounts of the company's directory, for a SCIM server. */
export const directoryUsers = people.map(([number, given, family, name]) => ({
  userName: address(name),
  address: address(name),
  givenName: given,
  familyName: family,
  employeeNumber: number,
}));
