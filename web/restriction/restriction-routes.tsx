/** The address of the deliberate way to what does not admit one. */
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { z } from "zod";
import { FailedPage } from "../shell/FailedPage.tsx";
import { object, shellRoute } from "../shell/ground-routes.tsx";

export const breakGlassRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/break-glass",
  validateSearch: z.object({ number: z.string().max(64).optional().catch(undefined) }),
  component: lazyRouteComponent(() => import("./BreakGlassPage.tsx"), "BreakGlassPage"),
  ...object,
});

const GlassLink = lazy(() => import("./GlassLink.tsx").then((m) => ({ default: m.GlassLink })));

/** The same, whether there is no such incident or it does not admit its reader. */
export function FailedIncident({ error }: { error: unknown }) {
  return (
    <>
      <FailedPage error={error} />
      <Suspense fallback={null}>
        <GlassLink />
      </Suspense>
    </>
  );
}
