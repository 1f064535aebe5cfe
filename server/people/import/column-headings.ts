import { headingKey } from '../../platform/tabular/index.ts';

/** What a column of a people list can mean. The manager stands in three forms, and one that its values decide. */
export type ColumnField = ReadableField | 'manager';
export type ReadableField =
  | 'givenName'
  | 'familyName'
  | 'fullName'
  | 'preferredName'
  | 'employeeNumber'
  | 'title'
  | 'employmentType'
  | 'department'
  | 'location'
  | 'timeZone'
  | 'country'
  | 'managerAddress'
  | 'managerNumber'
  | 'managerName'
  | 'costCentre'
  | 'workAddress'
  | 'personalAddress'
  | 'aliases'
  | 'startDate'
  | 'lastWorkingDay'
  | 'accessCutOff'
  | 'legalEnd'
  | 'leaveFrom'
  | 'leaveUntil'
  | 'status';

/** Headings that mean the field wherever they stand. */
const certain: Record<ColumnField, string> = {
  givenName:
    'first name|firstname|given name|givenname|forename|legal first name|christian name|name first|vorname|vornamen|rufname vorname|legalfirstname|prenom|forenames|1st name',
  familyName:
    'last name|lastname|surname|family name|familyname|legal last name|sn|name last|nachname|familienname|zuname|legallastname|nom de famille',
  fullName:
    'full name|fullname|display name|displayname|employee name|worker|worker name|legal name|complete name|name vorname|nachname vorname|vorname nachname|vor und nachname|vollstaendiger name|anzeigename|mitarbeitername|name des mitarbeiters|first and last name|last name first name|formatted name|preferred full name|payroll name|name of employee|arbeitnehmername|vorname und nachname|vor nachname|name nachname vorname|vorname name',
  preferredName:
    'preferred name|preferred first name|preferredname|nickname|known as|goes by|rufname|bevorzugter name|spitzname|preferred given name|chosen first name|preferred chosen first name|chosen name|preferred name first name|preferred or chosen first name|bevorzugter vorname',
  employeeNumber:
    'employee number|employee no|employee nr|employee id|employeeid|employeenumber|employee code|emp id|emp no|emp number|worker id|workerid|staff id|staff number|staff no|personnel number|personnel no|payroll id|payroll number|hr id|hris id|person number|personalnummer|personal nr|personalnr|pers nr|persnr|pnr|mitarbeiternummer|mitarbeiter nr|mitarbeiter id|mitarbeiternr|ma nr|manr|angestelltennummer|stammnummer|matricule|employee external id|associate id|file number|personio id|staff code|badge number|clock number|arbeitnehmernummer|arbeitnehmer nr|an nr|personalkennung|employee ref|ident nr|mitarbeiterkennung',
  title:
    'title|job title|jobtitle|position|position title|job|role title|business title|employee title|job position|designation|berufsbezeichnung|stellenbezeichnung|stelle|taetigkeit|jobtitel|funktion|position im unternehmen|stellentitel|work title|job title description|home job title description|taetigkeitsbezeichnung|funktionsbezeichnung|job profile|position stelle|ausgeuebte taetigkeit|berufsbez',
  employmentType:
    'employment type|employmenttype|employee type|employeetype|worker type|contract type|employment|type of employment|engagement type|employee class|employment category|worker sub type|beschaeftigungsart|beschaeftigungsverhaeltnis|anstellungsart|anstellungsverhaeltnis|vertragsart|mitarbeitertyp|mitarbeiterart|art der beschaeftigung|mitarbeiterkreis|beschaeftigungstyp|worker category|assignment category|beschaeftigungsverh|arbeitsverhaeltnis|worker category description|vertragstyp|art des arbeitsverhaeltnisses',
  department:
    'department|dept|department name|team|business unit|org unit|organization unit|organisational unit|division|cost center name|supervisory organization|abteilung|bereich|fachbereich|team name|organisationseinheit|oe|abteilungsname|home department|home department description|department description|team names|abt|abteilungsbezeichnung|abteilungs bezeichnung|fachabteilung|abteilung team',
  location:
    'location|office|office location|work location|site|workplace|workplace location|city|building id|branch|base|standort|arbeitsort|buero|niederlassung|dienstort|betriebsstaette|ort|stadt|arbeitsstaette|physicaldeliveryofficename|home location|home location description|location description|dienstsitz|einsatzort|beschaeftigungsort|filiale|location name|work location name',
  timeZone: 'time zone|timezone|tz|zone|zeitzone|work time zone|iana time zone|local time zone',
  country:
    'country|country code|work country|country of employment|country region|land|laendercode|arbeitsland|nation|c|country or region|usage location',
  manager:
    'manager|reports to|reporting to|supervisor|line manager|direct manager|manager reports to|boss|team lead|vorgesetzter|vorgesetzte|vorgesetzte r|fuehrungskraft|disziplinarischer vorgesetzter|teamleiter|teamleitung|chef|leiter|berichtet an|reports to manager|supervisor 1|reporting manager|workers manager|direct supervisor|managed by|direkter vorgesetzter|direkte vorgesetzte|fachvorgesetzter|fachvorgesetzte|direkte fuehrungskraft|disziplinarische fuehrungskraft|leitung',
  managerAddress:
    'manager email|manager e mail|manager email address|manager mail|managers email|supervisor email|reports to email|line manager email|manageremail|e mail vorgesetzter|vorgesetzter e mail|email vorgesetzter|e mail fuehrungskraft|e mail des vorgesetzten|manager work email|manager upn|email manager|e mail manager|mail manager|supervisors email|line managers email|reporting manager email|reporting managers email|reporting manager email id|fuehrungskraft e mail|fuehrungskraft email|direct manager email|manager email id',
  managerNumber:
    'manager id|manager number|manager employee id|manager employee number|supervisor id|supervisor employee number|reports to id|manager worker id|vorgesetzter personalnummer|personalnummer vorgesetzter|vorgesetzten nr|personalnummer des vorgesetzten|manager no|supervisor eid|managers employee id|reports to associate id|vorgesetzten id|vorgesetzter id|reporting manager id|number manager|employee id manager',
  managerName:
    'manager name|supervisor name|reports to name|name of manager|name vorgesetzter|name des vorgesetzten|line manager name|manager full name|managers name|manager display name|name manager|full name manager|reporting manager name',
  costCentre:
    'cost center|cost centre|costcenter|costcentre|cost center code|cost center id|kostenstelle|kst|kostenstellennummer|kostenst|hauptkostenstelle|kostenstellen',
  workAddress:
    'work email|work e mail|business email|company email|work email address|primary email|primaryemail|email work|corporate email|office email|e mail dienstlich|dienstliche e mail|e mail geschaeftlich|geschaeftliche e mail|e mail arbeit|firmen e mail|dienst e mail|primary work email|email primary work|e mail adresse geschaeftlich|work mail|dienstliche e mail adresse|firmenmail|userprincipalname|user principal name|upn|work contact work email|email id|corporate email id|official email|official email id|e mail beruflich|e mail firma|e mail buero|berufliche e mail|betriebliche e mail|berufliche e mail adresse|e mail adresse dienstlich|e mail adresse beruflich|e mail betrieblich|office 365 email|business email information email address|geschaeftl e mail',
  personalAddress:
    'personal email|private email|home email|personal e mail|personal email address|home secondary email|recovery email|email personal|email private|e mail privat|private e mail|private e mail adresse|privat e mail|personal mail|email home|alternate email private|personal contact personal email|personal email id|e mail adresse privat|e mail persoenlich|e mail personal',
  aliases:
    'aliases|alias|email aliases|e mail aliases|other emails|othermails|proxy addresses|proxyaddresses|additional emails|secondary email|secondary emails|work secondary email|alternate email|other email addresses|weitere e mail adressen|alias adressen|e mail alias',
  startDate:
    'start date|startdate|hire date|hiredate|date of hire|date hired|joining date|date of joining|join date|joined|employment start|employment start date|start|first day|first working day|commencement date|original hire date|contract start|contract start date|employeehiredate|date of employment|eintrittsdatum|eintritt|einstellungsdatum|startdatum|beginn|vertragsbeginn|erster arbeitstag|beschaeftigt seit|anstellungsdatum|datum des eintritts|beschaeftigungsbeginn|eintritt am|most recent hire date|entry date|hired on|date started|start of employment|first day of work|anstelldatum|arbeitsbeginn|beginn arbeitsverhaeltnis|beginn des arbeitsverhaeltnisses|beginn beschaeftigung|beginn der beschaeftigung|eintrittstermin|firmeneintritt|eingetreten am|tag des eintritts|beschaeftigt von|beschaeftigt ab|im unternehmen seit|company start date|einstellung am|betriebseintritt',
  lastWorkingDay:
    'last working day|last day|last day of work|last day worked|last work day|last working date|final day|letzter arbeitstag|letzter tag|letzter arbeits tag|last day in office|letzter tag im buero|last day at work|last date worked|last day of employment|last employed day|last physical day|last active day|final working day|letzter at|letzter anwesenheitstag|letzter arbeitstag im unternehmen|letzter tag der beschaeftigung',
  accessCutOff:
    'access cut off|access cutoff|cut off|cutoff|access ends|access end|access until|access closes|access close|employeeleavedatetime|employee leave date time|zugang bis|zugriff bis|zugang endet|zugangsende|zugriffsende|sperrzeitpunkt|zugangssperre|access end time|access removal',
  legalEnd:
    'legal end|legal end date|contract end|contract end date|end of contract|contract expiry|contract expiration|employment contract end|contract until|vertragsende|befristet bis|ende des vertrags|befristung|vertrag bis|befristungsende|ende befristung|rechtliches ende|limited until|fixed term end date|contract expiry date|fixed term end|vertrag befristet bis|vertragslaufzeit bis|befristung zum|arbeitsvertrag endet am',
  leaveFrom:
    'leave from|leave start|leave start date|on leave from|absence start|first day of leave|leave of absence start|abwesend ab|abwesend von|elternzeit ab|elternzeit von|elternzeit beginn|freistellung ab|beginn abwesenheit|abwesenheit von|parental leave start',
  leaveUntil:
    'leave until|leave end|leave end date|on leave until|leave to|absence end|return date|last day of leave|estimated last day of leave|leave of absence end|abwesend bis|elternzeit bis|elternzeit ende|freistellung bis|ende abwesenheit|abwesenheit bis|parental leave end',
  status:
    'status|employment status|employee status|worker status|work status|employmentstatus|beschaeftigungsstatus|mitarbeiterstatus|anstellungsstatus|active|active status|aktiv|is active|accountenabled|account enabled|person status|personalstatus|position status|currently employed|status des mitarbeiters|status mitarbeiter|status der mitarbeiterin|terminated|is terminated|inactive|inaktiv|is inactive|arbeitsstatus',
};

