/** A set of people by their index, one bit each. */
export type PersonSet = Uint32Array;

export const emptySet = (people: number): PersonSet => new Uint32Array((people + 31) >>> 5);

export const addTo = (set: PersonSet, person: number): void => {
  set[person >>> 5]! |= 1 << (person & 31);
};

export const isIn = (set: PersonSet, person: number): boolean => ((set[person >>> 5]! >>> (person & 31)) & 1) === 1;

export function everyone(people: number): PersonSet {
  const set = emptySet(people).fill(0xffffffff);
  if (people % 32 > 0) set[set.length - 1] = 2 ** (people % 32) - 1;
  return set;
}

export const both = (one: PersonSet, other: PersonSet): PersonSet => one.map((word, index) => word & other[index]!);

export const without = (set: PersonSet, others: PersonSet): PersonSet => set.map((word, index) => word & ~others[index]!);

/** Adds all of `more` to `set`. */
export function addAll(set: PersonSet, more: PersonSet): void {
  for (let word = 0; word < set.length; word += 1) set[word]! |= more[word]!;
}

/** The bits of one word that are set (Hacker's Delight, 5-1). */
export function bits(word: number): number {
  let left = word - ((word >>> 1) & 0x55555555);
  left = (left & 0x33333333) + ((left >>> 2) & 0x33333333);
  return Math.imul((left + (left >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

export function sizeOf(set: PersonSet): number {
  let size = 0;
  for (let word = 0; word < set.length; word += 1) size += bits(set[word]!);
  return size;
}

/** How many are in both. */
export function sizeOfBoth(one: PersonSet, other: PersonSet): number {
  let size = 0;
  for (let word = 0; word < one.length; word += 1) size += bits(one[word]! & other[word]!);
  return size;
}

export const isWithin = (inner: PersonSet, outer: PersonSet): boolean => inner.every((word, index) => (word & ~outer[index]!) === 0);

export function membersOf(set: PersonSet): number[] {
  const members: number[] = [];
  for (let word = 0; word < set.length; word += 1) {
    for (let rest = set[word]!; rest !== 0; rest &= rest - 1) members.push((word << 5) + 31 - Math.clz32(rest & -rest));
  }
  return members;
}
