import { createLink } from '@tanstack/react-router';
import type { ComponentPropsWithoutRef, ComponentPropsWithRef } from 'react';
import { splitAddress } from './split-address.ts';

export type PlaceLinkProps = Omit<ComponentPropsWithoutRef<'a'>, 'href'> & {
  /** An address inside the page, with its search: `/people?view=leaving`. */
  to: string;
};

/** A link inside the page: opens without a reload, and loads the code of its page when it is pointed at. */
export function PlaceLink({ to, 'aria-current': current, ...more }: PlaceLinkProps) {
  const { path, search, hash } = splitAddress(to);
  return <Anchor {...more} current={current} to={path} search={search as never} hash={hash} preload="intent" activeProps={noProps} />;
}

type PlainAnchorProps = ComponentPropsWithRef<'a'> & {
  current: PlaceLinkProps['aria-current'];
  disabled?: unknown;
  'data-status'?: string;
};

// The router marks each link to the page one is on as current, whatever it is given; which links say so is decided by whoever draws them.
const PlainAnchor = ({ current, 'aria-current': _, 'data-status': __, disabled: ___, ...more }: PlainAnchorProps) => (
  <a {...more} aria-current={current} />
);
const Anchor = createLink(PlainAnchor);
const noProps = {};
