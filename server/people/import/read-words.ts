import { foldLetters, headingKey } from '../../platform/tabular/index.ts';
import type { EmploymentType } from './person-record.ts';

const types: [EmploymentType, string][] = [
  [
    'working student',
    'working student|werkstudent|werkstudentin|werkstudent in|student assistant|student|studentische hilfskraft|studentische aushilfe|workingstudent',
  ],
  ['intern', 'intern|internship|praktikant|praktikantin|praktikum|praktikant in|trainee intern|stagiaire|pflichtpraktikum|stage'],
  [
    'apprentice',
    'apprentice|apprenticeship|trainee|azubi|auszubildende|auszubildender|auszubildende r|ausbildung|lehrling|dualer student|duale studentin|lernende',
  ],
  [
    'freelancer',
    'freelancer|freelance|freiberufler|freiberuflich|freier mitarbeiter|freie mitarbeiterin|selbststaendig|self employed|independent',
  ],
  [
    'contractor',
    'contractor|contract|external|extern|externer|externe|consultant|berater|vendor|third party|contingent|contingent worker|dienstleister|externe r|1099|subcontractor|independent contractor|supplier|partner|outsourced|eor',
  ],
  [
    'temporary',
    'temporary|temp|temporary employee|seasonal|fixed term|befristet|befristeter mitarbeiter|aushilfe|zeitarbeit|zeitarbeiter|leiharbeiter|leiharbeitnehmer|agency|agency worker|minijob|minijobber|geringfuegig|geringfuegig beschaeftigt|saisonkraft|casual|kurzfristig',
  ],
  [
    'employee',
    'employee|employees|permanent|full time|fulltime|part time|parttime|regular|staff|internal|intern angestellt|angestellt|angestellte|angestellter|angestellte r|festangestellt|festanstellung|mitarbeiter|mitarbeiterin|vollzeit|teilzeit|unbefristet|arbeiter|salaried|hourly|exempt|non exempt|w2|w 2|member|full time employee|part time employee|regular full time|regular part time|executive|director|geschaeftsfuehrer|geschaeftsfuehrung|ft|pt|fte|standard|worker|arbeitnehmer',
  ],
];

const employmentByKey = new Map(types.flatMap(([type, words]) => words.split('|').map((word) => [headingKey(word), type] as const)));

/** The kind of employment that a word means in English or German, or null. */
export function employmentTypeOf(text: string): EmploymentType | null {
  const whole = employmentByKey.get(headingKey(text));
  if (whole !== undefined) return whole;
  const parts = foldLetters(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
  for (const [type] of types) if (parts.some((part) => employmentByKey.get(part) === type)) return type;
  return null;
}

const left =
  'terminated|inactive|inaktiv|left|leaver|leavers|ausgeschieden|ausgetreten|former|former employee|ehemalig|ehemalige|ehemaliger|ehemaliger mitarbeiter|deactivated|deaktiviert|departed|exited|offboarded|retired|resigned|deleted|geloescht|ex|alumni|alumnus|gone|not active|nicht aktiv|verlassen|ended|separated|deceased|verstorben|im ruhestand|rentner|false|no|nein|n|0|f|falsch|dismissed';
const active =
  'active|aktiv|employed|current|working|present|true|yes|ja|y|j|1|t|wahr|onboarding|onboarded|hired|new|new hire|preboarding|pre hire|prehire|probation|probezeit|in probezeit|joined|angestellt|beschaeftigt|in beschaeftigung|full time|part time|permanent|notice period|leaving|in kuendigung|gekuendigt|kuendigungsfrist|contractor|employee|enabled|aktive|aktiver|onboarding in progress|upcoming|confirmed';
const away =
  'on leave|leave|leave of absence|loa|parental leave|maternity leave|paternity leave|elternzeit|in elternzeit|mutterschutz|sabbatical|beurlaubt|freigestellt|sick|long term sick|krank|langzeitkrank|abwesend|paid leave|unpaid leave|furlough|garden leave|gardening leave|unbezahlter urlaub|away|ruhend';

const keys = (words: string) => new Set(words.split('|').map(headingKey));
const [leftKeys, activeKeys, awayKeys] = [keys(left), keys(active), keys(away)];

/** What a status word says; null when the word is not known. Somebody under notice still works here. */
export function statusOf(text: string): 'active' | 'left' | 'on leave' | null {
  const word = headingKey(text);
  if (leftKeys.has(word)) return 'left';
  if (activeKeys.has(word)) return 'active';
  return awayKeys.has(word) ? 'on leave' : null;
}
