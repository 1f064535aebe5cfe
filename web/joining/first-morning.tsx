import { Button, Checkbox, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useId, useRef, useState } from 'react';
import { Ask } from '../design/ask.tsx';
import { Problem } from '../design/problem.tsx';
import { StatusChip } from '../design/status-chip.tsx';
import { problemProps } from '../shell/api-problem.ts';
import { call, type InputOf } from '../shell/call.ts';
import { useOnce } from '../shell/use-once.ts';
import classes from './welcome.module.css';
import type { Welcome } from './welcome-page.tsx';

type Answer = Omit<InputOf<'answerFirstMorning'>['body'], 'secret'>;
type FirstMorningProps = { secret: string; welcome: Welcome; onSent: () => Promise<unknown> };

/** The one question of the first morning: one tap, or what is missing. Afterwards thanks, and what happens next. */
export function FirstMorning({ secret, welcome, onSent }: FirstMorningProps) {
  const [lacks, setLacks] = useState(false);
  const answer = useMutation({
    mutationFn: (said: Answer) => call('answerFirstMorning', { body: { secret, ...said } }),
    onSuccess: onSent,
  });
  const everything = useOnce(() => answer.mutateAsync({ everything: true }));
  const problem = answer.error !== null && <Problem {...problemProps(answer.error)} />;
  if (lacks) {
    return (
      <>
        <Missing
          welcome={welcome}
          busy={answer.isPending}
          onBack={() => setLacks(false)}
          onSend={(missing) => answer.mutateAsync({ everything: false, missing }).then(() => setLacks(false))}
        />
        {problem}
      </>
    );
  }
  if (welcome.firstMorning !== null) {
    return (
      <>
        <Thanks welcome={welcome} busy={answer.isPending} onEverything={everything} onMore={() => setLacks(true)} />
        {problem}
      </>
    );
  }
  return (
    <div className={classes.ask}>
      <Ask
        tag="Your first morning"
        title="Do you have everything?"
        acts={[
          { label: 'I have everything', busy: answer.isPending, onClick: everything },
          { label: 'Something is missing', onClick: () => setLacks(true) },
        ]}
      >
        <p>Can you sign in, and is all there that you need to work? If something is missing, whoever can mend it is asked at once.</p>
      </Ask>
      {problem}
    </div>
  );
}

type MissingProps = {
  welcome: Welcome;
  busy: boolean;
  onBack: () => void;
  onSend: (missing: NonNullable<Answer['missing']>) => Promise<unknown>;
};

function Missing({ welcome, busy, onBack, onSend }: MissingProps) {
  const id = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  const [chosen, setChosen] = useState<string[]>([]);
  const [words, setWords] = useState('');
  useEffect(() => heading.current?.focus(), []);
  const toggle = (key: string) => setChosen(chosen.includes(key) ? chosen.filter((other) => other !== key) : [...chosen, key]);
  // What they are asked to read or answer themselves is nothing that somebody else forgot.
  const things = welcome.things.filter(({ kind }) => kind !== 'policy');
  const missing: NonNullable<Answer['missing']> = [
    ...things.filter(({ key }) => chosen.includes(key)).map(({ key, what, kind }) => ({ key, what, cause: kind })),
    ...(words.trim() === '' ? [] : [{ key: null, what: words.trim(), cause: 'other' as const }]),
  ];
  const send = useOnce(() => onSend(missing));
  return (
    <section className={classes.part} aria-labelledby={id}>
      <h2 id={id} ref={heading} tabIndex={-1}>
        What is missing?
      </h2>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        {things.length > 0 && (
          <fieldset className={classes.choices}>
            <legend>Tick what you cannot use</legend>
            {things.map(({ key, what }) => (
              <Checkbox key={key} label={what} checked={chosen.includes(key)} onChange={() => toggle(key)} />
            ))}
          </fieldset>
        )}
        <Textarea
          label={things.length > 0 ? 'Something else, in your words' : 'In your words'}
          autosize
          minRows={2}
          maxLength={300}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
        <div className={classes.acts}>
          <Button type="submit" variant="filled" loading={busy} disabled={missing.length === 0}>
            Tell them
          </Button>
          <Button onClick={onBack} disabled={busy}>
            Back
          </Button>
        </div>
      </form>
    </section>
  );
}

type ThanksProps = { welcome: Welcome; busy: boolean; onEverything: () => void; onMore: () => void };

function Thanks({ welcome, busy, onEverything, onMore }: ThanksProps) {
  const everything = welcome.firstMorning === 'everything';
  return (
    <section className={classes.part} aria-label="Your first morning">
      <p>
        <StatusChip kind={everything ? 'good-vouched' : 'waiting'}>
          {everything ? 'You have everything. Thank you.' : 'Thank you for telling us.'}
        </StatusChip>
      </p>
      <p className={classes.second}>
        {everything
          ? `Have a good first day.${welcome.manager === null ? '' : ` ${welcome.manager} is there for you.`}`
          : `Whoever can mend it was asked just now, and has until this afternoon.${welcome.manager === null ? '' : ` ${welcome.manager} can see it too.`} You need not do anything.`}
      </p>
      <div className={`${classes.acts} ${classes.more}`}>
        {!everything && (
          <Button loading={busy} onClick={onEverything}>
            Now I have everything
          </Button>
        )}
        <Button onClick={onMore} disabled={busy}>
          {everything ? 'Something is missing after all' : 'Something else is missing'}
        </Button>
      </div>
    </section>
  );
}
