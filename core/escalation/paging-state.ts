/** What is known of the calls for one incident, folded from their facts. */
import { parseIso } from "../kernel/time.ts";
import type { Instant } from "../kernel/vocabulary.ts";
import type { Page, PageStatus } from "./called.ts";
import type { Acknowledger, PagingEvent } from "./events.ts";
import type { Policy } from "./policy.ts";

export type PagingState = {
  readonly status: "idle" | "running" | "stopped" | "exhausted";
  readonly policy: Policy | null;
  /** How many times paging was started for this incident. */
  readonly run: number;
  readonly cycle: number;
  readonly step: number;
  /** When the next step is due, while running. */
  readonly nextAt: Instant | null;
  /** Pages of the current run. */
  readonly pages: readonly Page[];
  readonly stoppedBecause: string | null;
  /** Of the current run: how many must accept, when more than one, and who has. */
  readonly needed?: number;
  readonly acknowledged?: readonly Acknowledger[];
  /** Of the current run: who passed it on, or took their acceptance back. */
  readonly declined?: readonly string[];
  /** Until when whoever accepted must have done something, where the policy says so. */
  readonly watchedUntil?: Instant;
  /** Calls for each escalation of the incident, by its number. */
  readonly escalations?: Readonly<Record<string, PagingState>>;
};

/** The calls for the incident itself, or for one of its escalations. */
export const callsFor = (state: PagingState, escalation: number | undefined): PagingState =>
  escalation === undefined ? state : (state.escalations?.[escalation] ?? initialPaging);

/** Those for the incident, then those for each of its escalations. */
export const allCalls = (state: PagingState): PagingState[] => [state, ...Object.values(state.escalations ?? {})];

/** Where a page stands: among the calls for the incident, or for which of its escalations. */
export function whereIs(
  state: PagingState,
  pageId: string,
): { readonly page: Page; readonly escalation?: number } | null {
  const has = ({ pages }: PagingState): Page | undefined => pages.find((one) => one.pageId === pageId);
  const page = has(state);
  if (page) return { page };
  for (const [number, calls] of Object.entries(state.escalations ?? {})) {
    const found = has(calls);
    if (found) return { page: found, escalation: Number(number) };
  }
  return null;
}

export const initialPaging: PagingState = {
  status: "idle",
  policy: null,
  run: 0,
  cycle: 0,
  step: 0,
  nextAt: null,
  pages: [],
  stoppedBecause: null,
};

export const isOn = ({ status }: PagingState): boolean => status === "running" || status === "exhausted";

/** Of several who must. */
export const hasAccepted = ({ acknowledged = [] }: PagingState, personId: string): boolean =>
  acknowledged.some(({ id }) => id === personId);

/** Whether more people must accept, and this one has not. */
export function wantsFrom(state: PagingState, personId: string): boolean {
  const { needed = 1, acknowledged = [] } = state;
  return isOn(state) && acknowledged.length < needed && !hasAccepted(state, personId);
}

/** Why a call that could not leave is withdrawn when the same contact point is called again. */
export const newerCall = "newer-call";

/** Total fold of paging facts. */
export function evolvePaging(state: PagingState, event: PagingEvent, at: Instant): PagingState {
  const { escalation } = event.data;
  if (escalation === undefined) return evolveCalls(state, event, at);
  const calls = evolveCalls(callsFor(state, escalation), event, at);
  return { ...state, escalations: { ...state.escalations, [escalation]: calls } };
}

