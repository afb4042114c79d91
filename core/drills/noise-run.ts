/** The alerts of the past, brought once more before the desk under what is said about noise: which would open an incident, join
 *  another's, wait, or never be raised. Handled by `core/desk/step.ts`, as on the server, in virtual time; who is called for it is
 *  asked afterwards. People do with an incident what they did, as long after it was opened as they took then. */
import type { Alert, Signal, Waiting } from "../alerts/decide.ts";
import type { Directory } from "../desk/directory.ts";
import { type Draft, emptyDraft, type ReactionTable } from "../desk/draft.ts";
import { type DeskInput, timerInput } from "../desk/inputs.ts";
import { reactions } from "../desk/reactions.ts";
import { handle, needs } from "../desk/step.ts";
import { createMint, seedFromName } from "../kernel/id.ts";
import { isRefusal } from "../kernel/refusal.ts";
import type { Instant, Json, Priority, Severity } from "../kernel/vocabulary.ts";
import type { Noise } from "../noise/compiled.ts";
import { commitNoise, emptyNoiseMemory, endCase, loadNoise, type NoiseMemory } from "./noise-memory.ts";
import { createQueue, type Queue } from "./queue.ts";

/** An alert as it came and as its source ended it; what people ended is no end of its own. */
export type PastAlert = {
  readonly id: string;
  readonly integrationId: string;
  readonly key: string;
  readonly groupKey: string;
  readonly title: string;
  readonly severity: Severity;
  readonly source: string | null;
  readonly stateful: boolean;
  readonly serviceId: string | null;
  readonly details: Json;
  readonly openedAt: Instant;
  readonly endedAt: Instant | null;
  readonly lastAt: Instant;
  readonly count: number;
};

/** What people did of an incident, as long after it began. Null: nobody did. */
export type Life = {
  readonly acceptedBy: { readonly id: string; readonly afterMs: number } | null;
  readonly restoredMs: number | null;
  readonly resolvedMs: number | null;
  readonly endedMs: number | null;
};

export type OpenedIncident = {
  /** The alert that opened it. */
  readonly leader: string;
  /** When that alert came. */
  readonly arrivedAt: Instant;
  readonly openedAt: Instant;
  readonly serviceId: string | null;
  readonly priority: Priority | null;
  /** When its alerts asked people anew, and when all its sources were over. */
  readonly asked: { readonly at: Instant; readonly reason: "relapsed" | "new-kind" }[];
  readonly clearedAt: Instant[];
};

export type AlertFate = {
  readonly became: "opened" | "joined" | "waits" | "never-raised";
  readonly at: Instant;
  /** The alert that opened the incident that it is in. */
  readonly leader: string | null;
  /** What held it back, or still does. */
  readonly waits: Waiting | null;
};

export type NoiseSide = {
  readonly incidents: ReadonlyMap<string, OpenedIncident>;
  readonly alerts: ReadonlyMap<string, AlertFate>;
};

export type NoisePast = {
  /** In the order in which they came. */
  readonly alerts: readonly PastAlert[];
  readonly lifeOf: (alertId: string) => Life | null;
  readonly until: Instant;
};

type Step =
  | { readonly do: "trigger" | "repeat" | "resolve"; readonly alert: PastAlert }
  | { readonly do: "ask"; readonly alertId: string }
  | { readonly do: "accept" | "restore" | "resolve-incident" | "end"; readonly incidentId: string };

/** Alerts before others have their turn. */
const pieceMax = 200;
/** Of one alert: more of them would say nothing else. */
const repeatsMax = 50;

/** Sources that are over restore what nobody accepted, as on the desk; nothing else follows here. */
const followed: ReactionTable = { "alerts.cleared": reactions["alerts.cleared"] ?? [] };

type Running = {
  readonly past: NoisePast;
  readonly directory: Directory;
  readonly memory: NoiseMemory;
  readonly queue: Queue<Step>;
  readonly mint: (at: Instant) => string;
  /** Ids of the run by those of the past, and the other way. */
  readonly mine: Map<string, string>;
  readonly theirs: Map<string, string>;
  readonly leaders: Map<string, string>;
  readonly incidents: Map<string, OpenedIncident>;
  readonly fates: Map<string, AlertFate>;
  /** When each that waits is asked about: what was asked for before is passed over. */
  readonly asks: Map<string, Instant>;
};

