/** The form that a button opened, on the incident as it is now; another page closes it. */
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { useLocation } from "@tanstack/react-router";
import { useEffect } from "react";
import { meQuery } from "../account/queries.ts";
import { CommandDialog } from "./CommandDialog.tsx";
import { type OpenAct, showAct } from "./open-act.ts";
import { incidentQuery } from "./queries.ts";

export function ActBeside({ view: opened, by, path, ...act }: OpenAct) {
  const { data: me } = useSuspenseQuery(meQuery());
  const { data: view = opened } = useQuery({ ...incidentQuery(opened.number), placeholderData: opened });
  const here = useLocation({ select: ({ pathname }) => pathname });
  const stands = here === path && me.id === by;
  useEffect(() => {
    if (!stands) showAct(null);
  }, [stands]);
  /* The button is where the keyboard goes back to; when it is gone, the page. */
  useEffect(
    () => () =>
      queueMicrotask(() => {
        if (document.activeElement === document.body) document.getElementById("content")?.focus();
      }),
    [],
  );
  if (!stands) return null;
  return <CommandDialog view={view} {...act} onClose={() => showAct(null)} />;
}
