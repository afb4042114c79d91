import type { Mint } from "../kernel/id.ts";
import { minuteMs, parseIso, toIso } from "../kernel/time.ts";
import type { Instant } from "../kernel/vocabulary.ts";
import { isQuiet, keptForLater, type PageUrgency, turnsOf } from "../notification/turns.ts";
import { calledPeople, type Page } from "./called.ts";
import type { About } from "./conditions.ts";
import type { PageRequested, PagingEvent, Posting, StartedBecause, SteppedBecause } from "./events.ts";
import { type CalledInTurn, whoseTurn } from "./in-turn.ts";
import { initialPaging, isOn, type PagingState, wantsFrom, withPage } from "./paging-state.ts";
import {
  builtInPolicy,
  type Policy,
  type Reached,
  type Roster,
  resolveTargets,
  type Step,
  unmetIn,
  webhooksOf,
} from "./policy.ts";
import { page, waitsAlready } from "./requesting.ts";

export type PagingInput =
  /** `gaveBack`: who had it, and is left out of the first step that calls, unless nobody else is left. */
  | { readonly kind: "start"; readonly policy: Policy; readonly reason: StartedBecause; readonly gaveBack?: string }
  | { readonly kind: "timed-out"; readonly run: number; readonly cycle: number; readonly step: number }
  /** `more`: how many are wanted besides, where not everybody who accepts is whom it waits for. */
  | { readonly kind: "acknowledged"; readonly personId: string; readonly name: string; readonly more?: number }
  | { readonly kind: "declined"; readonly personId: string }
  | { readonly kind: "delayed"; readonly pageId: string }
  | { readonly kind: "undeliverable"; readonly pageId: string }
  /** It did not press, and now does. */
  | { readonly kind: "pressing" }
  | { readonly kind: "stop"; readonly because: string };

export type PagingOutput =
  | { readonly do: "record"; readonly event: PagingEvent }
  | { readonly do: "page"; readonly page: PageRequested }
  /** Its turn comes now. */
  | { readonly do: "hasten"; readonly page: PageRequested }
  | {
      readonly do: "schedule";
      readonly at: Instant;
      readonly run: number;
      readonly cycle: number;
      readonly step: number;
    }
  | { readonly do: "post"; readonly post: Posting }
  /** Whom this policy called in turn. */
  | { readonly do: "take-turn"; readonly policyId: string; readonly personId: string }
  | { readonly do: "cancel-timer" };

export type PagingContext = {
  readonly at: Instant;
  readonly roster: Roster;
  readonly mint: Mint;
  readonly urgency: PageUrgency;
  readonly about: About;
  readonly calledInTurn: (policyId: string) => CalledInTurn;
};

export function decidePaging(state: PagingState, input: PagingInput, context: PagingContext): PagingOutput[] {
  switch (input.kind) {
    case "start":
      return start(state, input, context);
    case "timed-out": {
      const current = input.run === state.run && input.cycle === state.cycle && input.step === state.step;
      return state.status === "running" && current ? advance(state, "silent", context) : [];
    }
    case "acknowledged":
      return isOn(state) ? acknowledge(state, input, context) : [];
    case "declined":
      if (state.status === "running") return decline(state, input.personId, context);
      return isOn(state) ? noLonger(state, input.personId) : [];
    case "delayed":
      return hastenNext(state, input.pageId, context.at);
    case "undeliverable": {
      const hastened = hastenNext(state, input.pageId, context.at);
      const gone = state.pages.find((page) => page.pageId === input.pageId);
      /* The last call of a run that ran out may fail only now: nobody was reached after all. */
      if (state.status === "exhausted" && gone)
        return [...hastened, ...fallBack(withPage(state, gone.pageId, "failed"), context)];
      const last = hastened.length === 0 && state.status === "running" && gone && isOfThisStep(state, gone);
      return last && !anyWaiting(state, gone) ? advance(state, "undeliverable", context) : hastened;
    }
    case "pressing":
      return isOn(state) ? press(state, context) : [];
    case "stop":
      /* A page of a run that ran out may still be on its way: it too is no longer wanted. */
      return isOn(state) ? stop(input.because) : [];
  }
}

const stop = (because: string): PagingOutput[] => [
  record({ type: "paging.stopped", data: { because } }),
  { do: "cancel-timer" },
];

