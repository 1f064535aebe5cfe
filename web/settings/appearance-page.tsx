import { Checkbox, useMantineColorScheme } from '@mantine/core';
import { ChoiceCards } from '../design/choice-cards.tsx';
import { useKeptChoice } from '../design/kept-choice.ts';
import { PageBody } from '../design/page-body.tsx';
import { PageHeader } from '../design/page-header.tsx';

/** Light or dark, and the density of lists: the choices stay on this browser. */
export default function AppearancePage() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [closer, setCloser] = useKeptChoice('closer-rows', false);
  return (
    <PageBody>
      <PageHeader crumb={[{ label: 'Settings', to: '/settings' }]} title="Appearance" lede="Both stay on this browser." />
      <div style={{ display: 'grid', gap: 24, maxWidth: 720, marginTop: 24 }}>
        <ChoiceCards
          legend="Light or dark"
          value={colorScheme}
          onChange={setColorScheme}
          choices={[
            { value: 'auto', label: 'As this device', detail: 'Follows the day and night of your system.' },
            { value: 'light', label: 'Light', detail: 'Ink on paper.' },
            { value: 'dark', label: 'Dark', detail: 'For the evening.' },
          ]}
        />
        <Checkbox
          label="Closer rows"
          description="More rows of a list on one screen."
          checked={closer}
          onChange={(event) => setCloser(event.currentTarget.checked)}
        />
      </div>
    </PageBody>
  );
}
