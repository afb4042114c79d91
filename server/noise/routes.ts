/** Noise over HTTP: all that may hold a call back. */
import type { Serve } from "../platform/http.ts";
import type { NoiseKnown } from "./known.ts";
import { ruleRoutes } from "./rule-routes.ts";
import { silenceRoutes } from "./silence-routes.ts";
import { windowRoutes } from "./window-routes.ts";

export function noiseRoutes(serve: Serve, known: NoiseKnown): void {
  silenceRoutes(serve, known);
  windowRoutes(serve, known);
  ruleRoutes(serve, known);
}
