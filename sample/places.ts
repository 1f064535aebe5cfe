/** The places of Fernhill Instruments, an invented maker of optical measuring instruments: six locations in four time zones. */
export const places = [
  { name: 'Berlin', timeZone: 'Europe/Berlin', country: 'DE' },
  { name: 'Hamburg', timeZone: 'Europe/Berlin', country: 'DE' },
  { name: 'Porto', timeZone: 'Europe/Lisbon', country: 'PT' },
  { name: 'Bengaluru', timeZone: 'Asia/Kolkata', country: 'IN' },
  { name: 'Montréal', timeZone: 'America/Toronto', country: 'CA' },
  { name: 'Toronto', timeZone: 'America/Toronto', country: 'CA' },
] as const;

export type PlaceName = (typeof places)[number]['name'];

/** How many of a hundred people work at each place, in the order of `places`. */
export const placeShares = [34, 14, 12, 20, 11, 9];

export const departments = {
  Engineering: ['Firmware engineer', 'Test engineer', 'Optics engineer', 'Software engineer', 'Mechanical engineer', 'Quality engineer'],
  Production: ['Production planner', 'Quality inspector', 'Assembler', 'Calibration technician', 'Logistics coordinator'],
  Sales: ['Account manager', 'Sales engineer', 'Sales operations', 'Key account manager'],
  Support: ['Support engineer', 'Customer support', 'Field technician'],
  Product: ['Product manager', 'Product designer', 'Technical writer'],
  Marketing: ['Content editor', 'Event organiser', 'Campaign lead'],
  Finance: ['Accountant', 'Controller', 'Purchasing'],
  People: ['Recruiter', 'People partner', 'Payroll specialist'],
  Operations: ['Facilities', 'IT support', 'Office coordinator'],
} as const;

export type DepartmentName = keyof typeof departments;

/** How many of a hundred people work in each department, in the order of `departments`. */
export const departmentShares = [31, 18, 14, 13, 6, 5, 5, 4, 4];

export const costCentres: Record<DepartmentName, string> = {
  Engineering: '4100',
  Production: '4200',
  Sales: '5100',
  Support: '5200',
  Product: '4300',
  Marketing: '5300',
  Finance: '6100',
  People: '6200',
  Operations: '6300',
};