/** Gives way after each piece, for whoever has others to serve. */
export function* runNoise(past: NoisePast, directory: Directory, noise: Noise | null): Generator<void, NoiseSide> {
  const running: Running = {
    past,
    directory: { ...directory, noise },
    memory: emptyNoiseMemory(),
    queue: createQueue(),
    mint: createMint(seedFromName("what-if")),
    mine: new Map(),
    theirs: new Map(),
    leaders: new Map(),
    incidents: new Map(),
    fates: new Map(),
    asks: new Map(),
  };
  const counts = noise !== null && noise.thresholds.length > 0;
  for (const alert of past.alerts) expectAlert(running, alert, counts);
  for (let done = 1; ; done += 1) {
    const next = running.queue.next();
    if (next === null || next.at > past.until) break;
    take(running, next.at, next.what);
    if (done % pieceMax === 0) yield;
  }
  return { incidents: running.incidents, alerts: running.fates };
}

/** When it was said again is not kept, only how often, and until when: spread evenly. */
function expectAlert({ queue }: Running, alert: PastAlert, counts: boolean): void {
  queue.put(alert.openedAt, { do: "trigger", alert });
  const repeats = counts && !alert.stateful ? Math.min(alert.count - 1, repeatsMax) : 0;
  for (let one = 1; one <= repeats; one += 1) {
    const at = alert.openedAt + Math.floor(((alert.lastAt - alert.openedAt) * one) / repeats);
    if (alert.endedAt === null || at < alert.endedAt) queue.put(at, { do: "repeat", alert });
  }
  if (alert.endedAt !== null) queue.put(Math.max(alert.endedAt, alert.openedAt), { do: "resolve", alert });
}

function take(running: Running, at: Instant, step: Step): void {
  switch (step.do) {
    case "trigger":
    case "repeat":
    case "resolve":
      return submit(running, at, signalsOf(step.do, step.alert), step.alert);
    case "ask": {
      const { alertId } = step;
      const alert = running.memory.alerts.get(alertId);
      if (running.asks.get(alertId) !== at || !alert) return;
      running.asks.delete(alertId);
      const { integrationId, key, groupKey } = alert;
      return submit(running, at, timerInput({ kind: "waiting", integrationId, key, groupKey }), null);
    }
    default:
      return act(running, at, step);
  }
}

function signalsOf(what: "trigger" | "repeat" | "resolve", alert: PastAlert): DeskInput {
  const { integrationId, key, groupKey, title, severity, source, stateful, serviceId, details } = alert;
  const action = what === "resolve" ? "resolve" : "trigger";
  const said = { key, groupKey, action, title, severity, source, stateful, serviceId, details } as const;
  const signal: Signal = { ...said, startsAt: null, leaseUntil: null, by: null };
  return { kind: "signals", integrationId, signals: [signal], causeId: alert.id };
}

/** One transaction, as the server's. */
function submit(running: Running, at: Instant, input: DeskInput, alert: PastAlert | null): void {
  const { memory, directory, mint } = running;
  const draft = emptyDraft({ at, mint, directory, reactions: followed });
  for (let wanted = needs(draft, input); wanted.length > 0; wanted = needs(draft, input))
    for (const key of wanted) loadNoise(memory, draft, key);
  const outcome = handle(draft, input);
  if (isRefusal(outcome)) throw new Error(`an alert of the past was refused: ${outcome.refused}`);
  commitNoise(memory, draft);
  for (const { alert: changed, isNew } of draft.changedAlerts.values()) {
    if (isNew && alert !== null) {
      running.mine.set(alert.id, changed.id);
      running.theirs.set(changed.id, alert.id);
    }
    noteFate(running, at, changed);
  }
  noteCases(running, draft);
  for (const effect of draft.effects) {
    if (effect.kind !== "recheck") continue;
    const those = memory.waiting.get(effect.on) ?? [];
    for (const id of those) {
      const { integrationId } = memory.alerts.get(id) ?? {};
      if (effect.integrationId === null || effect.integrationId === integrationId)
        askAt(running, id, Math.max(at, effect.dueAt));
    }
  }
}

