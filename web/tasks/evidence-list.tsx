import type { Place } from '../design/format-in-zones.ts';
import { ZonedTime } from '../design/zoned-time.tsx';
import classes from './tasks.module.css';

export type EvidenceLine = {
  id: string;
  fileName: string | null;
  url: string | null;
  note: string | null;
  attachedBy: string;
  attachedAt: string;
};

type EvidenceListProps = {
  lines: EvidenceLine[];
  place: Place;
  /** Saves a file; without it files are named only. */
  onSave?: (line: EvidenceLine) => void;
};

/** What was attached to a task: files to save, links to open, notes to read, each with by whom and when. */
export function EvidenceList({ lines, place, onSave }: EvidenceListProps) {
  if (lines.length === 0) return null;
  return (
    <ul className={classes.evidence} aria-label="Evidence">
      {lines.map((line) => (
        <li key={line.id}>
          <EvidenceOf line={line} onSave={onSave} />
          <p className={classes.by}>
            {line.attachedBy}, <ZonedTime instant={line.attachedAt} place={place} />
          </p>
        </li>
      ))}
    </ul>
  );
}

function EvidenceOf({ line, onSave }: { line: EvidenceLine; onSave?: (line: EvidenceLine) => void }) {
  if (line.fileName !== null) {
    if (onSave === undefined) return <p>{line.fileName}</p>;
    return (
      <button type="button" className={classes.file} onClick={() => onSave(line)}>
        {line.fileName}
      </button>
    );
  }
  if (line.url !== null) {
    return (
      <a href={line.url} target="_blank" rel="noreferrer noopener nofollow">
        {line.url}
      </a>
    );
  }
  return <p className={classes.words}>{line.note}</p>;
}
