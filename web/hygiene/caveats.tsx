import { RowList } from '../design/row-list.tsx';
import { Section } from '../design/section.tsx';
import { StatusChip } from '../design/status-chip.tsx';
import type { Overview } from './words.ts';

/** What the lists do not rest on, or not wholly: said, so that a short list is not taken for a clean one. */
export function Caveats({ caveats }: { caveats: Overview['caveats'] }) {
  if (caveats.length === 0) return null;
  return (
    <Section title={`What was not read whole (${caveats.length})`} note="What stands there may be more than these lists show.">
      <RowList
        rows={caveats.map(({ appId, app, words }) => ({
          key: `${appId} ${words}`,
          title: app,
          to: `/apps/${appId}`,
          detail: words,
          right: <StatusChip kind="unknown">Not whole</StatusChip>,
        }))}
      />
    </Section>
  );
}