/** Headings that usually mean the field; a better column for it goes first. */
const likely: Partial<Record<ColumnField, string>> = {
  fullName:
    'name|employee|mitarbeiter|mitarbeiterin|mitarbeitende|person|user|names|colleague|staff|benutzer|team member|arbeitnehmer|arbeitnehmerin|mitarbeitender|mitarbeiter in|teammitglied',
  familyName: 'name|last',
  givenName: 'first',
  workAddress:
    'email|e mail|mail|email address|e mail address|e mail adresse|emailadresse|mailadresse|user email|username|user name|login|benutzername|address email|kontakt e mail|email addresses',
  employeeNumber: 'id|number|nr|nummer|no|external id|externe id|personal id',
  title: 'role|rolle|beruf|occupation',
  department:
    'department path|org unit path|group|unit|gruppe|organization|organisation|kostenstellenbezeichnung|sector|function|squad|ressort',
  lastWorkingDay:
    'termination date|terminationdate|date of termination|end date|enddate|leave date|leaving date|date left|exit date|employment end|employment end date|termination effective date|separation date|offboarding date|resignation date effective|austrittsdatum|austritt|austritt am|enddatum|ende|ausgeschieden am|datum des austritts|beschaeftigungsende|beschaeftigt bis|end|left|left on|abgang|austritt zum|release date|end of employment|employment ended|ende arbeitsverhaeltnis|ende des arbeitsverhaeltnisses|ende der beschaeftigung|ende beschaeftigung|beendet am|beendigung zum|austrittstermin|austritt per|datum austritt|tag des austritts|separation date|date of separation|date of exit|kuendigung zum|gekuendigt zum|terminated on|terminated at|terminated date|date of leaving|dismissal date|departure date|relieving date|inactive date|ended on|arbeitsende|ausscheidedatum|ausgeschieden|abgangsdatum|abmeldedatum|effective date of termination|austritt datum',
  legalEnd:
    'termination date|terminationdate|date of termination|end date|enddate|employment end|employment end date|austrittsdatum|austritt|austritt am|enddatum|ende|beschaeftigungsende|austritt zum|end of employment|employment ended|ende arbeitsverhaeltnis|ende des arbeitsverhaeltnisses|ende der beschaeftigung|ende beschaeftigung|beendet am|beendigung zum|austrittstermin|austritt per|datum austritt|tag des austritts|separation date|date of separation|date of exit|kuendigung zum|gekuendigt zum|effective date of termination|austritt datum',
  employmentType: 'type|typ|contract|vertrag|class|category',
  status: 'state|zustand|lifecycle status|lifecycle state|left|ausgeschieden',
  startDate: 'service date|continuous service date|latest hire date|rehire date|re hire date|latest rehire date|most recent rehire date',
  location: 'region|place|address city|arbeitsplatz',
};

