import { type ReactNode, useState } from 'react';
import { Tally, type TallyLine } from '../design/tally.tsx';
import classes from './access.module.css';
import { type Named, Names } from './names.tsx';
import { counted, firstNames, listed, type RulePreview } from './words.ts';

type RuleEffectsProps = {
  preview: RulePreview;
  /** It means everybody: no names beside the number. */
  everybody?: boolean;
  /** The rule ends: it means nobody then. */
  ends?: boolean;
};

/** What a rule would mean today: whom it means, who would get or lose something, of whom nobody can say; every number opens its names. */
export function RuleEffects({ preview, everybody = false, ends = false }: RuleEffectsProps) {
  const [opened, setOpened] = useState<string | null>(null);
  const { matches, unknown, gains, losses } = preview;
  const line = (key: string, total: number, text: ReactNode, rows: Named[], lose = false): TallyLine => ({
    key,
    value: total,
    onOpen: rows.length === 0 ? undefined : () => setOpened(opened === key ? null : key),
    text: (
      <>
        <span className={lose && total > 0 ? classes.lose : undefined}>{text}</span>
        {opened === key && <Names label={typeof text === 'string' ? text : key} rows={rows} total={total} />}
      </>
    ),
  });
  const lines = [
    line(
      'matches',
      matches.total,
      `${matches.total === 1 ? 'person is' : 'people are'} meant${matches.total > 0 && !everybody ? `: ${firstNames(matches.people, matches.total)}` : ''}`,
      matches.people.map(({ id, name, title, department }) => ({
        id,
        name,
        more: [title, department].filter(Boolean).join(', ') || undefined,
      })),
    ),
    line(
      'gains',
      gains.people,
      `${gains.people === 1 ? 'person' : 'people'} would get something${gains.grants > gains.people ? `, ${counted(gains.grants, 'grant', 'grants')} in all` : ''}`,
      gains.names,
    ),
    line(
      'losses',
      losses.people,
      `${losses.people === 1 ? 'person' : 'people'} would lose something${losses.grants > losses.people ? `, ${counted(losses.grants, 'grant', 'grants')} in all` : ''}`,
      losses.names.map(({ id, name, apps }) => ({ id, name, more: listed(apps) })),
      true,
    ),
    ...(unknown.total > 0
      ? [
          line(
            'unknown',
            unknown.total,
            `${unknown.total === 1 ? 'person lacks a fact that it asks for: nobody can say whether it means them. They keep what they have' : 'people lack a fact that it asks for: nobody can say whether it means them. They keep what they have'}`,
            unknown.people.map(({ id, name, missing }) => ({ id, name, more: `${missing} is not known` })),
          ),
        ]
      : []),
  ];
  return <Tally lines={ends ? lines.filter(({ key }) => key === 'losses') : lines} />;
}