function evolveCalls(state: PagingState, event: PagingEvent, at: Instant): PagingState {
  switch (event.type) {
    case "paging.started":
      return { ...fresh(state), status: "running", policy: event.data.policy, run: event.data.run };
    case "paging.stepped":
      return { ...state, ...stepOf(state, event.data) };
    case "paging.acknowledged":
      return { ...acknowledgedBy(state, event.data.people), needed: event.data.needed };
    case "paging.watched":
      return { ...state, watchedUntil: parseIso(event.data.until) ?? at };
    case "page.requested":
      return { ...state, pages: [...state.pages, { ...event.data, status: "requested", requestedAt: at }] };
    case "page.sent":
      return withPage(state, event.data.pageId, "sent");
    case "page.undelivered":
    case "page.failed":
      return withPage(state, event.data.pageId, "failed");
    case "page.expired":
      return withPage(state, event.data.pageId, "expired");
    case "page.withdrawn":
      /* One that gave way to a newer one has reached nobody; nobody said anything to it either. */
      return withdrawn(state, event.data);
    case "paging.exhausted":
      return { ...state, status: "exhausted", nextAt: null };
    case "paging.stopped":
      return { ...state, status: "stopped", nextAt: null, stoppedBecause: event.data.because };
    case "page.delayed":
      return event.data.error === "throttled" ? throttled(state, event.data.pageId) : state;
    case "page.delivered":
    case "paging.skipped":
    case "paging.posted":
    case "paging.post-ended":
    case "paging.unreachable":
      return state;
  }
}

function withdrawn(state: PagingState, { pageId, because }: { pageId: string; because: string }): PagingState {
  const after = withPage(state, pageId, because === newerCall ? "expired" : "withdrawn");
  const who = state.pages.find((page) => page.pageId === pageId)?.personId;
  return because === "declined" && who !== undefined ? withDeclined(after, [who]) : after;
}

/** Whoever is no more among them has passed it on; whoever now is has not. */
function acknowledgedBy(state: PagingState, people: readonly Acknowledger[]): PagingState {
  const now = people.map(({ id }) => id);
  const gone = (state.acknowledged ?? []).map(({ id }) => id).filter((id) => !now.includes(id));
  const kept = (state.declined ?? []).filter((id) => !now.includes(id));
  const { declined: _, ...rest } = state;
  return withDeclined({ ...rest, acknowledged: people }, [...kept, ...gone]);
}

const withDeclined = (state: PagingState, people: readonly string[]): PagingState =>
  people.length === 0 ? state : { ...state, declined: [...new Set([...(state.declined ?? []), ...people])] };

/** A run knows nothing of the one before; escalations have their own. */
const fresh = ({ escalations }: PagingState): PagingState => ({
  ...initialPaging,
  ...(escalations && { escalations }),
});

/** What a run wants never becomes less by going on. */
function stepOf(state: PagingState, stepped: Extract<PagingEvent, { type: "paging.stepped" }>["data"]) {
  const { cycle, step, until, acknowledgements = 1 } = stepped;
  const needed = Math.max(state.needed ?? 1, acknowledgements);
  return { cycle, step, nextAt: parseIso(until) ?? null, ...(needed > 1 ? { needed } : {}) };
}

/** What becomes of a page that was already on its way when it was withdrawn changes nothing for the run; nor does its having
 *  left, once its channel has said that it did not arrive. */
export function withPage(state: PagingState, pageId: string, status: PageStatus): PagingState {
  const stays = (page: Page): boolean => page.status === "withdrawn" || (page.status === "failed" && status === "sent");
  const of = (page: Page): Page => (page.pageId === pageId && !stays(page) ? { ...page, status } : page);
  return { ...state, pages: state.pages.map(of) };
}

const throttled = (state: PagingState, pageId: string): PagingState => ({
  ...state,
  pages: state.pages.map((page) => (page.pageId === pageId ? { ...page, held: "throttled" as const } : page)),
});

/** Asked inside the transaction that claims a page: is it still wanted, or has somebody answered meanwhile? */
export function pageStillDue(paging: PagingState, pageId: string): { due: true } | { due: false; because: string } {
  const where = whereIs(paging, pageId);
  const state = callsFor(paging, where?.escalation);
  const page = where?.page;
  if (state.status === "stopped") return { due: false, because: state.stoppedBecause ?? "stopped" };
  if (!page) return { due: false, because: "superseded" };
  if (page.status !== "requested") return { due: false, because: page.status };
  return { due: true };
}
