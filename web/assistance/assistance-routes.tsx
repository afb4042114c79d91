/** Addresses of requests for assistance. */
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { z } from "zod";
import { object, shellRoute } from "../shell/ground-routes.tsx";
import { assistanceQuery, assistanceRulesQuery, requestQuery } from "./queries.ts";

const listRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/assistance",
  validateSearch: z.object({
    scope: z.enum(["asked", "all"]).optional().catch(undefined),
    ended: z.boolean().optional().catch(undefined),
  }),
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps: { scope = "awaiting" as const, ended = false } }) =>
    context.queryClient.ensureQueryData(assistanceQuery(scope, scope === "awaiting" || !ended)),
  component: lazyRouteComponent(() => import("./AssistancePage.tsx"), "AssistancePage"),
  ...object,
});

const requestRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/assistance/$request",
  loader: ({ context, params }) => context.queryClient.ensureQueryData(requestQuery(params.request)),
  component: lazyRouteComponent(() => import("./RequestPage.tsx"), "RequestPage"),
  ...object,
});

const helpRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/help",
  loader: ({ context }) => context.queryClient.ensureQueryData(assistanceRulesQuery()),
  component: lazyRouteComponent(() => import("./HelpPage.tsx"), "HelpPage"),
  ...object,
});

const rulesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/assistance-rules",
  loader: ({ context }) => context.queryClient.ensureQueryData(assistanceRulesQuery()),
  component: lazyRouteComponent(() => import("./RulesPage.tsx"), "RulesPage"),
  ...object,
});

export const assistanceRoutes = [listRoute, requestRoute, helpRoute, rulesRoute] as const;