function askAt({ queue, asks }: Running, alertId: string, at: Instant): void {
  if ((asks.get(alertId) ?? Number.POSITIVE_INFINITY) <= at) return;
  asks.set(alertId, at);
  /* What the desk waits for by itself comes before what arrives at that instant. */
  queue.put(at, { do: "ask", alertId }, true);
}

function noteFate(running: Running, at: Instant, alert: Alert): void {
  const id = running.theirs.get(alert.id);
  if (id === undefined) return;
  const known = running.fates.get(id);
  if (alert.incidentId !== null) {
    if (known?.leader) return;
    const leader = running.leaders.get(alert.incidentId);
    if (leader === undefined) running.leaders.set(alert.incidentId, id);
    const became = leader === undefined ? "opened" : "joined";
    running.fates.set(id, { became, at, leader: leader ?? id, waits: known?.waits ?? null });
    return;
  }
  const over = alert.endedAt !== null;
  if (over) running.asks.delete(alert.id);
  else if (alert.waits?.until != null && alert.waits.until > at) {
    running.asks.delete(alert.id);
    askAt(running, alert.id, alert.waits.until);
  }
  running.fates.set(id, { became: over ? "never-raised" : "waits", at, leader: null, waits: alert.waits });
}

function noteCases(running: Running, draft: Draft): void {
  const { at } = draft;
  for (const on of draft.cases.values()) {
    const leader = running.leaders.get(on.id);
    if (leader === undefined) continue;
    if (on.isNew) noteOpened(running, at, on.id, leader);
    const opened = running.incidents.get(leader);
    for (const { type, data } of on.appended) {
      if (type === "service.restored") opened?.clearedAt.push(at);
      if (type === "service.relapsed" && on.incident.acceptedBy === null)
        opened?.asked.push({ at, reason: "relapsed" });
      if (type === "alert.kind-joined" && (data as { readonly asks: string | null }).asks !== null)
        opened?.asked.push({ at, reason: "new-kind" });
    }
  }
}

function noteOpened({ memory, past, incidents, queue, mine }: Running, at: Instant, id: string, leader: string): void {
  const { service = null, priority = null } = memory.cases.get(id)?.incident ?? {};
  const arrivedAt = memory.alerts.get(mine.get(leader) ?? "")?.openedAt ?? at;
  incidents.set(leader, { leader, arrivedAt, openedAt: at, serviceId: service, priority, asked: [], clearedAt: [] });
  const life = past.lifeOf(leader);
  if (life === null) return;
  const { acceptedBy, restoredMs, resolvedMs, endedMs } = life;
  if (acceptedBy !== null) queue.put(at + acceptedBy.afterMs, { do: "accept", incidentId: id });
  if (restoredMs !== null) queue.put(at + restoredMs, { do: "restore", incidentId: id });
  if (resolvedMs !== null) queue.put(at + resolvedMs, { do: "resolve-incident", incidentId: id });
  if (endedMs !== null) queue.put(at + endedMs, { do: "end", incidentId: id });
}

type Act = Extract<Step, { readonly incidentId: string }>;

function act({ memory, past, leaders }: Running, at: Instant, { do: what, incidentId }: Act): void {
  const kept = memory.cases.get(incidentId);
  if (!kept || kept.incident.ended !== null) return;
  if (what === "end") return endCase(memory, incidentId, at);
  const { incident } = kept;
  const { milestones } = incident;
  if (what === "accept") {
    const { id } = past.lifeOf(leaders.get(incidentId) ?? "")?.acceptedBy ?? {};
    if (id !== undefined) kept.incident = { ...incident, acceptedBy: { id, name: id } };
  } else if (what === "restore" && milestones.restored === undefined)
    kept.incident = { ...incident, milestones: { ...milestones, restored: at } };
  else if (what === "resolve-incident")
    kept.incident = { ...incident, milestones: { ...milestones, restored: milestones.restored ?? at, resolved: at } };
}
