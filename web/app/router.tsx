import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { networkQuery } from '../api/network-query.ts';
import { queries } from '../api/query-client.ts';
import { ErrorState, State } from '../parts/state.tsx';
import { Shell } from './shell.tsx';
import { StoryDesk } from './story-desk.tsx';
import { readViewState } from './view-state.ts';

/** A part of the page that the server no longer has, as Chromium, Firefox and Safari say it. */
const isOfAnotherBuild = (error: unknown) =>
  error instanceof Error && /dynamically imported module|Importing a module script failed/i.test(error.message);

/** Asks for the network of the address while the code that draws it is loaded. */
function fetchNetworkAhead(): void {
  const [, , story, view] = location.pathname.split('/');
  if (story === undefined || view !== 'network') return;
  const state = readViewState(Object.fromEntries(new URLSearchParams(location.search)));
  void queries.prefetchQuery(networkQuery(decodeURIComponent(story), state));
}

const root = createRootRoute({
  component: Shell,
  validateSearch: (search: Record<string, unknown>) => readViewState(search),
  errorComponent: ({ error, reset }) =>
    isOfAnotherBuild(error) ? (
      <State title="Spillover was updated while this page was open" bad>
        <p>
          <a href={location.href}>Load the page again</a>
        </p>
      </State>
    ) : (
      <ErrorState error={error} onRetry={reset} />
    ),
  notFoundComponent: () => (
    <State title="There is no such page" bad>
      <p>
        <a href="/">Back to the start</a>
      </p>
    </State>
  ),
});
const desk = createRoute({ getParentRoute: () => root, path: '/story/$story', component: StoryDesk });
const of = (
  path: string,
  load: Parameters<typeof lazyRouteComponent>[0],
  name: string,
  parent: typeof root | typeof desk = root,
) =>
  createRoute({
    getParentRoute: () => parent as typeof root,
    path,
    component: lazyRouteComponent(load as never, name as never) as never,
  });

const tree = root.addChildren([
  of('/', () => import('../views/start/start-view.tsx'), 'StartView'),
  of('/sources', () => import('../views/sources/sources-view.tsx'), 'SourcesView'),
  of('/context', () => import('../views/context/context-view.tsx'), 'ContextView'),
  of('/stories', () => import('../views/stories/stories-view.tsx'), 'StoriesView'),
  of('/alerts', () => import('../views/alerts/alerts-view.tsx'), 'AlertsView'),
  of('/compare', () => import('../views/compare/compare-view.tsx'), 'CompareView'),
  of('/account/$', () => import('../views/accounts/account-page.tsx'), 'AccountPage'),
  desk.addChildren([
    of('/', () => import('../views/map/map-view.tsx'), 'MapView', desk),
    of('/query', () => import('../views/stories/query-view.tsx'), 'QueryView', desk),
    of('/accounts', () => import('../views/accounts/accounts-view.tsx'), 'AccountsView', desk),
    of('/account/$', () => import('../views/accounts/account-page.tsx'), 'AccountPage', desk),
    of(
      '/network',
      () => {
        fetchNetworkAhead();
        return import('../views/network/network-view.tsx');
      },
      'NetworkView',
      desk,
    ),
    of('/bridges', () => import('../views/bridges/bridges-view.tsx'), 'BridgesView', desk),
    of('/timeline', () => import('../views/timeline/timeline-view.tsx'), 'TimelineView', desk),
    of('/statistics', () => import('../views/statistics/statistics-view.tsx'), 'StatisticsView', desk),
    of('/report', () => import('../views/report/report-view.tsx'), 'ReportView', desk),
  ]),
]);

export const router = createRouter({ routeTree: tree, defaultPreload: 'intent', scrollRestoration: true });
