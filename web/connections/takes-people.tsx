import { Checkbox } from '@mantine/core';

/** Whether a system that keeps accounts tells who works here, too. */
export function TakesPeople({ value, onChange }: { value: boolean; onChange: (value: boolean) => void }) {
  return (
    <Checkbox
      label="Who works here is taken over from it"
      description="Names, departments, managers and dates go into the people list with each whole reading. Leave it off where an HR system tells it."
      checked={value}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
}
