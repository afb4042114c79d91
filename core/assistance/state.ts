/** What is known of one request for assistance, folded from its facts. */
import { isPagingFact } from "../escalation/events.ts";
import { evolvePaging, initialPaging, type PagingState } from "../escalation/paging-state.ts";
import { assertNever } from "../kernel/decider.ts";
import { parseIso } from "../kernel/time.ts";
import type { Instant } from "../kernel/vocabulary.ts";
import type {
  AssistanceFact,
  AssistanceOutcome,
  NamedParty,
  RaisedBecause,
  RaisedTo,
  Requested,
  Somebody,
} from "./events.ts";
import type { PassedOver, RouteReason } from "./routing.ts";

export const assistanceStatuses = ["waiting", "accepted", "fulfilled", "confirmed", "withdrawn", "promoted"] as const;
export type AssistanceStatus = (typeof assistanceStatuses)[number];

export type Left = {
  readonly how: "declined" | "handed-on";
  readonly by: string;
  readonly at: Instant;
  readonly reason: string | null;
};

/** One that was asked, in the order in which they were. */
export type Leg = {
  /** Null: nobody was left to be asked. */
  readonly to: NamedParty | null;
  readonly because: RouteReason;
  readonly passed: readonly PassedOver[];
  /** Null: the rules. */
  readonly by: string | null;
  readonly at: Instant;
  /** Why somebody chose them. */
  readonly reason: string | null;
  readonly left: Left | null;
};

export type AssistanceState = Requested & {
  readonly asker: Somebody;
  readonly status: AssistanceStatus;
  readonly path: readonly Leg[];
  readonly holder: Somebody | null;
  readonly answerBy: Instant | null;
  /** Of whoever is asked now. */
  readonly warned: boolean;
  readonly late: boolean;
  readonly raised: {
    readonly because: RaisedBecause;
    readonly to: RaisedTo;
    readonly people: readonly Somebody[];
    readonly at: Instant;
  } | null;
  readonly outcome: {
    readonly outcome: AssistanceOutcome;
    readonly text: string;
    readonly by: string;
    readonly at: Instant;
  } | null;
  readonly askedAt: Instant;
  readonly updatedAt: Instant;
  readonly paging: PagingState;
};

const nobody: Somebody = { id: "", name: "" };

export const initialAssistance: AssistanceState = {
  number: "",
  direction: "inbound",
  title: "",
  details: null,
  kind: "",
  urgent: false,
  language: "en",
  domains: [],
  service: null,
  site: null,
  incident: null,
  exercise: false,
  asker: nobody,
  status: "waiting",
  path: [],
  holder: null,
  answerBy: null,
  warned: false,
  late: false,
  raised: null,
  outcome: null,
  askedAt: 0,
  updatedAt: 0,
  paging: initialPaging,
};

/** Whoever is asked now: null when nobody is, or when it is over. */
export const askedNow = ({ path, status }: Pick<AssistanceState, "path" | "status">): NamedParty | null =>
  status === "waiting" || status === "accepted" ? (legNow(path)?.to ?? null) : null;

const legNow = (path: readonly Leg[]): Leg | undefined => path.findLast(({ left }) => left === null);

/** Whoever has had it, with whoever has it. */
export const everAsked = ({ path }: Pick<AssistanceState, "path">): NamedParty[] =>
  path.flatMap(({ to }) => (to === null ? [] : [to]));

/** Of those who gave it back or handed it on. */
export const hadIt = ({ path }: Pick<AssistanceState, "path">): NamedParty[] =>
  path.flatMap(({ to, left }) => (to === null || left === null ? [] : [to]));

export const declinesOf = ({ path }: Pick<AssistanceState, "path">): number =>
  path.filter(({ left }) => left?.how === "declined").length;

/** Something may still become of it. */
export const isOpen = ({ status }: Pick<AssistanceState, "status">): boolean =>
  status === "waiting" || status === "accepted" || status === "fulfilled";

export function evolveAssistance(state: AssistanceState, fact: AssistanceFact): AssistanceState {
  const { occurredAt: at, recordedAt, actor, reason } = fact.stamp;
  const changed = isPagingFact(fact)
    ? { ...state, paging: evolvePaging(state.paging, fact, recordedAt) }
    : {
        ...state,
        ...evolveFact(state, fact, { at, by: { id: actor.id ?? "", name: actor.name }, kind: actor.kind, reason }),
      };
  return { ...changed, updatedAt: recordedAt };
}

type By = {
  readonly at: Instant;
  readonly by: Somebody;
  readonly kind: string;
  readonly reason: string | null;
};

function evolveFact(
  state: AssistanceState,
  fact: Exclude<AssistanceFact, { type: `page.${string}` | `paging.${string}` }>,
  by: By,
): Partial<AssistanceState> {
  switch (fact.type) {
    case "assistance.requested":
      return { ...fact.data, asker: by.by, askedAt: by.at };
    case "assistance.routed":
      return routed(state, fact.data, by);
    case "assistance.accepted":
      return { status: "accepted", holder: { id: fact.data.personId, name: fact.data.name }, answerBy: null };
    case "assistance.declined":
      return { status: "waiting", holder: null, answerBy: null, path: leaving(state.path, "declined", by) };
    case "assistance.warned":
      return { warned: true };
    case "assistance.late":
      return { late: true };
    case "assistance.raised":
      return { raised: { ...fact.data, at: by.at } };
    case "assistance.fulfilled":
      return { status: "fulfilled", outcome: { ...fact.data, by: by.by.name, at: by.at } };
    case "assistance.confirmed":
      return { status: "confirmed" };
    case "assistance.reopened":
      return { status: state.holder === null ? "waiting" : "accepted", outcome: null };
    case "assistance.withdrawn":
      return { status: "withdrawn", answerBy: null };
    case "assistance.attached":
      return { incident: fact.data.incident };
    case "assistance.promoted":
      return { status: "promoted", incident: fact.data.incident, answerBy: null };
    default:
      return assertNever(fact);
  }
}

type RoutedData = Extract<AssistanceFact, { type: "assistance.routed" }>["data"];

function routed(state: AssistanceState, { from, ...data }: RoutedData, by: By): Partial<AssistanceState> {
  const before = from === undefined ? state.path : leaving(state.path, "handed-on", by);
  const { to, because, passed } = data;
  const chosen = because.code === "chosen";
  const leg: Leg = {
    to,
    because,
    passed,
    by: chosen ? by.by.name : null,
    at: by.at,
    reason: chosen ? by.reason : null,
    left: null,
  };
  /* Nobody to ask is where it stands, until somebody is: it is no station on the way. */
  const path = before.filter((one) => one.to !== null);
  return {
    path: [...path, leg],
    status: "waiting",
    holder: null,
    answerBy: data.answerBy === null ? null : (parseIso(data.answerBy) ?? null),
    warned: false,
    late: false,
  };
}

function leaving(path: readonly Leg[], how: Left["how"], { at, by, reason }: By): Leg[] {
  const now = legNow(path);
  return path.map((one) => (one === now ? { ...one, left: { how, by: by.name, at, reason } } : one));
}