function lookUp(words: Partial<Record<ColumnField, string>>): Map<string, ColumnField[]> {
  const found = new Map<string, ColumnField[]>();
  for (const [field, list] of Object.entries(words) as [ColumnField, string][]) {
    for (const word of list.split('|')) {
      const key = headingKey(word);
      const fields = found.get(key) ?? [];
      if (!fields.includes(field)) found.set(key, [...fields, field]);
    }
  }
  return found;
}

const certainKeys = lookUp(certain);
const likelyKeys = lookUp(likely);
const prefixes = [
  'employee',
  'employees',
  'worker',
  'person',
  'user',
  'users',
  'mitarbeiter',
  'staff',
  'profile',
  'work',
  'job',
  'hr',
  'basicinfo',
  'employment',
  'employmentdetails',
  'personal',
];

/** The fields that a heading may mean, the likeliest first; empty when it is not known. */
export function meaningsOf(heading: string): { field: ColumnField; certain: boolean }[] {
  const text = heading.replaceAll('#', ' number ');
  const key = headingKey(text);
  for (const candidate of [
    headingKey(text.replace(/[()[\]]/g, ' ')),
    key,
    ...prefixes.filter((prefix) => key.startsWith(prefix)).map((prefix) => key.slice(prefix.length)),
    key.replace(/\d+$/, ''),
  ]) {
    const sure = certainKeys.get(candidate);
    if (sure !== undefined) return sure.map((field) => ({ field, certain: true }));
    const perhaps = likelyKeys.get(candidate);
    if (perhaps !== undefined) return perhaps.map((field) => ({ field, certain: false }));
  }
  return [];
}
