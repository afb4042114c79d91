/** Addresses of an incident, and of all that are under way. */
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { z } from "zod";
import { FailedIncident } from "../restriction/restriction-routes.tsx";
import { object, shellRoute, wallRoute } from "../shell/ground-routes.tsx";
import { boardQuery, incidentQuery, timelineQuery, watchQuery } from "./queries.ts";

/** One that is not there, or does not admit its reader. */
const ofOne = { ...object, errorComponent: FailedIncident };

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
  component: lazyRouteComponent(() => import("./IncidentPage.tsx"), "IncidentPage"),
  ...ofOne,
});

const watchRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/watch",
  loader: ({ context }) => context.queryClient.ensureQueryData(watchQuery()),
  component: lazyRouteComponent(() => import("./WatchPage.tsx"), "WatchPage"),
  ...object,
});

const myWorkRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/my-work",
  loader: async ({ context }) => {
    const { myWorkQuery } = await import("../my-work/queries.ts");
    await context.queryClient.ensureQueryData(myWorkQuery());
  },
  component: lazyRouteComponent(() => import("../my-work/MyWorkPage.tsx"), "MyWorkPage"),
  ...object,
});

const cockpitRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/incidents/$number/cockpit",
  loader: ({ context, params }) =>
    Promise.all([
      context.queryClient.ensureQueryData(incidentQuery(params.number)),
      context.queryClient.ensureQueryData(timelineQuery(params.number)),
    ]),
  component: lazyRouteComponent(() => import("../cockpit/CockpitPage.tsx"), "CockpitPage"),
  ...ofOne,
});

const planRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/incidents/$number/plan",
  loader: ({ context, params }) => context.queryClient.ensureQueryData(incidentQuery(params.number)),
  component: lazyRouteComponent(() => import("../cockpit/PlanPage.tsx"), "PlanPage"),
  ...ofOne,
});

const securityRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/incidents/$number/security",
  loader: ({ context, params }) => context.queryClient.ensureQueryData(incidentQuery(params.number)),
  component: lazyRouteComponent(() => import("../security/SecurityPage.tsx"), "SecurityPage"),
  ...ofOne,
});

const impactRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/incidents/$number/impact",
  loader: ({ context, params }) => context.queryClient.ensureQueryData(incidentQuery(params.number)),
  component: lazyRouteComponent(() => import("../impact/ImpactPage.tsx"), "ImpactPage"),
  ...ofOne,
});

const wallOfAllRoute = createRoute({
  getParentRoute: () => wallRoute,
  path: "/wall",
  loader: ({ context }) => context.queryClient.ensureQueryData(boardQuery()),
  component: lazyRouteComponent(() => import("../wall/WallPage.tsx"), "WallPage"),
  ...object,
});

const wallOfOneRoute = createRoute({
  getParentRoute: () => wallRoute,
  path: "/incidents/$number/wall",
  loader: ({ context, params }) =>
    Promise.all([
      context.queryClient.ensureQueryData(incidentQuery(params.number)),
      context.queryClient.ensureQueryData(timelineQuery(params.number)),
    ]),
  component: lazyRouteComponent(() => import("../wall/IncidentWall.tsx"), "IncidentWall"),
  ...ofOne,
});

export const wallTree = wallRoute.addChildren([wallOfAllRoute, wallOfOneRoute]);
export const incidentRoutes = [
  incidentRoute,
  cockpitRoute,
  planRoute,
  securityRoute,
  impactRoute,
  watchRoute,
  myWorkRoute,
] as const;