/** Where one is enough, calls stop. Where more must accept, whoever has is called no more, and the rest go on being. */
function acknowledge(
  state: PagingState,
  { personId: id, name, more: besides = 0 }: Extract<PagingInput, { kind: "acknowledged" }>,
  context: PagingContext,
): PagingOutput[] {
  const people = [...(state.acknowledged ?? []), { id, name }];
  const needed = Math.max(state.needed ?? 1, besides === 0 ? 1 : people.length + besides);
  if (needed === 1) return stop("accepted");
  if (!wantsFrom({ ...state, needed }, id)) return [];
  const told = record({ type: "paging.acknowledged", data: { run: state.run, people, needed } });
  if (people.length >= needed) return [told, ...stop("accepted")];
  const { outputs, after } = withdraw({ ...state, acknowledged: people, needed }, id, "has-it");
  const more = state.status === "running" && !anyWaiting(after) ? advance(after, "more-wanted", context) : [];
  return [told, ...outputs, ...more];
}

/** What is still asked of this person is withdrawn. */
function withdraw(state: PagingState, personId: string, because: string) {
  const theirs = state.pages.filter((page) => page.personId === personId && mayAnswer(page));
  return {
    theirs,
    outputs: theirs.map(({ pageId }) => record({ type: "page.withdrawn", data: { pageId, because } })),
    after: theirs.reduce((known, page) => withPage(known, page.pageId, "withdrawn"), state),
  };
}

/** What this person still has before them in the step of a page: the contact point whose turn comes next. */
export function nextTurn(state: PagingState, pageId: string, at: Instant): Page | undefined {
  const place = state.pages.findIndex((page) => page.pageId === pageId);
  const gone = state.pages[place];
  if (!gone || (state.status !== "running" && state.status !== "exhausted")) return undefined;
  /* Turns stand in their order: those before it were given theirs already, by time or by one that failed. */
  return state.pages
    .slice(place + 1)
    .find(
      (page) =>
        page.personId === gone.personId &&
        page.cycle === gone.cycle &&
        page.step === gone.step &&
        page.status === "requested" &&
        (parseIso(page.dueAt) ?? at) > at,
    );
}

function hastenNext(state: PagingState, pageId: string, at: Instant): PagingOutput[] {
  const next = nextTurn(state, pageId, at);
  return next ? [{ do: "hasten", page: next }] : [];
}

const isOfThisStep = (state: PagingState, page: Page): boolean =>
  page.cycle === state.cycle && page.step === state.step;

const mayAnswer = (page: Page): boolean => page.status === "requested" || page.status === "sent";

/** Is a page of the current step left that somebody might still answer? */
function anyWaiting(state: PagingState, besides?: Page): boolean {
  return state.pages.some((page) => isOfThisStep(state, page) && mayAnswer(page) && page.pageId !== besides?.pageId);
}

/** Whoever declines is asked no more: their pages are withdrawn, and when nobody else of the step may answer, the next is
 *  called. */
function decline(state: PagingState, personId: string, context: PagingContext): PagingOutput[] {
  const gone = noLonger(state, personId);
  if (gone.length > 0) return gone;
  const { theirs, outputs, after: quiet } = withdraw(state, personId, "declined");
  const after = { ...quiet, declined: [...(state.declined ?? []), personId] };
  return theirs.some((page) => isOfThisStep(state, page)) && !anyWaiting(after)
    ? [...outputs, ...advance(after, "declined", context)]
    : outputs;
}

/** Whoever had accepted, with others, counts no more: one more is wanted. */
function noLonger({ run, needed = 1, acknowledged = [] }: PagingState, personId: string): PagingOutput[] {
  const people = acknowledged.filter(({ id }) => id !== personId);
  return people.length < acknowledged.length
    ? [record({ type: "paging.acknowledged", data: { run, people, needed } })]
    : [];
}

function start(
  state: PagingState,
  { policy, reason, gaveBack }: Extract<PagingInput, { kind: "start" }>,
  context: PagingContext,
): PagingOutput[] {
  const run = state.run + 1;
  /* For entering it alone: the record knows nobody who passed this call on, and later steps call them like others. */
  const without = gaveBack === undefined ? {} : { declined: [gaveBack] };
  const begun: PagingState = { ...initialPaging, status: "running", policy, run, ...without };
  return [
    { do: "record", event: { type: "paging.started", data: { policy, run, reason } } },
    ...enter(begun, "started", context),
  ];
}

function advance(state: PagingState, because: SteppedBecause, context: PagingContext): PagingOutput[] {
  const next = following(state);
  return next === null ? exhaust(state, context) : enter(next, because, context);
}

function following(state: PagingState): PagingState | null {
  const { policy } = state;
  if (policy === null) return null;
  if (state.step + 1 < policy.steps.length) return { ...state, step: state.step + 1 };
  if (state.cycle < policy.repeat) return { ...state, cycle: state.cycle + 1, step: 0 };
  return null;
}

/** Enters a step; those that do not count or reach nobody are recorded and passed, at most once each cycle, so this ends. Whoever
 *  passed this call on is left out, unless nobody else is left. */
