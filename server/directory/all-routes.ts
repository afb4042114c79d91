/** Everything of the directory that is served over HTTP. */
import type { Serve } from "../platform/http.ts";
import { calendarRoutes } from "./calendar-routes.ts";
import { catalogueRoutes } from "./catalogue-routes.ts";
import { categoryRoutes } from "./category-routes.ts";
import { directoryChangeRoutes } from "./change-routes.ts";
import { integrationRoutes } from "./integration-routes.ts";
import { knownErrorRoutes } from "./known-error-routes.ts";
import { lawRoutes } from "./law-routes.ts";
import type { LeavingKnown } from "./leaving.ts";
import { directoryRoutes } from "./routes.ts";
import { supplierRoutes } from "./supplier-routes.ts";
import { type TeamsKnown, teamRoutes } from "./team-routes.ts";

export function serveDirectory(serve: Serve, known: TeamsKnown & LeavingKnown): void {
  directoryRoutes(serve, known);
  catalogueRoutes(serve, known);
  categoryRoutes(serve, known);
  calendarRoutes(serve, known);
  directoryChangeRoutes(serve, known);
  integrationRoutes(serve, known);
  knownErrorRoutes(serve, known);
  lawRoutes(serve, known);
  teamRoutes(serve, known);
  supplierRoutes(serve, known);
}
