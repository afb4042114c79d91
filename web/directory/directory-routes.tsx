/** Addresses of who is there and what they keep: people, teams, functions, categories, services, suppliers, vital functions. */
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { FailedPage } from "../shell/FailedPage.tsx";
import { object, shellRoute } from "../shell/ground-routes.tsx";
import { functionQuery, personQuery, serviceQuery, teamQuery } from "./queries.ts";

const peopleRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/people",
  component: lazyRouteComponent(() => import("./PeoplePage.tsx"), "PeoplePage"),
  errorComponent: FailedPage,
});

const personRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/people/$id",
  loader: ({ context, params }) => context.queryClient.ensureQueryData(personQuery(params.id)),
  component: lazyRouteComponent(() => import("./PersonPage.tsx"), "PersonPage"),
  ...object,
});

const teamsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/teams",
  component: lazyRouteComponent(() => import("./TeamsPage.tsx"), "TeamsPage"),
  ...object,
});

const teamRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/teams/$id",
  loader: ({ context, params }) => context.queryClient.ensureQueryData(teamQuery(params.id)),
  component: lazyRouteComponent(() => import("./TeamPage.tsx"), "TeamPage"),
  ...object,
});

const functionsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/functions",
  component: lazyRouteComponent(() => import("./FunctionsPage.tsx"), "FunctionsPage"),
  ...object,
});

const functionRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/functions/$id",
  loader: ({ context, params }) => context.queryClient.ensureQueryData(functionQuery(params.id)),
  component: lazyRouteComponent(() => import("./FunctionPage.tsx"), "FunctionPage"),
  ...object,
});

const categoriesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/categories",
  component: lazyRouteComponent(() => import("./CategoriesPage.tsx"), "CategoriesPage"),
  ...object,
});

const categoryRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/categories/$id",
  loader: async ({ context, params }) => {
    const { categoryQuery } = await import("./category-query.ts");
    await context.queryClient.ensureQueryData(categoryQuery(params.id));
  },
  component: lazyRouteComponent(() => import("./CategoryPage.tsx"), "CategoryPage"),
  ...object,
});

const suppliersRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/suppliers",
  component: lazyRouteComponent(() => import("../suppliers/SuppliersPage.tsx"), "SuppliersPage"),
  ...object,
});

const supplierRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/suppliers/$id",
  component: lazyRouteComponent(() => import("../suppliers/SupplierPage.tsx"), "SupplierPage"),
  ...object,
});

const servicesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/services",
  component: lazyRouteComponent(() => import("./ServicesPage.tsx"), "ServicesPage"),
  ...object,
});

const serviceRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/services/$id",
  loader: ({ context, params }) => context.queryClient.ensureQueryData(serviceQuery(params.id)),
  component: lazyRouteComponent(() => import("./ServicePage.tsx"), "ServicePage"),
  ...object,
});

const vitalFunctionsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/vital-functions",
  component: lazyRouteComponent(() => import("./VitalFunctionsPage.tsx"), "VitalFunctionsPage"),
  ...object,
});

const knownErrorsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/known-errors",
  component: lazyRouteComponent(() => import("./KnownErrorsPage.tsx"), "KnownErrorsPage"),
  ...object,
});

export const directoryRoutes = [
  peopleRoute,
  personRoute,
  teamsRoute,
  teamRoute,
  functionsRoute,
  functionRoute,
  categoriesRoute,
  categoryRoute,
  suppliersRoute,
  supplierRoute,
  servicesRoute,
  serviceRoute,
  vitalFunctionsRoute,
  knownErrorsRoute,
] as const;
