/** The word of the list that was probably meant: the nearest by Damerau's distance (one swap counts once), if at most `most` apart. Else null. */
function nearestWord(given: string, words: Iterable<string>, most: number): string | null {
  let best: { word: string; distance: number } | null = null;
  for (const word of words) {
    if (Math.abs(word.length - given.length) > most) continue;
    const distance = editDistance(given.toLowerCase(), word.toLowerCase());
    if (distance <= most && (best === null || distance < best.distance)) best = { word, distance };
  }
  return best?.word ?? null;
}

/** " Did you mean Chat?", or nothing. `most`: how many letters may differ, a third of them where nothing else is said. */
export function didYouMean(given: string, words: Iterable<string>, most = Math.max(1, Math.floor(given.length / 3))): string {
  const near = nearestWord(given, words, most);
  return near === null ? '' : ` Did you mean ${near}?`;
}

function editDistance(one: string, other: string): number {
  const rows: number[][] = [Array.from({ length: other.length + 1 }, (_, index) => index)];
  for (let i = 1; i <= one.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const cost = one[i - 1] === other[j - 1] ? 0 : 1;
      let least = Math.min(rows[i - 1]![j]! + 1, row[j - 1]! + 1, rows[i - 1]![j - 1]! + cost);
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) least = Math.min(least, rows[i - 2]![j - 2]! + 1);
      row.push(least);
    }
    rows.push(row);
  }
  return rows[one.length]![other.length]!;
}
