import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet } from '@tanstack/react-router';
import { type ComponentType, createElement, useLayoutEffect } from 'react';
import { Skeleton } from '../design/skeleton.tsx';
import { parseSearch, searchText } from '../design/split-address.ts';
import { ToastShelf } from '../design/toast.tsx';
import { Frame } from './frame.tsx';
import { NotFound } from './not-found.tsx';
import type { Page } from './page.ts';
import { PageFailed } from './page-failed.tsx';
import { setDeclaredTitle } from './page-title.ts';
import { RouteNews } from './route-news.tsx';

const root = createRootRoute({
  component: () => (
    <>
      <Outlet />
      <ToastShelf />
      <RouteNews />
    </>
  ),
});
const framed = createRoute({ getParentRoute: () => root, id: 'framed', component: Frame });
const bare = createRoute({ getParentRoute: () => root, id: 'bare', component: Outlet });

const withTitle = (title: string, Content: ComponentType): ComponentType =>
  function TitledPage() {
    // Before the effects of the page, which may say a better title.
    useLayoutEffect(() => setDeclaredTitle(title), []);
    return createElement(Content);
  };

const routeOf = (page: Page) => {
  const load = async () => ({ default: withTitle(page.title, (await page.load()).default) });
  const component = lazyRouteComponent(load);
  return page.bare === true
    ? createRoute({ getParentRoute: () => bare, path: page.path, component })
    : createRoute({ getParentRoute: () => framed, path: page.path, component });
};

/** The router over the pages that the domains declare; an address that none of them has stands in the frame too. */
export const routerOf = (pages: Page[]) => {
  const rest = createRoute({ getParentRoute: () => framed, path: '$', component: NotFound });
  const inFrame = pages.filter((page) => page.bare !== true).map(routeOf);
  const outside = pages.filter((page) => page.bare === true).map(routeOf);
  return createRouter({
    routeTree: root.addChildren([framed.addChildren([...inFrame, rest]), bare.addChildren(outside)]),
    parseSearch: (text) => parseSearch(text.replace(/^\?/, '')),
    stringifySearch: searchText,
    scrollRestoration: true,
    defaultPreload: false,
    defaultPendingMs: 0,
    defaultPendingMinMs: 0,
    defaultPendingComponent: Skeleton,
    defaultErrorComponent: PageFailed,
    defaultNotFoundComponent: NotFound,
  });
};
