const words = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten'];

/** A number at the beginning of a sentence: in words up to ten. */
export const countWords = (count: number): string => words[count] ?? new Intl.NumberFormat('en').format(count);

/** `Three tasks wait`, `One task waits`. */
export const tasksWait = (count: number): string => `${countWords(count)} ${count === 1 ? 'task waits' : 'tasks wait'}`;
