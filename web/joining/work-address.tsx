import { TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useCall } from '../shell/use-call.ts';
import { type HireDraft, type HireTerms, hireTerms } from './hire-draft.ts';

type WorkAddressProps = { draft: HireDraft; onChange: (address: string) => void; problem?: string };

/** The work address, foretold by the pattern as soon as there is a name; what is written instead is taken as it stands. */
export function WorkAddress({ draft, onChange, problem }: WorkAddressProps) {
  const [terms] = useDebouncedValue(hireTerms({ ...draft, workAddress: '' }), 500);
  const foretold = useCall(
    'previewHire',
    { body: terms as HireTerms },
    { enabled: terms !== null && draft.workAddress === '', keepPrevious: true },
  );
  const address = foretold.data?.person.workAddress;
  return (
    <TextInput
      label="Work address"
      type="email"
      autoComplete="off"
      placeholder={address ?? undefined}
      description={
        draft.workAddress !== ''
          ? 'Taken as written, if nobody has or had it.'
          : address === undefined || address === null
            ? 'Empty: made by the pattern of your organization.'
            : `Empty: ${address}, by the pattern of your organization.`
      }
      value={draft.workAddress}
      error={problem}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
