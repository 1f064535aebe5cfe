import { Button } from '@mantine/core';
import { useState } from 'react';
import { useNow } from '../design/now.ts';
import { Problem } from '../design/problem.tsx';
import { ProofDocument, type ProofSection } from '../design/proof-document.tsx';
import { useReader } from '../design/reader.tsx';
import { ZonedTime } from '../design/zoned-time.tsx';
import { problemProps } from '../shell/api-problem.ts';
import { call, type OutputOf } from '../shell/call.ts';
import { saveFile } from '../shell/save-file.ts';
import { useMay } from '../shell/session.ts';
import { lineBy, lineSentences, lineStatus } from './line-words.ts';
import { atWords } from './run-clock.ts';
import type { OpenDialog } from './run-dialog-kind.ts';
import { placeOfRun } from './run-place.ts';
import { hasClosed, isOpenLine, type ProofSectionAnswer, type Run } from './run-state.ts';
import classes from './runs.module.css';

type RunProofProps = { run: Run; proof: OutputOf<'getProof'>; open: OpenDialog };

const shownVerified = 3;

/** The proof of exit beside the run: open lines first, what is verified folded, signatures, PDF, JSON. */
export function RunProof({ run, proof, open }: RunProofProps) {
  const now = useNow();
  const { hours } = useReader();
  const maySign = useMay('proof:sign');
  const [unfolded, setUnfolded] = useState<string[]>([]);
  const [failed, setFailed] = useState<unknown>(null);
  const place = placeOfRun(run);
  const closed = hasClosed(run, now);
  const going = run.status !== 'cancelled' && run.status !== 'rescinded';
  // The day is above, in “as read”; each line opens to its full time.
  const short = (instant: string) => atWords(instant, place, { now, hours, seconds: true, onDayOf: instant });
  const save = async (id: 'downloadProofPdf' | 'downloadProofJson') => {
    setFailed(null);
    try {
      saveFile(await call(id, { params: { runId: run.id } }));
    } catch (error) {
      setFailed(error);
    }
  };
  const sections = proof.sections.map((section): ProofSection => {
    const fold = !unfolded.includes(section.key);
    const verified = section.lines.filter(({ status }) => status === 'verified');
    const others = section.lines.filter(({ status }) => status !== 'verified');
    const shown = fold ? [...others, ...verified.slice(0, shownVerified)] : section.lines;
    return {
      key: section.key,
      title: section.title,
      state: signatureState(section, closed && (going || section.signature !== null)),
      lines: shown.map((line) => ({
        key: line.id,
        thing: (
          <button type="button" className={classes.row} onClick={() => open({ kind: 'lines', title: line.subject, lines: [line] })}>
            {section.key === 'access' || section.key === 'ownership' ? line.subject : `${line.subject}: ${line.detail}`}
            <span className="gc-unseen">: how it is known</span>
          </button>
        ),
        status: closed ? lineStatus(line) : { kind: 'planned' as const, word: 'Not yet' },
        by: closed ? lineBy(line, short) : undefined,
      })),
      folded: fold && verified.length > shownVerified ? verified.length - shownVerified : undefined,
      onUnfold: () => setUnfolded([...unfolded, section.key]),
      note: <SectionNote section={section} run={run} maySign={maySign && closed && going} open={open} />,
    };
  });
  return (
    <ProofDocument
      organization={proof.organization}
      title="Proof of exit"
      who={proof.person.employeeNumber === null ? proof.person.name : `${proof.person.name}, number ${proof.person.employeeNumber}`}
      asRead={
        <>
          As read on <ZonedTime instant={proof.asReadAt} place={place} alone />.{' '}
          {!going
            ? 'The exit was called off; this is how it stood.'
            : proof.status === 'closed'
              ? 'Every line is settled and every section is signed.'
              : closed
                ? 'It stays open until every line is settled and signed.'
                : 'It begins when access closes.'}
        </>
      }
      sections={sections}
      later={proof.later.map(({ key, title, lines }) => ({
        key,
        title,
        lines: lines.map((line) => ({
          key: line.id,
          thing: `${line.subject}.`,
          words: lineSentences(line, short)[0] ?? '',
        })),
      }))}
      cannotKnow={proof.cannotBeKnown}
      acts={
        <>
          <Button size="xs" onClick={() => save('downloadProofPdf')}>
            PDF
          </Button>
          <Button size="xs" onClick={() => save('downloadProofJson')}>
            JSON
          </Button>
          <button type="button" className={classes.link} onClick={() => open({ kind: 'check' })}>
            Check a signature
          </button>
          {failed !== null && <Problem {...problemProps(failed)} />}
        </>
      }
    />
  );
}

function signatureState({ signature, lines }: ProofSectionAnswer, closed: boolean): ProofSection['state'] {
  const open = lines.filter(isOpenLine).length;
  if (!closed) return { kind: 'planned', word: 'Not begun' };
  if (open > 0) return { kind: 'waiting', word: `Not signed, ${open} open` };
  if (signature === null) return { kind: 'waiting', word: 'Not signed' };
  return { kind: 'good-vouched', word: `Signed by ${signature.signedBy.name}` };
}

function SectionNote({ section, run, maySign, open }: { section: ProofSectionAnswer; run: Run; maySign: boolean; open: OpenDialog }) {
  const { signature, lines } = section;
  const unknown = lines.filter(({ status }) => status === 'unknown').length;
  if (signature !== null) {
    return (
      <>
        Signed <ZonedTime instant={signature.at} place={placeOfRun(run)} alone />
        {unknown > 0 && `, with ${unknown === 1 ? 'one line' : `${unknown} lines`} unknown`}.{' '}
        <span className="gc-together">
          Key <span className="gc-code">{fingerprint(signature.keyFingerprint)}</span>
        </span>
      </>
    );
  }
  if (lines.length === 0 && !maySign) return 'There is nothing in it.';
  if (!maySign || run.attempted_at === null || lines.some(isOpenLine)) return undefined;
  return (
    <Button size="xs" onClick={() => open({ kind: 'sign', section })}>
      Sign {section.title.toLowerCase()}…
    </Button>
  );
}

const fingerprint = (hex: string) => `${hex.slice(0, 4)} ${hex.slice(4, 8)}`.toUpperCase();
