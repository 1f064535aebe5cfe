import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useId, useRef, useState } from 'react';
import { Problem } from '../design/problem.tsx';
import { fieldProblems, problemProps } from '../shell/api-problem.ts';
import { call } from '../shell/call.ts';
import { useOnce } from '../shell/use-once.ts';
import classes from './welcome.module.css';
import { givenFacts, keyboardSizes, keyboards } from './welcome-facts.ts';
import type { Welcome } from './welcome-page.tsx';

type WelcomeFormProps = { secret: string; welcome: Welcome; onSent: () => Promise<unknown>; folded: boolean };

/** What the new colleague tells us: how they are called, where the laptop goes, which keyboard. All of it can be left empty and changed. */
export function WelcomeForm({ secret, welcome, onSent, folded }: WelcomeFormProps) {
  const id = useId();
  const { given } = welcome;
  const facts = givenFacts(given);
  const [isOpen, setOpen] = useState(facts.length === 0 && !folded);
  const [saved, setSaved] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const shownBefore = useRef(isOpen);
  // What was pressed is gone with the form or the summary: the focus goes to the heading of what took its place.
  useEffect(() => {
    if (shownBefore.current !== isOpen) heading.current?.focus();
    shownBefore.current = isOpen;
  }, [isOpen]);
  const [values, setValues] = useState({
    preferredName: given.preferredName ?? '',
    deliveryAddress: given.deliveryAddress ?? '',
    keyboard: given.keyboard ?? '',
    keyboardSize: given.keyboardSize ?? '',
    note: given.note ?? '',
  });
  const save = useMutation({
    mutationFn: () => call('saveWelcome', { body: { secret, ...values } }),
    onSuccess: async () => {
      await onSent();
      setSaved(true);
      setOpen(false);
    },
  });
  const send = useOnce(() => save.mutateAsync());
  const problems = fieldProblems(save.error);
  const field = (name: keyof typeof values) => ({
    value: values[name],
    error: problems[name],
    onChange: (event: { currentTarget: { value: string } }) => setValues({ ...values, [name]: event.currentTarget.value }),
  });
  if (folded && facts.length === 0 && !isOpen) return null;
  return (
    <section className={classes.part} aria-labelledby={id}>
      <h2 id={id} ref={heading} tabIndex={-1}>
        {isOpen ? 'What we need from you' : 'What you told us'}
      </h2>
      <p role="status" className={classes.second}>
        {saved && !isOpen && 'Saved. You can change it until your first day.'}
      </p>
      {!isOpen ? (
        <>
          <dl className={classes.given}>
            {facts.map(({ key, term, fact }) => (
              <div key={key}>
                <dt>{yours[key] ?? term}</dt>
                <dd>{fact}</dd>
              </div>
            ))}
          </dl>
          <Button onClick={() => setOpen(true)}>Change it</Button>
        </>
      ) : (
        <form
          className={classes.form}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            send();
          }}
        >
          <TextInput
            label="What shall we call you?"
            description={`We have ${welcome.name}. Leave it empty if that is right.`}
            autoComplete="nickname"
            maxLength={100}
            {...field('preferredName')}
          />
          <Textarea
            label="Where shall your laptop go?"
            description="Street, postal code, town, country; where somebody can take it in."
            autoComplete="street-address"
            autosize
            minRows={3}
            maxLength={500}
            {...field('deliveryAddress')}
          />
          <div className={classes.two}>
            <NativeSelect
              label="Keyboard"
              data={[{ value: '', label: 'Choose' }, ...keyboards.map((value) => ({ value, label: value }))]}
              {...field('keyboard')}
            />
            <NativeSelect
              label="Laptop size"
              data={[{ value: '', label: 'Choose' }, ...keyboardSizes.map((value) => ({ value, label: value }))]}
              {...field('keyboardSize')}
            />
          </div>
          <Textarea
            label="Anything else we should know?"
            description="A left-handed mouse, a screen reader, a name on the door."
            autosize
            minRows={2}
            maxLength={1000}
            {...field('note')}
          />
          {save.error !== null && Object.keys(problems).length === 0 && <Problem {...problemProps(save.error)} />}
          <div className={classes.acts}>
            <Button type="submit" variant={welcome.isDayOne ? 'default' : 'filled'} loading={save.isPending}>
              Save
            </Button>
          </div>
        </form>
      )}
    </section>
  );
}

const yours: Record<string, string> = {
  preferredName: 'You are called',
  deliveryAddress: 'Your laptop goes to',
  keyboard: 'Your keyboard',
  keyboardSize: 'Your laptop’s size',
  note: 'You said',
};
