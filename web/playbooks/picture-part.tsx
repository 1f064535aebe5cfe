import { Section } from '../design/section.tsx';
import { WaitsPicture } from '../design/waits-picture.tsx';
import type { Outline, Playbook, Tried } from './words.ts';

/** What waits for what, from left to right in time. */
export function PicturePart({ playbook, outline, tried }: { playbook: Playbook; outline: Outline; tried: Tried | null }) {
  const triedByKey = new Map((tried?.steps ?? []).map((step) => [step.key, step]));
  const moments = new Map(outline.map(({ moment, when }) => [moment, `${when.charAt(0).toUpperCase()}${when.slice(1)}`]));
  return (
    <Section
      title="What waits for what"
      note={
        tried === null
          ? 'From left to right in time. A line leads from a step to the one that waits for it.'
          : `From left to right in time, with what it means for ${tried.person.name}. A line leads from a step to the one that waits for it.`
      }
    >
      <WaitsPicture
        of={`the playbook ${playbook.name}`}
        steps={outline.map(({ key, title, moment, waitsFor, when }) => {
          const meant = triedByKey.get(key);
          const shared = { key, title, moment, waitsFor, when: meant?.words ?? when };
          if (meant === undefined) return shared;
          if (meant.applies === false) return { ...shared, status: { kind: 'away' as const, word: `Not for ${tried?.person.givenName}` } };
          if (meant.applies === null) return { ...shared, status: { kind: 'unknown' as const, word: 'Not known yet' } };
          return { ...shared, status: { kind: 'working' as const, word: meant.words } };
        })}
        moments={moments}
      />
    </Section>
  );
}
