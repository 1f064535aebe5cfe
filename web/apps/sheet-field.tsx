import { TextInput } from '@mantine/core';

/** Names the sheet of a workbook that holds the list, for whoever does not want the one that looks most like it. */
export function SheetField({ value, onChange }: { value: string; onChange: (sheet: string) => void }) {
  return (
    <TextInput
      label="Sheet of the workbook"
      description="Only where a workbook has several. Left empty, the sheet that looks most like a list of users is read."
      maxLength={200}
      autoComplete="off"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** The sheet as an upload asks for it. */
export const sheetQuery = (sheet: string): { sheet?: string } => (sheet.trim() === '' ? {} : { sheet: sheet.trim() });
