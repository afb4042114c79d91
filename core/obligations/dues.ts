/** When each leg of a legal clock is due, and how it stands, by what is known of an incident. The limit given is the strict one,
 *  which whatever warns follows; a lawful extension is told beside it and never instead. */
import type { Instant } from "../kernel/vocabulary.ts";
import type { Hold, Known, Leg, Start } from "./clock.ts";
import { endOf, extended, type Limit } from "./limit.ts";

export const standings = ["running", "waiting", "no-period", "submitted", "over", "not-owed", "not-in-force"] as const;
/** `waiting`: what starts it is not known. `no-period`: owed without delay, and the law gives no figure. `over`: the fact came after
 *  which it is owed no more. `not-owed`: by the traits. */
export type Standing = (typeof standings)[number];

export const extensionOutcomes = ["none", "not-for-them", "not-needed", "extended"] as const;
export type Extension = {
  /** `none`: the law has none for this leg. `not-needed`: the limit is on a working day. */
  readonly outcome: (typeof extensionOutcomes)[number];
  readonly until: Instant | null;
};

export type Due = {
  readonly leg: string;
  readonly standing: Standing;
  /** Facts, or submissions of a leg, that would tell more. */
  readonly waitsFor: readonly { readonly kind: "fact" | "submission"; readonly name: string }[];
  readonly startedAt: Instant | null;
  readonly dueAt: Instant | null;
  /** Not later than this, should it start before. */
  readonly atLatest: Instant | null;
  readonly extension: Extension;
  readonly submitted: { readonly at: Instant; readonly late: boolean; readonly withinExtension: boolean } | null;
  readonly withheld: readonly (Hold & { readonly dueAfter: Instant | null })[];
};

export const duesOf = (legs: readonly Leg[], known: Known): Due[] => legs.map((leg) => dueOf(leg, known));

function dueOf(leg: Leg, known: Known): Due {
  const startedAt = instantOf(leg.start, known);
  const cap = leg.atLatest && instantOf(leg.atLatest.start, known);
  const atLatest = leg.atLatest && cap !== null ? endOf(leg.atLatest.limit, cap, known.days) : null;
  const limit = limitOf(leg, known);
  const strict = strictly(leg, known, { startedAt, atLatest, limit });
  const not = notOwed(leg, known, startedAt ?? cap) ?? (isOver(leg, known, strict) ? "over" : null);
  const dueAt = not === null ? strict : null;
  const extension: Extension = dueAt === null ? { outcome: "none", until: null } : extensionOf(leg, dueAt, known);
  const submitted = isRepeated(leg) ? null : submissionOf(leg, known, { dueAt, extension });
  return {
    leg: leg.id,
    standing: not ?? standingOf({ startedAt, dueAt, submitted }),
    waitsFor: not === null && submitted === null ? missingOf(leg, known) : [],
    startedAt,
    dueAt,
    atLatest,
    extension,
    submitted,
    withheld: withheldOf(leg, known),
  };
}

function standingOf({ startedAt, dueAt, submitted }: Pick<Due, "startedAt" | "dueAt" | "submitted">): Standing {
  if (submitted !== null) return "submitted";
  if (dueAt !== null) return "running";
  return startedAt === null ? "waiting" : "no-period";
}

function instantOf(start: Start, { facts, submissions }: Known): Instant | null {
  if ("fact" in start) return facts.get(start.fact) ?? null;
  const all = start.submissionOf.flatMap((id) => submissions.get(id) ?? []);
  if (all.length === 0) return null;
  return start.which === "first" ? Math.min(...all) : Math.max(...all);
}

/** Owed again each time that it was submitted. */
const isRepeated = ({ id, start }: Leg): boolean => "submissionOf" in start && start.submissionOf.includes(id);

/** Null: nothing speaks against its being owed. */
function notOwed(leg: Leg, { traits, inForce }: Known, start: Instant | null): Standing | null {
  const owed = leg.onlyWith.every((one) => traits.has(one)) && !leg.notWith.some((one) => traits.has(one));
  if (!owed) return "not-owed";
  if (inForce === "always") return null;
  return inForce === "never" || (start !== null && start < inForce.from) ? "not-in-force" : null;
}

