/** Every address of the app and what it loads. Pages other than the board arrive in their own file, with what they ask for. */
import type { QueryClient } from "@tanstack/react-query";
import { createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";
import { z } from "zod";
import { alertStatuses } from "#contract/alerts.ts";
import { searchKinds } from "#contract/search.ts";
import { setupSteps } from "#contract/setup.ts";
import { alertQuery } from "./alerts/queries.ts";
import { assistanceRoutes } from "./assistance/assistance-routes.tsx";
import { checksQuery, outboxQuery } from "./checklist/queries.ts";
import { directoryRoutes } from "./directory/directory-routes.tsx";
import { onCallQuery, policyQuery, scheduleQuery } from "./directory/queries.ts";
import { BoardPage } from "./incidents/BoardPage.tsx";
import { incidentRoutes, wallTree } from "./incidents/incident-routes.tsx";
import { boardQuery } from "./incidents/queries.ts";
import { obligationRoutes } from "./obligations/obligations-routes.tsx";
import { breakGlassRoute } from "./restriction/restriction-routes.tsx";
import { setupQuery } from "./setup/queries.ts";
import { FailedPage } from "./shell/FailedPage.tsx";
import { object, rootRoute, shellRoute, signInRoute } from "./shell/ground-routes.tsx";

const boardRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/",
  validateSearch: z.object({
    view: z.enum(["mine", "major", "ended"]).optional().catch(undefined),
    q: z.string().max(400).optional().catch(undefined),
    look: z.enum(["board", "timeline"]).optional().catch(undefined),
    by: z.enum(["due"]).optional().catch(undefined),
  }),
  loader: ({ context }) => context.queryClient.ensureQueryData(boardQuery()),
  component: BoardPage,
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
  loader: async ({ context }) => {
    const { integrationsQuery } = await import("./intake/queries.ts");
    await context.queryClient.ensureQueryData(integrationsQuery());
  },
  component: lazyRouteComponent(() => import("./intake/IntegrationsPage.tsx"), "IntegrationsPage"),
  errorComponent: FailedPage,
});

const integrationRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/integrations/$id",
  loader: async ({ context }) => {
    const { integrationsQuery } = await import("./intake/queries.ts");
    await context.queryClient.ensureQueryData(integrationsQuery());
  },
  component: lazyRouteComponent(() => import("./intake/IntegrationPage.tsx"), "IntegrationPage"),
  errorComponent: FailedPage,
});

const silencesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/silences",
  validateSearch: z.object({ like: z.uuid().optional().catch(undefined) }),
  loaderDeps: ({ search }) => search,
  /* The page bears the name of the alert, where there is still one. */
  loader: async ({ context: { queryClient }, deps: { like } }) => {
    const { silencesQuery } = await import("./noise/queries.ts");
    if (like !== undefined) await queryClient.prefetchQuery(alertQuery(like));
    await queryClient.ensureQueryData(silencesQuery());
  },
  component: lazyRouteComponent(() => import("./noise/SilencesPage.tsx"), "SilencesPage"),
  ...object,
});

const maintenanceRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/maintenance",
  loader: async ({ context }) => {
    const { windowsQuery } = await import("./noise/queries.ts");
    await context.queryClient.ensureQueryData(windowsQuery());
  },
  component: lazyRouteComponent(() => import("./noise/MaintenancePage.tsx"), "MaintenancePage"),
  ...object,
});

const noiseRulesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/noise-rules",
  loader: async ({ context }) => {
    const { rulesQuery } = await import("./noise/queries.ts");
    await context.queryClient.ensureQueryData(rulesQuery());
  },
  component: lazyRouteComponent(() => import("./noise/RulesPage.tsx"), "RulesPage"),
  ...object,
});

const heartbeatsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/heartbeats",
  loader: async ({ context }) => {
    const { heartbeatsQuery } = await import("./heartbeats/queries.ts");
    await context.queryClient.ensureQueryData(heartbeatsQuery());
  },
  component: lazyRouteComponent(() => import("./heartbeats/HeartbeatsPage.tsx"), "HeartbeatsPage"),
  errorComponent: FailedPage,
});

const schedulesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/schedules",
  loader: ({ context }) => context.queryClient.ensureQueryData(onCallQuery()),
  component: lazyRouteComponent(() => import("./oncall/SchedulesPage.tsx"), "SchedulesPage"),
  ...object,
});

const scheduleRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/schedules/$id",
  validateSearch: z.object({ week: z.iso.date().optional().catch(undefined) }),
  loader: ({ context, params }) => context.queryClient.ensureQueryData(scheduleQuery(params.id)),
  component: lazyRouteComponent(() => import("./oncall/SchedulePage.tsx"), "SchedulePage"),
  ...object,
});

const reachRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/reach",
  validateSearch: z.object({
    weeks: z.number().int().min(1).max(26).optional().catch(undefined),
    within: z.number().int().min(0).max(240).optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import("./oncall/ReachPage.tsx"), "ReachPage"),
  ...object,
});

const policiesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/escalation-policies",
  component: lazyRouteComponent(() => import("./oncall/PoliciesPage.tsx"), "PoliciesPage"),
  ...object,
});

const policyRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/escalation-policies/$id",
  loader: ({ context, params }) => context.queryClient.ensureQueryData(policyQuery(params.id)),
  component: lazyRouteComponent(() => import("./oncall/PolicyPage.tsx"), "PolicyPage"),
  ...object,
});

const alertsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/alerts",
  validateSearch: z.object({
    status: z.enum(alertStatuses).optional().catch(undefined),
    integration: z.uuid().optional().catch(undefined),
    service: z.uuid().optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import("./alerts/AlertsPage.tsx"), "AlertsPage"),
  ...object,
});

const alertRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/alerts/$id",
  loader: ({ context, params }) => context.queryClient.ensureQueryData(alertQuery(params.id)),
  component: lazyRouteComponent(() => import("./alerts/AlertPage.tsx"), "AlertPage"),
  ...object,
});

const searchRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/search",
  validateSearch: z.object({
    q: z.coerce.string().max(400).optional().catch(undefined),
    kind: z.enum(searchKinds).optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import("./search/SearchPage.tsx"), "SearchPage"),
  ...object,
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

const setupRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/setup",
  validateSearch: z.object({
    step: z
      .enum([...setupSteps, "done"])
      .optional()
      .catch(undefined),
  }),
  loader: ({ context }) =>
    Promise.all([
      context.queryClient.ensureQueryData(checksQuery()),
      context.queryClient.ensureQueryData(setupQuery()),
    ]),
  component: lazyRouteComponent(() => import("./setup/SetupPage.tsx"), "SetupPage"),
});

const channelsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/channels",
  loader: async ({ context }) => {
    const { providersQuery } = await import("./notification/provider-queries.ts");
    await context.queryClient.ensureQueryData(providersQuery());
  },
  component: lazyRouteComponent(() => import("./notification/ChannelsPage.tsx"), "ChannelsPage"),
  ...object,
});

const notificationsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/notifications",
  loader: async ({ context: { queryClient } }) => {
    const { contactPointsQuery, preferenceQuery, testPageQuery } = await import("./notification/queries.ts");
    await Promise.all([
      queryClient.ensureQueryData(contactPointsQuery()),
      queryClient.ensureQueryData(preferenceQuery()),
      queryClient.ensureQueryData(testPageQuery()),
    ]);
  },
  component: lazyRouteComponent(() => import("./notification/NotificationsPage.tsx"), "NotificationsPage"),
  errorComponent: FailedPage,
});

const routeTree = rootRoute.addChildren([
  signInRoute,
  wallTree,
  shellRoute.addChildren([
    boardRoute,
    ...incidentRoutes,
    breakGlassRoute,
    alertsRoute,
    alertRoute,
    ...assistanceRoutes,
    ...directoryRoutes,
    ...obligationRoutes,
    searchRoute,
    schedulesRoute,
    scheduleRoute,
    reachRoute,
    policiesRoute,
    policyRoute,
    integrationsRoute,
    integrationRoute,
    silencesRoute,
    maintenanceRoute,
    noiseRulesRoute,
    heartbeatsRoute,
    checklistRoute,
    notificationsRoute,
    channelsRoute,
    tokensRoute,
    setupRoute,
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
