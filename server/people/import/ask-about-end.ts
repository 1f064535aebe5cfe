import { dayInWords } from '../cut-off-instant.ts';
import { type ExistingPerson, nameOf, type PersonRecord } from './person-record.ts';

/**
 * Something a person should decide: the list says that somebody left without a day that can be taken as it stands, has somebody who had left, has other
 * dates than their confirmed exit, calls somebody under notice without a day, or has no end any more where an earlier list had one.
 * `day` (ISO) is the last working day that the list suggests; `dated`: the words tell a day.
 */
export type PeopleQuestion = {
  row: number;
  personId: string | null;
  kind: 'says-left' | 'back-on-list' | 'exit-differs' | 'says-leaving' | 'end-withdrawn';
  words: string;
  day?: string;
  dated?: boolean;
};

type Asked = Pick<PeopleQuestion, 'kind' | 'words' | 'day' | 'dated'>;

/**
 * What is to be asked about the end of one row. Dates that contradict the row's own words, or that the list itself calls unsure, are taken out of the
 * record until somebody has answered. `today` is an ISO day; `tellsEnd`: the list has a column of last working days or cut-offs.
 */
export function askAboutEnd(
  record: PersonRecord,
  person: ExistingPerson | null,
  { today, tellsEnd }: { today: string; tellsEnd: boolean },
): { record: PersonRecord; question: Asked | null } {
  if (record.accessCutOff !== undefined) return { record, question: null };
  if (record.lastWorkingDay !== undefined) return aboutLastDay(record, record.lastWorkingDay, person, today);
  return aboutNoDay(record, person, today, tellsEnd);
}

const words = (day: string) => dayInWords(Temporal.PlainDate.from(day));
const called = (record: PersonRecord, person: ExistingPerson | null) => nameOf({ ...person, ...record });

function aboutLastDay(
  record: PersonRecord,
  last: string,
  person: ExistingPerson | null,
  today: string,
): { record: PersonRecord; question: Asked | null } {
  const { status, leaving, remark } = record.hints ?? {};
  const known = person?.hasLeft === true && person.lastWorkingDay === last;
  const name = called(record, person);
  if (known) return { record, question: null };
  const withheld = (text: string) => {
    const { lastWorkingDay: _, ...rest } = record;
    return { record: rest, question: { kind: 'says-left' as const, words: `${text} Left on that day?`, day: last, dated: true } };
  };
  // Who is released from work is employed until the legal end.
  const employed = record.legalEnd !== undefined && record.legalEnd >= today;
  if (status?.as === 'active' && leaving === undefined && last < today && !employed)
    return withheld(`The list says "${status.word}" of ${name}, and that their last working day was ${words(last)}.`);
  if (remark !== undefined && last < today) return withheld(`The list says ${words(last)} ${remark} of ${name}'s last working day.`);
  if (status?.as === 'left' && last > today && person?.hasLeft !== true)
    return {
      record,
      question: {
        kind: 'says-left',
        words: `The list says "${status.word}" of ${name}, and that their last working day is ${words(last)}. Left already?`,
        dated: true,
      },
    };
  return { record, question: null };
}

function aboutNoDay(
  record: PersonRecord,
  person: ExistingPerson | null,
  today: string,
  tellsEnd: boolean,
): { record: PersonRecord; question: Asked | null } {
  const { status, leaving, otherEnd } = record.hints ?? {};
  const name = called(record, person);
  const end = otherEnd?.day ?? record.legalEnd;
  const past = end !== undefined && end < today;
  const gives = (day: string) =>
    otherEnd === undefined ? `${words(day)} as the end of the employment` : `${words(day)} in the column "${otherEnd.heading}"`;
  const stands = person?.lastWorkingDay ?? person?.accessCutOff?.slice(0, 10) ?? null;
  const ask = (question: Asked | null, more: PersonRecord = record) => ({ record: more, question });
  if (person?.hasLeft === true) {
    const back = !record.saysLeft && !(past && status?.as !== 'active');
    return ask(back ? { kind: 'back-on-list', words: `${name} has left and stands on the list. Back again?` } : null);
  }
  if (record.saysLeft) {
    const said = status === undefined ? `that ${name} has left` : `"${status.word}" of ${name}`;
    if (end === undefined) return ask({ kind: 'says-left', words: `The list says ${said}, and not when they left. Left?` });
    const day = past ? { day: end } : {};
    const asks = past ? 'Left on that day?' : 'Left already?';
    return ask({
      kind: 'says-left',
      words: `The list says ${said}, and gives ${gives(end)} and no last working day. ${asks}`,
      dated: true,
      ...day,
    });
  }
  if (past && stands === null) {
    const also = status?.as === 'active' ? ` It also says "${status.word}".` : '';
    return ask({
      kind: 'says-left',
      words: `The list gives ${gives(end)} of ${name}, and no last working day.${also} Left on that day?`,
      day: end,
      dated: true,
    });
  }
  if (leaving !== undefined && stands === null)
    return ask({
      kind: 'says-leaving',
      words: `The list says "${leaving}" of ${name}, and not when they leave. Give the day in the list or on their page.`,
    });
  if (tellsEnd && stands !== null && end === undefined && status?.as !== 'left' && person?.datesBy === 'import') {
    const also = status?.as === 'active' ? ` and says "${status.word}"` : '';
    const until = `an earlier list said that ${name} leaves on ${words(stands)}`;
    return ask({
      kind: 'end-withdrawn',
      words: `The list gives no end${also}; ${until}. Do they stay? Then take the date away on their page.`,
    });
  }
  if (end === undefined || past || stands !== null) return ask(null);
  const note = `The list gives ${gives(end)} and no last working day: nothing closes by it alone.`;
  return ask(null, { ...record, notes: [...record.notes, note] });
}
