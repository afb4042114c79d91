/** The way from a row to its incident. A router's link asks at every change of the address whether it leads there now; in a
 *  list of hundreds that is most of what a letter typed in the filter costs, and a row never leads to the page it is on. */
import { useRouter } from "@tanstack/react-router";
import { type MouseEvent, useEffect, useRef } from "react";
import type { IncidentView } from "#contract/shapes.ts";

/** A pointer that rests means to open; one that passes does not. */
const restMs = 100;

export function RowLink({ view }: { view: Pick<IncidentView, "number" | "title" | "language"> }) {
  const router = useRouter();
  const rest = useRef<ReturnType<typeof setTimeout>>(undefined);
  const there = { to: "/incidents/$number", params: { number: view.number } } as const;
  useEffect(() => () => clearTimeout(rest.current), []);
  const follow = (event: MouseEvent) => {
    const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button !== 0;
    if (event.defaultPrevented || elsewhere) return;
    event.preventDefault();
    void router.navigate(there);
  };
  return (
    <a
      data-row
      href={`/incidents/${view.number}`}
      lang={view.language}
      onClick={follow}
      onMouseEnter={() => {
        rest.current = setTimeout(() => void router.preloadRoute(there).catch(() => {}), restMs);
      }}
      onMouseLeave={() => clearTimeout(rest.current)}
    >
      {view.title}
    </a>
  );
}
