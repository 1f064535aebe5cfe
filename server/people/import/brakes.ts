/** What a list would do, in counts of distinct people. */
export type ImportWeight = {
  /** People here who have not left. */
  peopleNow: number;
  changedCount: number;
  /** People whose end is set or moved earlier, or whom the list calls left. */
  endingCount: number;
  /** People here whom a list declared complete does not have. */
  missingCount: number;
  /** Rows of data in the file, refused ones included. */
  fileRows: number;
  declaredComplete: boolean;
  /** Distinct people, others than those of this file, whom the same source ended or changed in the last 24 hours. */
  window: { ended: number; changed: number };
  /** What `saysWrongFile` answered. */
  wrongFile?: string | null;
};

/** `cutShort`: it looks like a part or another file, so nothing is offered but to choose again or to declare it right. */
export type ImportVerdict = { held: boolean; cutShort: boolean; reasons: string[] };

/**
 * Whether a list is held for a person to look at: more than 5 % of the people, and at least 3, end or are missing per source within a day;
 * a complete list with far fewer people than now; more than half of the people changed; a file that is no people list.
 */
export function weighImport(weight: ImportWeight): ImportVerdict {
  const { peopleNow, changedCount, endingCount, missingCount, fileRows, declaredComplete, window, wrongFile } = weight;
  const reasons: string[] = [];
  let cutShort = false;
  if (wrongFile) {
    cutShort = true;
    reasons.push(wrongFile);
  }
  if (declaredComplete && peopleNow - fileRows >= 3 && fileRows < peopleNow * 0.8) {
    cutShort = true;
    reasons.push(`The file has ${count(fileRows)} of ${count(peopleNow)} people. Nobody was changed. Is it complete?`);
  }
  const going = endingCount + missingCount;
  const all = going + window.ended;
  if (going > 0 && all >= 3 && all > peopleNow * 0.05) {
    const parts = [
      ...(endingCount > 0 ? [`${count(endingCount)} would get an end`] : []),
      ...(missingCount > 0 ? [`${count(missingCount)} ${missingCount === 1 ? 'is' : 'are'} not on the list any more`] : []),
      ...(window.ended > 0 ? [`${count(window.ended)} more ended by the same source in the last 24 hours`] : []),
    ];
    reasons.push(`${parts.join(', ')}: together ${count(all)} of ${count(peopleNow)} people. Nobody was changed. Is that right?`);
  }
  const moved = changedCount + window.changed;
  if (changedCount > 0 && moved >= 10 && moved > peopleNow * 0.5) {
    reasons.push(`${count(moved)} of ${count(peopleNow)} people would change. Nobody was changed. Has a column slipped?`);
  }
  return { held: reasons.length > 0, cutShort, reasons };
}

const count = (people: number): string => people.toLocaleString('en-US');
