/** One call asked for: to a contact point of somebody, when its turn comes; what it replaces gives way. */
import type { ContactPoint, Person } from "../directory/types.ts";
import { minuteMs, parseIso, toIso } from "../kernel/time.ts";
import type { Instant } from "../kernel/vocabulary.ts";
import type { PageRequested } from "./events.ts";
import { newerCall, type PagingState } from "./paging-state.ts";
import type { PagingContext, PagingOutput } from "./workflow.ts";

/** A page that could not leave within this time of its turn is recorded as late and never sent. */
export const pageNotAfterMinutes = 30;

type Call = Pick<PageRequested, "why" | "held"> & {
  readonly person: Pick<Person, "id" | "name">;
  readonly point: ContactPoint;
  readonly dueAt: Instant;
};

export function page(
  state: PagingState,
  { person, point, dueAt, why, held }: Call,
  { at, mint }: Pick<PagingContext, "at" | "mint">,
): PagingOutput[] {
  const { run, cycle, step } = state;
  const requested: PageRequested = {
    pageId: mint(at),
    personId: person.id,
    name: person.name,
    channel: point.kind,
    pointId: point.id,
    run,
    cycle,
    step,
    why,
    dueAt: toIso(dueAt),
    notAfter: toIso(dueAt + pageNotAfterMinutes * minuteMs),
    ...(held && { held }),
  };
  return [
    ...superseded(state, requested, at),
    { do: "record", event: { type: "page.requested", data: requested } },
    { do: "page", page: requested },
  ];
}

/** One word of this incident at the end of their hours of peace is enough, however many steps call them meanwhile. */
export const waitsAlready = ({ pages }: PagingState, point: ContactPoint, at: Instant): boolean =>
  pages.some(
    (page) =>
      page.pointId === point.id && page.status === "requested" && page.held && (parseIso(page.dueAt) ?? at) > at,
  );

/** Calls of earlier steps to the same contact point that should have left and have not give way to the one that leaves now:
 *  when a channel works again, one call for this incident arrives there, and not one for each step of the outage. */
function superseded(state: PagingState, by: PageRequested, at: Instant): PagingOutput[] {
  const due = ({ dueAt }: PageRequested): boolean => (parseIso(dueAt) ?? at) <= at;
  if (!due(by)) return [];
  return state.pages
    .filter(
      (one) => one.status === "requested" && one.personId === by.personId && one.pointId === by.pointId && due(one),
    )
    .map(({ pageId }) => ({ do: "record", event: { type: "page.withdrawn", data: { pageId, because: newerCall } } }));
}
