import { Link } from '@tanstack/react-router';
import type { ComponentPropsWithoutRef } from 'react';
import { splitAddress } from './split-address.ts';

export type PlaceLinkProps = Omit<ComponentPropsWithoutRef<'a'>, 'href'> & {
  /** An address inside the page, with its search: `/people?view=leaving`. */
  to: string;
};

/** A link inside the page: opens without a reload, and loads the code of its page when it is pointed at. */
export function PlaceLink({ to, ...more }: PlaceLinkProps) {
  const { path, search, hash } = splitAddress(to);
  return <Link {...more} to={path} search={search as never} hash={hash} preload="intent" activeProps={noProps} inactiveProps={noProps} />;
}

// The router would mark each link to the page one is on as current; which links say so is decided by whoever draws them.
const noProps = { 'aria-current': undefined, 'data-status': undefined, className: undefined };