/** The fact came before what would be due: there is no next one. */
function isOver({ until }: Leg, { facts }: Known, dueAt: Instant | null): boolean {
  const ended = until === null ? undefined : facts.get(until);
  return ended !== undefined && (dueAt === null || ended <= dueAt);
}

const limitOf = ({ limit, limitWhen }: Leg, { traits }: Known): Limit | null =>
  limitWhen.find((one) => one.traits.every((trait) => traits.has(trait)))?.limit ?? limit;

type Reckoned = {
  readonly startedAt: Instant | null;
  readonly atLatest: Instant | null;
  readonly limit: Limit | null;
};

function strictly(leg: Leg, { days }: Known, { startedAt, atLatest, limit }: Reckoned): Instant | null {
  const own = startedAt === null || limit === null ? null : endOf(limit, startedAt, days);
  if (leg.atLatest === null || atLatest === null) return own;
  if (leg.atLatest.lateStart === "lifts" && (startedAt === null || startedAt > atLatest)) return own;
  return own === null ? atLatest : Math.min(own, atLatest);
}

function extensionOf({ extension }: Leg, dueAt: Instant, known: Known): Extension {
  if (extension === null) return { outcome: "none", until: null };
  const { to, exceptFor, exceptSince } = extension;
  if (exceptFor.some((one) => known.traits.has(one)) || isWithdrawn(exceptSince, known))
    return { outcome: "not-for-them", until: null };
  const until = extended(dueAt, to, known.days);
  return { outcome: until === null ? "not-needed" : "extended", until };
}

/** What was reported before the fact keeps its extension; what is not reported yet will be after it. */
function isWithdrawn(since: NonNullable<Leg["extension"]>["exceptSince"], { facts, submissions }: Known): boolean {
  const from = since && facts.get(since.fact);
  if (!since || from === undefined || from === null) return false;
  const reported = submissions.get(since.reportedBy) ?? [];
  return reported.length === 0 || Math.min(...reported) >= from;
}

function submissionOf(
  { id }: Leg,
  { submissions }: Known,
  { dueAt, extension }: Pick<Due, "dueAt" | "extension">,
): Due["submitted"] {
  const all = submissions.get(id) ?? [];
  if (all.length === 0) return null;
  const at = Math.min(...all);
  const late = dueAt !== null && at > dueAt;
  return { at, late, withinExtension: late && extension.until !== null && at <= extension.until };
}

function missingOf(leg: Leg, known: Known): Due["waitsFor"] {
  const starts = leg.atLatest === null ? [leg.start] : [leg.start, leg.atLatest.start];
  return starts
    .filter((start) => instantOf(start, known) === null)
    .flatMap((start): Due["waitsFor"] =>
      "fact" in start
        ? [{ kind: "fact", name: start.fact }]
        : start.submissionOf.map((name) => ({ kind: "submission", name })),
    );
}

const withheldOf = ({ id, hold }: Leg, { holds, days }: Known): Due["withheld"] =>
  holds
    .filter(({ legs }) => legs.includes(id))
    .map((one) => ({
      ...one,
      dueAfter: one.until === null || !hold?.afterwards ? null : endOf(hold.afterwards, one.until, days),
    }));

/** Of what still has to be submitted: at the strict limit, unless it is lawfully withheld then. */
export const isOverdue = (due: Due, at: Instant): boolean =>
  due.standing === "running" && due.dueAt !== null && at >= due.dueAt && !isWithheldAt(due, at);

/** By law, and with what is left once it no longer may be. */
export const isWithheldAt = ({ withheld }: Pick<Due, "withheld">, at: Instant): boolean =>
  withheld.some(({ from, until, dueAfter }) => from <= at && (until === null || at < Math.max(until, dueAfter ?? 0)));
