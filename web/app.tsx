import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "./ui/tokens.css";
import "./ui/page.css";
import "./ui/controls.css";
import "./ui/forms.css";
import "./ui/dialog.css";
import "./ui/marks.css";
import "./ui/plate.css";
import "./ui/menu.css";
import "./ui/toast.css";
import "./shell/shell.css";
import "./ui/forced.css";
import { isSignedOut, RequestFailed } from "./client.ts";
import { WordsProvider } from "./language/words.tsx";
import { makeRouter } from "./routes.tsx";

/** A refusal is an answer; only a world that fails is asked again. */
const retriesMax = 2;

export function start(): void {
  const place = document.getElementById("root");
  if (!place) throw new Error("the page has no root");
  const client = new QueryClient({
    queryCache: new QueryCache({ onError: (error) => isSignedOut(error) && signInAgain() }),
    mutationCache: new MutationCache({ onError: (error) => isSignedOut(error) && signInAgain() }),
    defaultOptions: {
      /* Without a network an act fails, and says so: kept back in silence it would look as if it had been done. */
      mutations: { networkMode: "always" },
      queries: {
        staleTime: 10_000,
        retry: (failures, error) =>
          failures < retriesMax &&
          !(error instanceof RequestFailed && error.problem.status in { 400: 1, 401: 1, 403: 1, 404: 1 }),
      },
    },
  });
  const router = makeRouter(client);
  const signInAgain = () => {
    const { pathname, href } = router.state.location;
    if (pathname === "/sign-in") return;
    client.removeQueries({ queryKey: ["me"] });
    void router.navigate({ to: "/sign-in", search: { to: href }, replace: true });
  };
  createRoot(place).render(
    <StrictMode>
      <WordsProvider>
        <QueryClientProvider client={client}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </WordsProvider>
    </StrictMode>,
  );
}
