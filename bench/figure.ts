/** One line of the results: what Groundcrew needs, what the other side needs in the same run, and how far apart they are. */
export type Figure = {
  what: string;
  against: string;
  /** As it stands in the line, with its unit. */
  ours: string;
  theirs: string;
  /** Median over the pairs: ours over theirs, or theirs over ours where more is better; seconds apart, kB or MB where a ratio says nothing. */
  value: number;
  unit: '×' | 's' | 'kB' | 'MB';
  /** null: told beside the goal's own line, without a goal of its own. */
  goal: { atMost: number } | { atLeast: number } | null;
  /** How it was measured, as far as the number cannot be read without it. */
  note?: string;
};

/** One comparison. `full` asks for the large sizes. */
export type Bench = (options: { full: boolean }) => Promise<Figure[]>;

export const median = (values: number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
};

/** Milliseconds that `work` takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

/**
 * Measures two sides in turn, ours and theirs and ours again, so that what else the machine does falls on both. The first pair warms up and
 * does not count. Returns each side's numbers by pair.
 */
export async function inPairs(
  pairs: number,
  ours: (pair: number) => Promise<number>,
  theirs: (pair: number) => Promise<number>,
  { warmUps = 1 } = {},
): Promise<{ ours: number[]; theirs: number[]; ratios: number[] }> {
  const found = { ours: [] as number[], theirs: [] as number[], ratios: [] as number[] };
  for (let pair = -warmUps; pair < pairs; pair += 1) {
    const first = await ours(pair);
    const second = await theirs(pair);
    if (pair < 0) continue;
    found.ours.push(first);
    found.theirs.push(second);
    found.ratios.push(first / second);
  }
  return found;
}

export const seconds = (milliseconds: number): string =>
  milliseconds < 100 ? `${milliseconds.toFixed(1)} ms` : `${(milliseconds / 1000).toFixed(2)} s`;

export function verdict({ value, goal }: Pick<Figure, 'value' | 'goal'>): 'met' | 'missed' | null {
  if (goal === null) return null;
  return ('atMost' in goal ? value <= goal.atMost : value >= goal.atLeast) ? 'met' : 'missed';
}

export const goalWords = ({ goal, unit }: Pick<Figure, 'goal' | 'unit'>): string =>
  goal === null ? '' : 'atMost' in goal ? `≤ ${goal.atMost} ${unit}` : `≥ ${goal.atLeast} ${unit}`;

export const valueWords = ({ value, unit }: Pick<Figure, 'value' | 'unit'>): string =>
  `${value.toFixed(unit.endsWith('B') ? 0 : 2)} ${unit}`;

/** A figure as one line of text. */
export function lineOf(figure: Figure): string {
  const judged = verdict(figure);
  const goal = judged ? ` (goal ${goalWords(figure)}: ${judged})` : '';
  return `${figure.what}: ${valueWords(figure)}${goal} · ${figure.ours} against ${figure.theirs} (${figure.against})`;
}
