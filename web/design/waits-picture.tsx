import { useId } from 'react';
import { StatusChip } from './status-chip.tsx';
import type { StatusKind } from './status-kind.ts';
import { usePhone } from './use-phone.ts';
import { layoutWaits, type WaitingBox, wrapWords } from './waits-layout.ts';
import classes from './waits-picture.module.css';

/** A step of the picture. Its state stands as a word in its box, never as a colour alone. */
export type WaitingStep = WaitingBox & {
  status?: { kind: StatusKind; word: string };
  /** When it begins, for the list. */
  when: string;
};

type WaitsPictureProps = {
  /** What the picture is of: “the leaver playbook”. */
  of: string;
  /** In time. */
  steps: WaitingStep[];
  /** The words above each moment. */
  moments: ReadonlyMap<number, string>;
  /** *Now* stands before this moment; nowhere without one. */
  nowBefore?: number;
};

const headLine = 26;

/** What waits for what, from left to right in time, and the same as a list. On the phone only the list. */
export function WaitsPicture({ of, steps, moments, nowBefore }: WaitsPictureProps) {
  const phone = usePhone();
  const listId = useId();
  const titles = new Map(steps.map(({ key, title }) => [key, title]));
  const list = <WaitsList id={listId} steps={steps} titles={titles} />;
  if (phone) return list;
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by the keyboard */}
      <section className={classes.region} tabIndex={0} aria-label={`Picture: what waits for what in ${of}. It scrolls sideways.`}>
        <Drawing of={of} steps={steps} moments={moments} nowBefore={nowBefore} listId={listId} />
      </section>
      <details className={classes.text}>
        <summary>The same as a list</summary>
        {list}
      </details>
    </>
  );
}

function Drawing({ of, steps, moments, nowBefore, listId }: WaitsPictureProps & { listId: string }) {
  const arrow = useId();
  const byKey = new Map(steps.map((step) => [step.key, step]));
  const layout = layoutWaits(steps, (key) =>
    byKey.get(key)?.status === undefined ? 0 : wrapWords(byKey.get(key)?.status?.word ?? '', 22).length,
  );
  const now = layout.moments.find(({ moment }) => moment === nowBefore);
  return (
    <svg
      className={classes.drawing}
      role="img"
      aria-label={`What waits for what in ${of}: ${steps.length} steps from left to right in time.`}
      aria-details={listId}
      width={layout.width + 2}
      height={layout.height}
      viewBox={`-1 0 ${layout.width + 2} ${layout.height}`}
    >
      <defs>
        <marker id={arrow} viewBox="0 0 8 8" refX="6" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse">
          <path d="M0 0 8 4 0 8z" className={classes.arrow} />
        </marker>
      </defs>
      {layout.moments.map(({ moment, x, width }) => (
        <g key={moment}>
          <text x={x} className={classes.moment}>
            {wrapWords(moments.get(moment) ?? '', headLine)
              .slice(0, 3)
              .map((line, index) => (
                <tspan key={line} x={x} y={14 + index * 17}>
                  {line}
                </tspan>
              ))}
          </text>
          <line x1={x} x2={x + width} y1={56} y2={56} className={classes.rule} />
        </g>
      ))}
      {now !== undefined && (
        <g>
          <line x1={now.x - 30} x2={now.x - 30} y1={22} y2={layout.height} className={classes.now} />
          <rect x={now.x - 49} y={2} width={38} height={20} rx={4} className={classes.nowTag} />
          <text x={now.x - 30} y={16} textAnchor="middle" className={classes.nowText}>
            Now
          </text>
        </g>
      )}
      {layout.lines.map(({ from, to, path }) => (
        <path key={`${from} ${to}`} d={path} className={classes.line} markerEnd={`url(#${arrow})`} />
      ))}
      {layout.boxes.map((box) => {
        const status = byKey.get(box.key)?.status;
        return (
          <g key={box.key}>
            <rect x={box.x} y={box.y} width={box.width} height={box.height} rx={8} className={classes.box} data-kind={status?.kind} />
            <text className={classes.title}>
              {box.lines.map((line, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a line has no other name, and a title may repeat its words
                <tspan key={index} x={box.x + 12} y={box.y + 24 + index * 18}>
                  {line}
                </tspan>
              ))}
            </text>
            {status !== undefined && (
              <text className={classes.status} data-kind={status.kind}>
                {wrapWords(status.word, 22).map((line, index) => (
                  <tspan key={line} x={box.x + 12} y={box.y + 24 + (box.lines.length + index) * 18}>
                    {line}
                  </tspan>
                ))}
              </text>
            )}
          </g>
        );
      })}
    </svg>
  );
}

function WaitsList({ id, steps, titles }: { id: string; steps: WaitingStep[]; titles: ReadonlyMap<string, string> }) {
  return (
    <ol id={id} className={classes.list}>
      {steps.map(({ key, title, when, waitsFor, status }) => (
        <li key={key}>
          <p className={classes.name}>{title}</p>
          <p className="gc-small gc-dimmed">
            {when}
            {waitsFor.length > 0 && ` · waits for ${waitsFor.map((name) => `“${titles.get(name) ?? name}”`).join(' and ')}`}
          </p>
          {status !== undefined && (
            <p>
              <StatusChip kind={status.kind} small>
                {status.word}
              </StatusChip>
            </p>
          )}
        </li>
      ))}
    </ol>
  );
}