function enter(state: PagingState, because: SteppedBecause, context: PagingContext): PagingOutput[] {
  const outputs: PagingOutput[] = [];
  let here: PagingState | null = state;
  let why = because;
  let again: (() => PagingOutput[]) | null = null;
  while (here !== null) {
    const { policy } = here;
    const step = policy?.steps[here.step];
    if (!policy || !step) break;
    const lacking = unmetIn(policy, step, context.about, context.at);
    if (lacking.length > 0) {
      const { run, cycle } = here;
      outputs.push(record({ type: "paging.skipped", data: { run, cycle, step: here.step, unmet: lacking } }));
      here = following(here);
      continue;
    }
    const at: PagingState = here;
    outputs.push(...postAll(at, step, context));
    const { reached, unreached, declined } = besides(at, resolveTargets(step.targets, context.roster, context.at));
    for (const one of unreached) {
      outputs.push(record({ type: "paging.unreachable", data: { step: at.step, cycle: at.cycle, ...one } }));
    }
    const until = [...outputs];
    if (declined.length > 0)
      again ??= () => [...until, ...call(at, { reached: declined, because: "declined-only", step }, context)];
    outputs.push(...leftOut(at, declined, context));
    if (reached.length > 0) return [...outputs, ...call(at, { reached, because: why, step }, context)];
    here = following(here);
    why = "nobody";
  }
  return again?.() ?? [...outputs, ...exhaust(state, context)];
}

const leftOut = ({ step, cycle }: PagingState, declined: readonly Reached[], { roster }: PagingContext) =>
  declined.map(({ personId }) => {
    const target = roster.people.get(personId)?.name ?? personId;
    return record({ type: "paging.unreachable", data: { step, cycle, target, reason: "declined" } });
  });

/** Whether or not it reaches anybody: what only posts gives way at once, since no machine's silence may keep people waiting. */
function postAll(
  { run, cycle, step }: PagingState,
  { targets }: Step,
  { at, mint, roster }: PagingContext,
): PagingOutput[] {
  return webhooksOf(targets, roster).flatMap(({ id, name }): PagingOutput[] => {
    const post: Posting = { postId: mint(at), webhookId: id, name, run, cycle, step };
    return [record({ type: "paging.posted", data: post }), { do: "post", post }];
  });
}

/** Who is being called now, and may still answer. */
export function calledNow(state: PagingState): Page[] {
  if (state.status !== "running") return [];
  const asked = state.pages.filter((page) => isOfThisStep(state, page) && mayAnswer(page));
  return [...new Map(asked.map((page) => [page.personId, page])).values()];
}

/** Whom silence would call next, as far as is known now; empty when nobody. */
export function nextCalled(state: PagingState, roster: Roster, about: About): readonly Reached[] {
  const { nextAt } = state;
  if (state.status !== "running" || nextAt === null) return [];
  let again: readonly Reached[] = [];
  for (let next = following(state); next?.policy; next = following(next)) {
    const step = next.policy.steps[next.step];
    if (!step || unmetIn(next.policy, step, about, nextAt).length > 0) continue;
    const { reached, declined } = besides(next, resolveTargets(step.targets, roster, nextAt));
    if (reached.length > 0) return reached;
    if (again.length === 0) again = declined;
  }
  return again;
}

/** Whoever has accepted is not called to accept, nor whoever passed it on. */
function besides(
  { acknowledged = [], declined = [] }: PagingState,
  { reached, unreached }: ReturnType<typeof resolveTargets>,
) {
  const has = (one: Reached) => acknowledged.find(({ id }) => id === one.personId);
  const passed = (one: Reached) => declined.includes(one.personId);
  const theirs = reached.flatMap((one) => has(one) ?? []);
  return {
    reached: reached.filter((one) => !has(one) && !passed(one)),
    declined: reached.filter((one) => !has(one) && passed(one)),
    unreached: [...unreached, ...theirs.map(({ name }) => ({ target: name, reason: "accepted" as const }))],
  };
}

type Calling = {
  readonly reached: readonly Reached[];
  readonly because: SteppedBecause;
  readonly step: Pick<Step, "timeoutMinutes" | "acknowledgements" | "inTurn">;
  /** Of so many, the one whose turn it is. */
  readonly inTurnOf?: number;
};

/** All of them, or the one whose turn it is. */
function call(state: PagingState, calling: Calling, context: PagingContext): PagingOutput[] {
  const { policy } = state;
  if (!calling.step.inTurn || policy === null) return callAll(state, calling, context);
  const next = whoseTurn(calling.reached, context.calledInTurn(policy.id));
  if (next === undefined) return callAll(state, calling, context);
  const one = { ...calling, reached: [next], inTurnOf: calling.reached.length };
  return [...callAll(state, one, context), { do: "take-turn", policyId: policy.id, personId: next.personId }];
}

