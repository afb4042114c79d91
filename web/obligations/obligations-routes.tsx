/** Addresses of legal obligations: those of an incident, the registers, and which laws bind. */
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { z } from "zod";
import { incidentQuery } from "../incidents/queries.ts";
import { FailedIncident } from "../restriction/restriction-routes.tsx";
import { object, shellRoute } from "../shell/ground-routes.tsx";

const ofIncidentRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/incidents/$number/obligations",
  loader: ({ context, params }) => context.queryClient.ensureQueryData(incidentQuery(params.number)),
  component: lazyRouteComponent(() => import("./ObligationsPage.tsx"), "ObligationsPage"),
  ...object,
  errorComponent: FailedIncident,
});

const registersRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/registers",
  validateSearch: z.object({ register: z.string().max(64).optional().catch(undefined) }),
  component: lazyRouteComponent(() => import("./RegistersPage.tsx"), "RegistersPage"),
  ...object,
});

const lawsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/laws",
  component: lazyRouteComponent(() => import("./LawsPage.tsx"), "LawsPage"),
  ...object,
});

export const obligationRoutes = [ofIncidentRoute, registersRoute, lawsRoute] as const;
