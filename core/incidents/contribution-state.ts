/** What is known of what contributors were asked, folded from its facts. */
import type { Stamp } from "../kernel/stamp.ts";
import { parseIso } from "../kernel/time.ts";
import type { Instant } from "../kernel/vocabulary.ts";
import type { Contribution } from "./contributing.ts";
import type { ContributionEvent } from "./contribution-events.ts";
import type { EventOf, IncidentEvent } from "./events.ts";
import type { IncidentState } from "./state.ts";

export const isOfContributions = <Fact extends IncidentEvent>(event: Fact): event is Fact & ContributionEvent =>
  event.type.startsWith("contribution.");

export function evolveContributions(
  { contributions = [] }: IncidentState,
  event: ContributionEvent,
  { actor, occurredAt: at }: Stamp,
): Partial<IncidentState> {
  if (event.type === "contribution.asked")
    return { contributions: [...contributions, made(event.data, actor, contributions, at)] };
  const { number } = event.data;
  return {
    contributions: contributions.map((one) => (one.number === number ? { ...one, ...changed(one, event, at) } : one)),
  };
}

/** One that was handed on is still asked by whoever asked it first. */
function made(
  data: EventOf<"contribution.asked">["data"],
  actor: Stamp["actor"],
  before: readonly Contribution[],
  at: Instant,
): Contribution {
  const { name, address, language, personId, owns, until, from, by: _by, choices, ...same } = data;
  const first = before.find((one) => one.number === from);
  return {
    ...same,
    choices,
    to: { name, address, language, ...(personId !== null && { personId }), ...(owns && { owns }) },
    by: first?.by ?? { id: actor.id, name: actor.name },
    at,
    until: parseIso(until) ?? at,
    ...(from !== undefined && { from }),
    status: "asked",
    reminded: 0,
  };
}

function changed(
  one: Contribution,
  event: Exclude<ContributionEvent, { type: "contribution.asked" }>,
  at: Instant,
): Partial<Contribution> {
  switch (event.type) {
    case "contribution.sent":
      return { sentAt: at };
    case "contribution.linked":
      return {};
    case "contribution.failed":
      return { failed: event.data.error };
    case "contribution.opened":
      return { openedAt: at };
    case "contribution.answered": {
      const { choice, text, attachmentId, file } = event.data;
      /* A correction gives no time more. */
      return { status: "answered", answer: { choice, text, attachmentId, file, at }, leftAt: one.leftAt ?? at };
    }
    case "contribution.declined":
      return { status: "declined", leftAt: at, leftText: event.data.text };
    case "contribution.forwarded":
      return { status: "forwarded", leftAt: at, leftText: event.data.text, forwardedTo: event.data.as };
    case "contribution.reminded":
      if (event.data.byItself) return { remindedAt: at, reminded: one.reminded + 1 };
      return { remindedAt: at, again: (one.again ?? 0) + 1 };
    case "contribution.unanswered":
      return { unansweredAt: at };
    case "contribution.revoked":
      return { status: "revoked", leftAt: at };
    case "contribution.expired":
      return { status: "expired", leftAt: at };
  }
}