function callAll(state: PagingState, calling: Calling, context: PagingContext): PagingOutput[] {
  const { run, cycle, step } = state;
  const until = context.at + calling.step.timeoutMinutes * minuteMs;
  const { acknowledgements = 1 } = calling.step;
  const several = acknowledgements > 1 ? { acknowledgements } : {};
  const { inTurnOf } = calling;
  const inTurn = inTurnOf === undefined ? {} : { inTurnOf };
  const theirs = inTurnOf === undefined || inTurnOf === 1 ? {} : ({ inTurn: true } as const);
  const silent = silentBefore(state);
  const outputs: PagingOutput[] = [
    record({
      type: "paging.stepped",
      data: { run, cycle, step, until: toIso(until), because: calling.because, ...several, ...inTurn },
    }),
  ];
  for (const one of calling.reached) {
    const person = context.roster.people.get(one.personId);
    if (!person) continue;
    const { reason, schedule, until: shiftEnds } = one;
    const called = { person, why: { reason, schedule, until: shiftEnds, silent, ...theirs } };
    for (const { point, afterMinutes } of turnsOf(person, context.urgency, isQuiet(person, context.at)))
      outputs.push(...page(state, { ...called, point, dueAt: context.at + afterMinutes * minuteMs }, context));
    const kept = keptForLater(person, context.urgency, context.at);
    if (kept !== null && !waitsAlready(state, kept.point, context.at))
      outputs.push(...page(state, { ...called, point: kept.point, dueAt: kept.until, held: "quiet" }, context));
  }
  outputs.push({ do: "schedule", at: until, run, cycle, step });
  return outputs;
}

/** What was held back leaves now; and whoever is being called is so by every way they chose for what presses. */
function press(state: PagingState, context: PagingContext): PagingOutput[] {
  const held = state.pages.filter((page) => page.held && page.status === "requested");
  const outputs: PagingOutput[] = held.map((page) => ({ do: "hasten", page }));
  if (state.status !== "running") return outputs;
  const asked = state.pages.filter((page) => isOfThisStep(state, page) && mayAnswer(page));
  for (const [personId, [first]] of Map.groupBy(asked, (page) => page.personId)) {
    const person = context.roster.people.get(personId);
    if (!person || !first) continue;
    for (const { point, afterMinutes } of turnsOf(person, "high")) {
      if (state.pages.some((page) => isOfThisStep(state, page) && page.pointId === point.id)) continue;
      const dueAt = context.at + afterMinutes * minuteMs;
      outputs.push(...page(state, { person, point, dueAt, why: first.why }, context));
    }
  }
  return outputs;
}

function silentBefore(state: PagingState): string[] {
  const called = state.pages.filter((page) => page.run === state.run && mayAnswer(page)).map((page) => page.name);
  return [...new Set(called)].slice(0, 5);
}

/** Nobody left to call: the administrators, if nobody was reached, before giving up. */
function exhaust(state: PagingState, context: PagingContext): PagingOutput[] {
  const fallen = fallBack(state, context);
  if (fallen.length > 0) return fallen;
  return [
    record({ type: "paging.exhausted", data: { pages: calledPeople(state.pages).length, ...shortOf(state) } }),
    { do: "cancel-timer" },
  ];
}

const shortOf = ({ acknowledged = [], needed = 1 }: PagingState) =>
  acknowledged.length > 0 ? { acknowledged: acknowledged.length, needed } : {};

/** A run that reached nobody, for want of people or because no page could leave, falls back on the administrators: a run of
 *  its own, so that no page of it has the key of an earlier one. */
function fallBack(state: PagingState, context: PagingContext): PagingOutput[] {
  const reachedSomebody = state.pages.some((page) => page.status !== "failed" && page.status !== "expired");
  if (reachedSomebody || state.policy?.id === builtInPolicy.id) return [];
  const run = state.run + 1;
  const { actWithinMinutes } = state.policy ?? {};
  const policy: Policy = actWithinMinutes ? { ...builtInPolicy, actWithinMinutes } : builtInPolicy;
  const fallback: PagingState = { ...initialPaging, status: "running", policy, run, step: 1 };
  const { reached } = resolveTargets([{ kind: "administrators", first: false }], context.roster, context.at);
  if (reached.length === 0) return [];
  return [
    record({ type: "paging.started", data: { policy, run, reason: "policy-reached-nobody" } }),
    ...callAll(fallback, { reached, because: "nobody", step: { timeoutMinutes: 5 } }, context),
  ];
}

const record = (event: PagingEvent): PagingOutput => ({ do: "record", event });
