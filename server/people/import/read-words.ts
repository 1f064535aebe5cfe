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
  'terminated|inactive|inaktiv|left|leaver|leavers|ausgeschieden|ausgetreten|former|former employee|ehemalig|ehemalige|ehemaliger|ehemaliger mitarbeiter|ehemaliger ma|ehemalige mitarbeiterin|deactivated|deaktiviert|departed|exited|offboarded|retired|resigned|deleted|geloescht|ex|alumni|alumnus|gone|not active|nicht aktiv|verlassen|ended|separated|deceased|verstorben|im ruhestand|ruhestand|rentner|rente|in rente|false|no|nein|n|0|falsch|dismissed|separated voluntary|separated involuntary|terminated voluntary|terminated involuntary|voluntary termination|involuntary termination|contract ended|end of contract|ausgesch|austritt|beendet|abgemeldet|archiviert|archived|suspended|deprovisioned|disabled|gesperrt';
const active =
  'active|aktiv|employed|current|working|present|true|yes|ja|y|j|1|wahr|onboarding|onboarded|hired|new|new hire|preboarding|pre hire|prehire|pre start|probation|probation period|probezeit|in probezeit|joined|angestellt|beschaeftigt|aktiv beschaeftigt|in beschaeftigung|full time|part time|permanent|contractor|employee|enabled|aktive|aktiver|onboarding in progress|upcoming|confirmed|accepted|offer accepted|future hire|pending hire|eintritt geplant|neueintritt';
/** Somebody under notice still works here, and is about to leave. */
const leaving =
  'notice period|leaving|in kuendigung|gekuendigt|kuendigungsfrist|in kuendigungsfrist|under notice|on notice|notice|offboarding|resignation submitted';
const away =
  'on leave|leave|leave of absence|loa|parental leave|maternity leave|paternity leave|elternzeit|in elternzeit|mutterschutz|sabbatical|beurlaubt|freigestellt|freistellung|sick|long term sick|krank|langzeitkrank|abwesend|paid leave|unpaid leave|leave with pay|leave without pay|active leave|furlough|garden leave|gardening leave|unbezahlter urlaub|away|ruhend|ruhendes arbeitsverhaeltnis|auszeit';

const keys = (words: string) => new Set(words.split('|').map(headingKey));
const [leftKeys, activeKeys, leavingKeys, awayKeys] = [keys(left), keys(active), keys(leaving), keys(away)];

/** What a status word says; null when the word is not known. Somebody under notice still works here. */
export function statusOf(text: string): 'active' | 'left' | 'on leave' | null {
  const whole = known(headingKey(text.replace(/[()[\]]/g, ' ')));
  if (whole !== null) return whole;
  const [, inside] = /[([]([^)\]]*)[)\]]/.exec(text) ?? [];
  const bare = known(headingKey(text.replace(/[([][^)\]]*[)\]]/g, ' ')));
  // "Active (terminated)" contradicts itself and says nothing.
  const said = inside === undefined ? null : known(headingKey(inside));
  return said === null || said === bare ? bare : null;
}

function known(word: string): 'active' | 'left' | 'on leave' | null {
  if (leftKeys.has(word)) return 'left';
  if (activeKeys.has(word) || leavingKeys.has(word)) return 'active';
  return awayKeys.has(word) ? 'on leave' : null;
}

/** Whether a status word says that somebody is under notice: they are about to leave, and the word does not say when. */
export const saysLeaving = (text: string): boolean => leavingKeys.has(headingKey(text));
