/** For a combobox with many options: its listbox itself scrolls, which the keyboard reaches through the field. */
export const scrollingOptions = {
  withScrollArea: false,
  styles: { options: { maxHeight: 260, overflowY: 'auto' } },
} as const;
