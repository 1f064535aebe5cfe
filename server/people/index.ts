// people: the roster. Who works here, where, for whom, from when until when; who has left, and what of it may be known already.
// Everything that a person may see reads the view people_roster, which hides the dates of a leaving that is not told yet.
export { addPerson, type NewPerson } from './add-person.ts';
export { changePerson } from './change-person.ts';
export { concealLeaving, keepConcealed, moveTold } from './conceal-leaving.ts';
export { type CutOff, cutOffInstant, dayInWords } from './cut-off-instant.ts';
export { peopleImported, personChanged, personMoved, personReturned } from './events.ts';
export { getPerson, type Person } from './get-person.ts';
export { type Told, takeInTold } from './imports/take-in-told.ts';
export { readPeopleList } from './imports/upload-import.ts';
export { clearLeavingDates, type LeavingDates, setLeavingDates } from './leaving-dates.ts';
export { findHold, type LegalHold } from './legal-holds.ts';
export { reportsOwnership } from './ownerships.ts';
export { checkPersonFields } from './person-fields.ts';
export { findPushed } from './pushed/find-pushed.ts';
export { addPushed, changePushed, type PushedValues } from './pushed/take-in-pushed.ts';
export type { MoveChange } from './record-moves.ts';
export { refuseOwnExit } from './refuse-own-exit.ts';
export { setLeave } from './set-leave.ts';
export { chooseTold } from './sources/choose-told.ts';
export { type Disagreement, listEndDisagreements } from './sources/end-disagreements.ts';
export { forgetSource } from './sources/forget-source.ts';
export { findFolderSource, noteFolder } from './sources/note-folder.ts';
export { rankOf, type SourceOf } from './sources/note-source.ts';
export { withholdMail } from './withhold-mail.ts';
export { checkAddressPattern } from './work-address/address-pattern.ts';
export { changeAddressPattern } from './work-address/change-address-pattern.ts';
export { decideWorkAddress, foretellWorkAddress } from './work-address/decide-work-address.ts';
