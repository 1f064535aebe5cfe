/** A box of the picture: what stands in it, and the boxes that have to be settled before it. */
export type WaitingBox = {
  key: string;
  title: string;
  /** The moment it belongs to: boxes with the same number begin together; numbers grow with time. */
  moment: number;
  waitsFor: string[];
};

export type PlacedBox = { key: string; x: number; y: number; width: number; height: number; lines: string[] };
export type PlacedMoment = { moment: number; x: number; width: number };
export type WaitsLayout = {
  width: number;
  height: number;
  boxes: PlacedBox[];
  moments: PlacedMoment[];
  lines: { from: string; to: string; path: string }[];
};

const boxWidth = 200;
const lineHeight = 18;
const padding = 10;
const betweenColumns = 44;
const betweenMoments = 60;
const betweenBoxes = 14;
const head = 64;
const betweenLanes = 12;
const lineLength = 24;
const mostInColumn = 6;

/**
 * Places boxes from left to right in time: one column for each moment, and within it further columns for boxes that wait for others of the same
 * moment. `extra` gives more lines of text to a box. Pure; lengths in px.
 */
export function layoutWaits(boxes: readonly WaitingBox[], extra: (key: string) => number = () => 0): WaitsLayout {
  const moments = [...new Set(boxes.map(({ moment }) => moment))].sort((a, b) => a - b);
  const placed = new Map<string, PlacedBox>();
  const placedMoments: PlacedMoment[] = [];
  let x = 0;
  let height = 0;
  for (const moment of moments) {
    const together = boxes.filter((box) => box.moment === moment);
    const columns = columnsOf(together);
    const from = x;
    for (const [index, column] of columns.entries()) {
      let y = head;
      for (const box of column) {
        const lines = wrapWords(box.title, lineLength);
        const boxHeight = (lines.length + extra(box.key)) * lineHeight + 2 * padding;
        placed.set(box.key, { key: box.key, x, y, width: boxWidth, height: boxHeight, lines });
        y += boxHeight + betweenBoxes;
      }
      height = Math.max(height, y - betweenBoxes);
      x += boxWidth + (index < columns.length - 1 ? betweenColumns : betweenMoments);
    }
    placedMoments.push({ moment, x: from, width: x - from - betweenMoments });
  }
  const places = [...new Set([...placed.values()].map((box) => box.x))].sort((a, b) => a - b);
  const lanes = new Map<string, number>();
  const lines = boxes.flatMap(({ key, waitsFor }) =>
    waitsFor.flatMap((before) => {
      const [a, b] = [placed.get(before), placed.get(key)];
      if (!a || !b || a === b) return [];
      if (places.indexOf(b.x) - places.indexOf(a.x) === 1) return [{ from: before, to: key, path: curve(a, b) }];
      if (!lanes.has(before)) lanes.set(before, lanes.size);
      return [{ from: before, to: key, path: alongLane(a, b, lanes.get(before) ?? 0, height) }];
    }),
  );
  const lowest = height + (lanes.size > 0 ? (lanes.size + 1) * betweenLanes : 0);
  return { width: Math.max(0, x - betweenMoments), height: lowest + 4, boxes: [...placed.values()], moments: placedMoments, lines };
}

/** The boxes of one moment in columns: what waits for another stands further right, and no column is longer than a window is high. */
function columnsOf(together: readonly WaitingBox[]): WaitingBox[][] {
  const depths = depthsWithin(together);
  const columns: WaitingBox[][] = [];
  for (let depth = 0; depth <= Math.max(...depths.values()); depth += 1) {
    const here = together.filter(({ key }) => depths.get(key) === depth);
    for (let from = 0; from < here.length; from += mostInColumn) columns.push(here.slice(from, from + mostInColumn));
  }
  return columns;
}

function depthsWithin(boxes: readonly WaitingBox[]): Map<string, number> {
  const byKey = new Map(boxes.map((box) => [box.key, box]));
  const depths = new Map<string, number>();
  const follow = (key: string, trail: readonly string[]): number => {
    const known = depths.get(key);
    if (known !== undefined) return known;
    if (trail.includes(key)) return 0;
    const before = (byKey.get(key)?.waitsFor ?? []).filter((name) => byKey.has(name));
    const depth = before.length === 0 ? 0 : 1 + Math.max(...before.map((name) => follow(name, [...trail, key])));
    depths.set(key, depth);
    return depth;
  };
  for (const { key } of boxes) follow(key, []);
  return depths;
}

/** From the right side of one box to the left side of one in the next column. */
function curve(from: PlacedBox, to: PlacedBox): string {
  const [x1, y1] = [from.x + from.width, from.y + from.height / 2];
  const [x2, y2] = [to.x - 5, to.y + to.height / 2];
  const bend = (x2 - x1) / 2;
  return `M${x1} ${y1} C${x1 + bend} ${y1}, ${x2 - bend} ${y2}, ${x2} ${y2}`;
}

/**
 * To a box further away: down between the columns, along a lane below all boxes, and up again between the columns. No line runs behind a box;
 * what one box leads to shares its lane.
 */
function alongLane(from: PlacedBox, to: PlacedBox, lane: number, below: number): string {
  const aside = 10 + (lane % 5) * 5;
  const [x1, y1] = [from.x + from.width, from.y + from.height / 2];
  const [x2, y2] = [to.x - 5, to.y + to.height / 2];
  const [down, up, y] = [x1 + aside, x2 - aside, below + (lane + 1) * betweenLanes];
  const r = 6;
  const across = up > down ? r : -r;
  return [
    `M${x1} ${y1} H${down - r} Q${down} ${y1} ${down} ${y1 + r}`,
    `V${y - r} Q${down} ${y} ${down + across} ${y}`,
    `H${up - across} Q${up} ${y} ${up} ${y - r}`,
    `V${y2 + r} Q${up} ${y2} ${up + r} ${y2} H${x2}`,
  ].join(' ');
}

/** Breaks a text into lines of about `length` characters; nothing is cut off, a word that is longer stands alone. */
export function wrapWords(text: string, length: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= length) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
