/** In which layers of the record an entry is shown, and what the machine did by itself. */
import type { TimelineEntry } from "#contract/timeline-entry.ts";

export type Layer = "story" | "all" | "decisions" | "observations" | "calls";
export const layers: readonly Layer[] = ["story", "all", "decisions", "observations", "calls"];

const machinery = /^(page|paging|alert|routing|contribution\.(sent|opened)|category\.proposed|incident\.identified)/;
const decisions = new Set([
  "decision.made",
  ...["restricted", "lifted", "granted", "revoked", "forced"].map((done) => `access.${done}`),
  ...["contained", "eradicated", "reopened"].map((done) => `threat.${done}`),
  ...["prepared", "approved", "withdrawn"].map((done) => `disclosure.${done}`),
  "hypothesis.resolved",
  "solution.selected",
  "period.planned",
  "period.revised",
  "major.declared",
  "team.activated",
  "team.stood-down",
  "major.stood-down",
  "flag.raised",
  "flag.lowered",
  "investigation.taken",
  "closure.accepted",
  "closure.returned",
  "derogation.reviewed",
  "priority.confirmed",
  "priority.overridden",
  "escalation.requested",
  "escalation.acknowledged",
  "escalation.returned",
  ...["escalation.ended", "escalation.set-aside"],
  ...["help.asked", "help.answered", "reopening.requested", "reopening.declined"],
  "incident.assigned",
  ...["asked", "called", "closed"].map((what) => `supplier.${what}`),
  "coordination.offered",
  "coordination.handed-over",
  "workstream.opened",
  "incident.split",
]);
const observations = new Set([
  "observation.noted",
  "restoration.confirmed",
  "restoration.contested",
  "affected.stated",
  "affected.ruled-out",
  "impact.measured",
  "impact.withdrawn",
  "info.gathered",
  "observable.added",
  "observable.changed",
  "evidence.registered",
  "evidence.verified",
  "hypothesis.opened",
  "hypothesis.weighed",
  "cause.recorded",
  ...["known-error.linked", "known-error.unlinked"],
  "person.advised",
  "attachment.added",
  "contribution.answered",
  ...["acknowledged", "working", "restored", "declined"].map((what) => `supplier.${what}`),
]);
const toldAnyway = new Set([
  ...["access.restricted", "access.revoked"],
  "incident.reported",
  "major.proposed",
  "flag.proposed",
  "paging.exhausted",
  "assignment.lapsed",
  "participant.left",
  "alerts.cleared",
  "coordination.expired",
  "task.stale",
  "period.ended",
  "notice.overdue",
  "team.activated",
  "team.quorum-met",
  "team.quorum-missed",
  "team.stood-down",
  "workstream.stale",
  "contribution.failed",
  ...["missed", "contact-proposed", "acknowledged", "restored", "declined"].map((what) => `supplier.${what}`),
  "contribution.unanswered",
  "contribution.expired",
  ...["vital.hit", "outage.warned", "outage.passed"],
  "service.restored",
  "service.relapsed",
]);

/** What the machine did by itself, folded when everything is shown. */
export function isSystem(entry: TimelineEntry): boolean {
  if (toldAnyway.has(entry.type)) return false;
  return machinery.test(entry.type) || entry.actor.kind === "system" || entry.actor.kind === "integration";
}

export function inLayer(entry: TimelineEntry, layer: Layer): boolean {
  switch (layer) {
    case "story":
      return !isSystem(entry) && entry.type !== "incident.identified";
    case "decisions":
      return decisions.has(entry.type);
    case "observations":
      return observations.has(entry.type);
    case "calls":
      return /^(page|paging)\./.test(entry.type);
    default:
      return true;
  }
}
