/** Addresses of an incident, and of all that are under way. */
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { z } from "zod";
import { object, shellRoute, wallRoute } from "../shell/ground-routes.tsx";
import { boardQuery, incidentQuery, timelineQuery, watchQuery } from "./queries.ts";

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
  ...object,
});

const watchRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/watch",
  loader: ({ context }) => context.queryClient.ensureQueryData(watchQuery()),
  component: lazyRouteComponent(() => import("./WatchPage.tsx"), "WatchPage"),
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
  ...object,
});

const planRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/incidents/$number/plan",
  loader: ({ context, params }) => context.queryClient.ensureQueryData(incidentQuery(params.number)),
  component: lazyRouteComponent(() => import("../cockpit/PlanPage.tsx"), "PlanPage"),
  ...object,
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
  ...object,
});

export const wallTree = wallRoute.addChildren([wallOfAllRoute, wallOfOneRoute]);
export const incidentRoutes = [incidentRoute, cockpitRoute, planRoute, watchRoute] as const;
