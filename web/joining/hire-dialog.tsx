import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { Dialog, DialogActs } from '../design/dialog.tsx';
import { Problem } from '../design/problem.tsx';
import { Skeleton } from '../design/skeleton.tsx';
import { fieldProblems, problemProps } from '../shell/api-problem.ts';
import type { OutputOf } from '../shell/call.ts';
import { useCall } from '../shell/use-call.ts';
import { HireConfirm } from './hire-confirm.tsx';
import { emptyHire, type HireDraft, type HireTerms, hireTerms, partsOf } from './hire-draft.ts';
import { HireForm } from './hire-form.tsx';
import { StepHeading } from './step-heading.tsx';

type HireDialogProps = {
  opened: boolean;
  onClose: () => void;
  /** Somebody who is on the roster already. */
  personId?: string;
};

/** Hires somebody: four fields, then what that does, then the deed. Goes to the page of the new colleague once it is confirmed. */
export function HireDialog({ opened, onClose, personId }: HireDialogProps) {
  return (
    <Dialog opened={opened} onClose={onClose} title="Who joins?" titleUnseen>
      {opened &&
        (personId === undefined ? <Hire start={emptyHire()} onClose={onClose} /> : <Known personId={personId} onClose={onClose} />)}
    </Dialog>
  );
}

function Known({ personId, onClose }: { personId: string; onClose: () => void }) {
  const { data, error } = useCall('getPerson', { params: { personId } });
  if (error !== null) {
    return (
      <>
        <Problem {...problemProps(error)} unchanged="Nothing was changed." />
        <DialogActs>
          <Button onClick={onClose} data-autofocus>
            Close
          </Button>
        </DialogActs>
      </>
    );
  }
  return data === undefined ? <Skeleton as="rows" rows={4} /> : <Hire start={draftOf(data)} onClose={onClose} />;
}

/** What is known already of somebody on the roster stands in the fields. A day that has passed is not proposed again. */
function draftOf(person: OutputOf<'getPerson'>): HireDraft {
  return {
    ...emptyHire(),
    personId: person.id,
    name: person.name,
    parts: { givenName: person.givenName, familyName: person.familyName ?? '' },
    personalAddress: person.personalAddress ?? '',
    startDate: person.status === 'joining' ? (person.startDate ?? '') : '',
    title: person.title ?? '',
    departmentId: person.departmentId ?? '',
    locationId: person.locationId ?? '',
    timeZone: person.ownTimeZone ?? '',
    employmentType: person.employmentType ?? '',
    workAddress: person.workAddress ?? '',
    manager: person.manager,
  };
}

function Hire({ start, onClose }: { start: HireDraft; onClose: () => void }) {
  const [draft, setDraft] = useState(start);
  const [terms, setTerms] = useState<HireTerms | null>(null);
  const count = useCall('previewHire', { body: terms as HireTerms }, { enabled: terms !== null, keepPrevious: true });
  const problems = terms === null ? {} : fieldProblems(count.error);
  const [mended, setMended] = useState<Record<string, string>>({});
  const isRefused = Object.keys(problems).length > 0;
  const shown = isRefused ? problems : mended;
  // What was refused stands at its field until it is changed. Were the question left open, the form would ask it again and vanish meanwhile.
  const { error } = count;
  useEffect(() => {
    const refused = fieldProblems(error);
    if (terms === null || Object.keys(refused).length === 0) return;
    setMended(refused);
    setTerms(null);
  }, [terms, error]);
  const form = useRef<HTMLFormElement>(null);
  const isMended = terms === null && Object.keys(mended).length > 0;
  // The field may stand below the fold, or under More, which opens first.
  useEffect(() => {
    if (!isMended) return;
    const frame = requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
    return () => cancelAnimationFrame(frame);
  }, [isMended]);
  const ready = hireTerms(draft);
  const who = partsOf(draft).givenName;
  if (terms !== null && !isRefused) {
    return (
      <HireConfirm
        terms={terms}
        preview={count.data ?? null}
        counting={count.isPlaceholderData}
        error={count.error}
        onTerms={setTerms}
        onBack={(refused) => {
          setMended(refused);
          setTerms(null);
        }}
        onClose={onClose}
      />
    );
  }
  return (
    <>
      <StepHeading key="who" first={Object.keys(shown).length === 0}>
        {start.personId === null ? 'Who joins?' : `${start.name} joins`}
      </StepHeading>
      <form
        ref={form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setMended({});
          setTerms(ready);
        }}
      >
        <HireForm
          draft={draft}
          problems={shown}
          onChange={(next) => {
            setDraft(next);
            setMended({});
            setTerms(null);
          }}
        />
        <DialogActs>
          <Button onClick={onClose}>Keep as it is</Button>
          <Button type="submit" variant="filled" disabled={ready === null}>
            Show what happens{who === '' ? '' : ` for ${who}`}
          </Button>
        </DialogActs>
      </form>
    </>
  );
}
