const words = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten'];

/** “Two”, “14”: a number at the head of a sentence. */
export const numberWord = (count: number): string => words[count] ?? String(count);
