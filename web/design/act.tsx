import { Button, type ButtonProps } from '@mantine/core';
import { PlaceLink } from './place-link.tsx';

/** Something to do: it leads to a place or runs. A label that ends in … opens a dry run first. */
export type Act = {
  label: string;
  /** Address inside the page. */
  to?: string;
  /** Address outside, opened in a new tab: http(s) only. */
  href?: string;
  onClick?: () => void;
  busy?: boolean;
  disabled?: boolean;
  /** Says more to a screen reader than the word: “Choose who takes over the Survey tool”. It must contain the label. */
  ariaLabel?: string;
};

type ActButtonProps = { act: Act; filled?: boolean } & Pick<ButtonProps, 'size' | 'variant' | 'className' | 'fullWidth'>;

/** The button of an act. At most one filled button stands on a page. */
export function ActButton({ act, filled = false, ...more }: ActButtonProps) {
  const variant = more.variant ?? (filled ? 'filled' : 'default');
  const shared = { ...more, variant, 'aria-label': act.ariaLabel };
  if (act.to !== undefined && act.disabled !== true) {
    return (
      <Button {...shared} component={PlaceLink} to={act.to}>
        {act.label}
      </Button>
    );
  }
  if (act.href !== undefined) {
    return (
      <Button {...shared} component="a" href={act.href} target="_blank" rel="noreferrer noopener">
        {act.label}
      </Button>
    );
  }
  return (
    <Button {...shared} type="button" onClick={act.onClick} loading={act.busy} disabled={act.disabled}>
      {act.label}
    </Button>
  );
}
