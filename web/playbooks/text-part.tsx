import { Button, Textarea } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';
import { Problem } from '../design/problem.tsx';
import { Section } from '../design/section.tsx';
import { toast } from '../design/toast.tsx';
import { problemProps } from '../shell/api-problem.ts';
import { useCall } from '../shell/use-call.ts';
import classes from './playbooks.module.css';
import type { Definition, Playbook } from './words.ts';

type TextPartProps = {
  playbook: Playbook;
  /** The text of what is edited; with its comments. */
  yaml: string;
  mayManage: boolean;
  onChange: (change: { definition: Definition; base: string }) => void;
};

/** The playbook as text. What can be read is taken into the steps at once; what is wrong is named with its line. */
export function TextPart({ playbook, yaml, mayManage, onChange }: TextPartProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const [asked] = useDebouncedValue(typed, 400);
  const field = useRef<HTMLTextAreaElement>(null);
  const checked = useCall('checkPlaybook', { body: { playbookId: playbook.id, yaml: asked ?? '' } }, { enabled: asked !== null });
  const text = typed ?? yaml;
  const valid = asked === typed && asked !== null ? (checked.data?.definition ?? null) : null;
  const take = useRef(onChange);
  take.current = onChange;
  useEffect(() => {
    if (valid === null || asked === null) return;
    take.current({ definition: valid, base: asked });
  }, [valid, asked]);
  const problems = typed === null ? [] : (checked.data?.problems ?? []);
  const goTo = (row: number) => {
    const area = field.current;
    if (area === null) return;
    const from =
      text
        .split('\n')
        .slice(0, row - 1)
        .join('\n').length + (row > 1 ? 1 : 0);
    const end = text.indexOf('\n', from);
    area.focus();
    area.setSelectionRange(from, end < 0 ? text.length : end);
    area.scrollTop = Math.max(0, (row - 6) * 20);
  };
  return (
    <Section
      title="As text"
      note="The same playbook as YAML, with the comments that people wrote into it. Changing a step on the page changes only its own lines here."
      aside={
        <Button
          size="xs"
          onClick={() => {
            void navigator.clipboard.writeText(text).then(() => toast('The text was copied.'));
          }}
        >
          Copy the text
        </Button>
      }
    >
      {problems.length > 0 && (
        <ul className={classes.lines} aria-label="What is wrong in the text">
          {problems.map(({ row, message, field: name }) => (
            <li key={`${row} ${name} ${message}`}>
              {row === undefined ? (
                message
              ) : (
                <>
                  <button type="button" className={classes.link} onClick={() => goTo(row)}>
                    Line {row}
                  </button>
                  {': '}
                  {message}
                </>
              )}
            </li>
          ))}
        </ul>
      )}
      {checked.error !== null && <Problem {...problemProps(checked.error)} />}
      <p className="gc-small gc-dimmed" aria-live="polite">
        {typed === null
          ? mayManage
            ? ''
            : 'You may read it. Owners and operations change it.'
          : asked !== typed || checked.isFetching
            ? 'It is being read.'
            : problems.length > 0
              ? 'The steps keep what they were until this can be read.'
              : 'It can be read: the steps show it.'}
      </p>
      <Textarea
        ref={field}
        aria-label={`${playbook.name} as YAML`}
        readOnly={!mayManage}
        spellCheck={false}
        rows={28}
        classNames={{ input: classes.yaml }}
        value={text}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
    </Section>
  );
}
