/** Inputs that share a transaction see what the others have just decided, though nothing is written yet. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Alert } from "../alerts/decide.ts";
import { commit, emptyMemory, load, type Memory } from "../drills/memory.ts";
import { organisation, signalOf, wednesday } from "../drills/organisation.ts";
import { createMint, seedFromName } from "../kernel/id.ts";
import { isRefusal } from "../kernel/refusal.ts";
import type { Envelope } from "../kernel/stamp.ts";
import type { Draft } from "./draft.ts";
import type { DeskInput, DeskOutcome } from "./inputs.ts";
import { handle, needs, openDraft } from "./step.ts";

const mint = createMint(seedFromName("batch"));

function batch(memory: Memory, ...inputs: DeskInput[]): { draft: Draft; outcomes: ReturnType<typeof handle>[] } {
  const draft = openDraft({ at: wednesday, mint, directory: organisation });
  const outcomes = inputs.map((input) => {
    for (let wanted = needs(draft, input); wanted.length > 0; wanted = needs(draft, input))
      for (const key of wanted) assert.ok(load(memory, draft, key));
    return handle(draft, input);
  });
  commit(memory, draft, mint);
  return { draft, outcomes };
}

const signals = (...all: ReturnType<typeof signalOf>[]): DeskInput => ({
  kind: "signals",
  integrationId: "pagerduty",
  signals: all,
  causeId: "batch",
});

const by: Envelope = {
  at: wednesday,
  reason: "known works",
  cause: { kind: "request" },
  actor: {
    kind: "person",
    id: "ana",
    name: "Ana",
    level: 2,
    admin: false,
    teams: [],
    functions: [],
    onBehalfOf: null,
    via: "session",
  },
};

const command = (incidentId: string, body: Extract<DeskInput, { kind: "command" }>["command"]): DeskInput => ({
  kind: "command",
  incidentId,
  command: body,
  envelope: by,
});

function opened(outcome: DeskOutcome | ReturnType<typeof handle> | undefined): string {
  assert.ok(outcome && !isRefusal(outcome) && outcome.kind === "signals");
  const id = outcome.signals[0]?.incidentId;
  assert.ok(id);
  return id;
}

const alertsOf = (memory: Memory, key: string): Alert[] =>
  [...memory.alerts.values()].filter((alert) => alert.key === key);

test("two inputs that bring the same new key make one incident", () => {
  const memory = emptyMemory();
  batch(memory, signals(signalOf("disk")), signals(signalOf("disk")));
  assert.equal(memory.cases.size, 1);
  assert.equal(alertsOf(memory, "disk")[0]?.count, 2);
});

test("two inputs that bring the same new group make one incident", () => {
  const memory = emptyMemory();
  batch(memory, signals(signalOf("a", { groupKey: "g" })), signals(signalOf("b", { groupKey: "g" })));
  assert.equal(memory.cases.size, 1);
});

test("a key that lives twice in one batch leaves two alerts, each as it ended", () => {
  const memory = emptyMemory();
  const resolve = signalOf("disk", { action: "resolve" });
  batch(memory, signals(signalOf("disk"), resolve, signalOf("disk"), signalOf("disk")));
  batch(memory, signals(signalOf("disk")));
  assert.deepEqual(
    alertsOf(memory, "disk").map((alert) => [alert.status, alert.count]),
    [
      ["resolved", 1],
      ["open", 3],
    ],
  );
});

test("a key that triggers right after its incident was ended is news, though its alert was loaded as it was", () => {
  const memory = emptyMemory();
  const first = opened(batch(memory, signals(signalOf("disk"))).outcomes[0]);
  const { outcomes } = batch(memory, command(first, { name: "dismiss", input: {} }), signals(signalOf("disk")));
  assert.notEqual(opened(outcomes[1]), first);
  assert.deepEqual(
    alertsOf(memory, "disk").map((alert) => alert.status),
    ["ended", "open"],
  );
});

test("what was repeated right before its incident was ended is ended with it", () => {
  const memory = emptyMemory();
  const first = opened(batch(memory, signals(signalOf("disk"))).outcomes[0]);
  batch(memory, signals(signalOf("disk")), command(first, { name: "dismiss", input: {} }));
  const [alert] = alertsOf(memory, "disk");
  assert.deepEqual([alert?.status, alert?.count], ["ended", 2]);
});

test("a key that resolves right after a merge resolves in the incident it was merged into", () => {
  const memory = emptyMemory();
  const { outcomes } = batch(memory, signals(signalOf("disk")), signals(signalOf("raid")));
  const [disk, raid] = outcomes.map(opened) as [string, string];
  batch(
    memory,
    command(raid, { name: "merge", input: { into: disk } }),
    signals(signalOf("raid", { action: "resolve" })),
  );
  assert.equal(memory.cases.get(disk)?.openAlerts, 1);
  assert.equal(alertsOf(memory, "raid")[0]?.incidentId, disk);
  assert.equal(alertsOf(memory, "raid")[0]?.status, "resolved");
});

test("one input's refusal touches no other", () => {
  const memory = emptyMemory();
  const first = opened(batch(memory, signals(signalOf("disk"))).outcomes[0]);
  const { draft, outcomes } = batch(
    memory,
    command(first, { name: "close", input: {} }),
    command(first, { name: "add-observation", input: { text: "the lamp is red" } }),
  );
  assert.ok(outcomes[0] && isRefusal(outcomes[0]));
  assert.deepEqual(
    draft.cases.get(first)?.appended.map((fact) => fact.type),
    ["observation.noted"],
  );
});
