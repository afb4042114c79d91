/** The ground every page stands on, and the frame of those behind the sign-in. */
import type { QueryClient } from "@tanstack/react-query";
import { createRootRouteWithContext, createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { z } from "zod";
import { meQuery } from "../account/queries.ts";
import { isSignedOut } from "../client.ts";
import { FailedPage, MissingPage } from "./FailedPage.tsx";
import { Ground } from "./Ground.tsx";
import { Shell } from "./Shell.tsx";

type Context = { queryClient: QueryClient };

export const rootRoute = createRootRouteWithContext<Context>()({ component: Ground, notFoundComponent: MissingPage });

export const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/sign-in",
  validateSearch: z.object({ to: z.string().startsWith("/").max(500).optional().catch(undefined) }),
  component: lazyRouteComponent(() => import("../account/SignInPage.tsx"), "SignInPage"),
});

async function knowWho({ context, location }: { context: Context; location: { href: string } }): Promise<void> {
  try {
    await context.queryClient.ensureQueryData(meQuery());
  } catch (error) {
    if (isSignedOut(error)) throw redirect({ to: "/sign-in", search: { to: location.href }, replace: true });
    throw error;
  }
}

/** A screen on a wall: behind the sign-in too, without the frame, since nobody presses anything there. */
export const wallRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: "wall",
  beforeLoad: knowWho,
  component: lazyRouteComponent(() => import("../wall/WallFrame.tsx"), "WallFrame"),
  errorComponent: FailedPage,
});

/** Everything behind the sign-in. `record` opens the panel over any page. */
export const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: "shell",
  validateSearch: z.object({ record: z.boolean().optional().catch(undefined) }),
  beforeLoad: knowWho,
  component: Shell,
  errorComponent: FailedPage,
});

/** How a page that failed is shown. */
export const object = { errorComponent: FailedPage } as const;
