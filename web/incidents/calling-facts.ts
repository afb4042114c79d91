/** One of each fact about alerts and the calls that they began, and what a reader must find of it: for the test of entries. */
import type { EventOf, IncidentEventType } from "#core/incidents/events.ts";

type Calling = Extract<IncidentEventType, `${"alert" | "alerts" | "routing" | "paging" | "page"}.${string}`>;
type Told<T extends Calling> = { readonly data: EventOf<T>["data"]; readonly shows: readonly string[] };

const page = { pageId: "page-1", possibleDuplicate: true };
const policy = { id: "policy-1", name: "Nuit", steps: [], repeat: 1 };
const alerts = { count: 4, firstKey: "db1", lastKey: "db4" };

export const callingFacts: { readonly [T in Calling]: Told<T> } = {
  "alert.grouped": { data: { ...alerts, total: 9 }, shows: ["4", "db1", "db4", "9"] },
  "alert.resolved": { data: { ...alerts, open: 5 }, shows: ["4", "db1", "db4", "5"] },
  "alert.kind-joined": {
    data: { kind: "DiskFull", key: "db1", rule: { id: "r", version: 2, name: "Par site" }, asks: "lea" },
    shows: ["DiskFull", "db1", "Par site", "Léa"],
  },
  "alert.raised": {
    data: { key: "db1", for: "wait", rule: { id: "r", version: 2, name: "Attendre" } },
    shows: ["db1", "Attendre"],
  },
  "alert.unacknowledged": { data: { key: "db1", by: "Sam" }, shows: ["db1", "Sam"] },
  "alert.acknowledged": { data: { key: "db1", by: "Sam", personId: "sam" }, shows: ["db1", "Sam"] },
  "alerts.cleared": { data: { told: "lea" }, shows: ["Léa"] },
  "routing.decided": { data: { policy: "policy-1", reasons: ["service-policy"] }, shows: ["Nuit"] },
  "paging.started": { data: { policy, run: 1, reason: "registered" }, shows: ["Nuit"] },
  "paging.stepped": {
    data: { run: 1, cycle: 0, step: 1, until: "2026-10-15T08:00:00.000Z", because: "silent", inTurnOf: 47 },
    shows: ["2", "08:00", "47"],
  },
  "page.requested": {
    data: {
      pageId: "page-1",
      personId: "lea",
      name: "Léa",
      channel: "email",
      pointId: "point-1",
      run: 1,
      cycle: 0,
      step: 0,
      why: { reason: "on-call", schedule: "Garde de nuit", until: "2026-10-15T08:00:00.000Z", silent: ["Sam"] },
      dueAt: "2026-10-15T07:44:00.000Z",
      notAfter: "2026-10-15T08:30:00.000Z",
    },
    shows: ["Léa", "Garde de nuit", "08:00", "Sam", "07:44"],
  },
  "page.sent": { data: { ...page, with: 3 }, shows: ["Léa", "ntfy", "3"] },
  "page.delayed": { data: { pageId: "page-1", error: "HTTP 503" }, shows: ["Léa", "HTTP 503"] },
  "page.delivered": { data: { pageId: "page-1", how: "answered" }, shows: ["Léa"] },
  "page.undelivered": { data: { pageId: "page-1", error: "no-answer" }, shows: ["Léa", "no-answer"] },
  "page.failed": { data: { pageId: "page-1", error: "550 inconnu" }, shows: ["Léa", "550 inconnu"] },
  "page.expired": { data: { pageId: "page-1", notAfter: "2026-10-15T08:30:00.000Z" }, shows: ["Léa", "08:30"] },
  "page.withdrawn": { data: { pageId: "page-1", because: "accepted" }, shows: ["Léa"] },
  "paging.acknowledged": {
    data: { run: 1, people: [{ id: "lea", name: "Léa" }], needed: 3 },
    shows: ["1", "3", "Léa"],
  },
  "paging.posted": {
    data: { postId: "post-1", webhookId: "hook-1", name: "Robot de nuit", run: 1, cycle: 0, step: 1 },
    shows: ["2", "Robot de nuit"],
  },
  "paging.post-ended": {
    data: { postId: "post-1", webhookId: "hook-1", name: "Robot de nuit", became: "failed", error: "HTTP 500" },
    shows: ["Robot de nuit", "HTTP 500"],
  },
  "paging.watched": { data: { until: "2026-10-15T08:00:00.000Z", minutes: 20 }, shows: ["08:00"] },
  "paging.skipped": { data: { run: 1, cycle: 0, step: 1, unmet: ["priority", "hours"] }, shows: ["2"] },
  "paging.unreachable": {
    data: { step: 0, cycle: 0, target: "network", reason: "empty-team" },
    shows: ["Réseau", "1"],
  },
  "paging.exhausted": { data: { pages: 6 }, shows: ["6"] },
  "paging.stopped": { data: { because: "accepted" }, shows: [] },
};
