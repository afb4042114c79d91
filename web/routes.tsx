/** Every address of the app and what it loads. Pages other than the board arrive in their own file. */
import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from "@tanstack/react-router";
import { z } from "zod";
import { meQuery } from "./account/queries.ts";
import { checksQuery, outboxQuery } from "./checklist/queries.ts";
import { isSignedOut } from "./client.ts";
import { BoardPage } from "./incidents/BoardPage.tsx";
import { boardQuery, incidentQuery, timelineQuery } from "./incidents/queries.ts";
import { integrationsQuery } from "./intake/queries.ts";
import { contactPointsQuery, preferenceQuery, testPageQuery } from "./notification/queries.ts";
import { FailedPage, MissingPage } from "./shell/FailedPage.tsx";
import { Ground } from "./shell/Ground.tsx";
import { Shell } from "./shell/Shell.tsx";

type Context = { queryClient: QueryClient };

const rootRoute = createRootRouteWithContext<Context>()({ component: Ground, notFoundComponent: MissingPage });

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/sign-in",
  validateSearch: z.object({ to: z.string().startsWith("/").max(500).optional().catch(undefined) }),
  component: lazyRouteComponent(() => import("./account/SignInPage.tsx"), "SignInPage"),
});

/** Everything behind the sign-in. `record` opens the panel over any page. */
const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: "shell",
  validateSearch: z.object({ record: z.boolean().optional().catch(undefined) }),
  beforeLoad: async ({ context, location }) => {
    try {
      await context.queryClient.ensureQueryData(meQuery());
    } catch (error) {
      if (isSignedOut(error)) throw redirect({ to: "/sign-in", search: { to: location.href }, replace: true });
      throw error;
    }
  },
  component: Shell,
  errorComponent: FailedPage,
});

const boardRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/",
  validateSearch: z.object({
    view: z.enum(["mine", "major", "ended"]).optional().catch(undefined),
    q: z.string().max(200).optional().catch(undefined),
  }),
  loader: ({ context }) => context.queryClient.ensureQueryData(boardQuery()),
  component: BoardPage,
  errorComponent: FailedPage,
});

const incidentRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/incidents/$number",
  validateSearch: z.object({
    layer: z.enum(["all", "decisions", "observations", "calls"]).optional().catch(undefined),
  }),
  loader: ({ context, params }) =>
    Promise.all([
      context.queryClient.ensureQueryData(incidentQuery(params.number)),
      context.queryClient.ensureQueryData(timelineQuery(params.number)),
    ]),
  component: lazyRouteComponent(() => import("./incidents/IncidentPage.tsx"), "IncidentPage"),
  errorComponent: FailedPage,
});

const tokensRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/tokens",
  component: lazyRouteComponent(() => import("./account/TokensPage.tsx"), "TokensPage"),
  errorComponent: FailedPage,
});

const integrationsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/integrations",
  loader: ({ context }) => context.queryClient.ensureQueryData(integrationsQuery()),
  component: lazyRouteComponent(() => import("./intake/IntegrationsPage.tsx"), "IntegrationsPage"),
  errorComponent: FailedPage,
});

const peopleRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/people",
  component: lazyRouteComponent(() => import("./directory/PeoplePage.tsx"), "PeoplePage"),
  errorComponent: FailedPage,
});

const checklistRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/checklist",
  loader: ({ context }) =>
    Promise.all([
      context.queryClient.ensureQueryData(checksQuery()),
      context.queryClient.ensureQueryData(outboxQuery()),
    ]),
  component: lazyRouteComponent(() => import("./checklist/ChecklistPage.tsx"), "ChecklistPage"),
  errorComponent: FailedPage,
});

const notificationsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/notifications",
  loader: ({ context }) =>
    Promise.all([
      context.queryClient.ensureQueryData(contactPointsQuery()),
      context.queryClient.ensureQueryData(preferenceQuery()),
      context.queryClient.ensureQueryData(testPageQuery()),
    ]),
  component: lazyRouteComponent(() => import("./notification/NotificationsPage.tsx"), "NotificationsPage"),
  errorComponent: FailedPage,
});

const routeTree = rootRoute.addChildren([
  signInRoute,
  shellRoute.addChildren([
    boardRoute,
    incidentRoute,
    tokensRoute,
    integrationsRoute,
    peopleRoute,
    checklistRoute,
    notificationsRoute,
  ]),
]);

export function makeRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree,
    context: { queryClient },
    defaultPreload: "intent",
    defaultPreloadStaleTime: 0,
    scrollRestoration: true,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
