/** An incident as the API shows it, for tests: registered a minute ago, nobody has it. */
import type { Me } from "#contract/account.ts";
import type { IncidentView } from "#contract/shapes.ts";

export const nadia: Me = {
  id: "00000000-0000-7000-8000-000000000001",
  name: "Nadia",
  email: "nadia@example.org",
  language: "fr",
  zone: "America/Montreal",
  level: 4,
  admin: false,
  teams: [],
  streamedTo: "",
  functions: [],
};

export const reportedAt = "2026-10-15T07:41:00.000Z";

export function exampleView(part: Partial<IncidentView> = {}): IncidentView {
  return {
    id: "00000000-0000-7000-8000-0000000000aa",
    number: "INC-2026-000412",
    title: "Paie",
    description: null,
    language: "fr",
    stage: "registered",
    milestones: { reported: reportedAt, registered: reportedAt },
    missing: ["categorised", "prioritised", "accepted", "restored", "resolved", "recovered", "documented"],
    exercise: false,
    service: null,
    categories: [],
    proposedCategories: [],
    domains: [],
    major: null,
    asks: {
      pinned: [],
      questions: [],
      openQuestions: 0,
      readyAt: null,
      recovery: [],
      openRecovery: 0,
      criteria: [],
      levels: [],
    },
    impact: 3,
    urgency: 3,
    priority: 3,
    prioritySource: "proposed",
    priorityReasons: [],
    assigned: null,
    acceptedBy: null,
    coordinator: null,
    coordinationWanted: false,
    asked: [],
    escalations: [],
    paging: {
      status: "idle",
      nextAt: null,
      called: [],
      stoppedBecause: null,
      needed: 1,
      acknowledged: [],
      watchedUntil: null,
    },
    alerts: { open: 0, firing: 0 },
    attachments: 0,
    origin: "person",
    relapses: 0,
    recoveryStarted: false,
    mergedInto: null,
    process: "base@1.0.0",
    seq: 3,
    updatedAt: reportedAt,
    ...part,
  };
}
