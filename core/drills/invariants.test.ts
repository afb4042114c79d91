/** Each invariant can fail: a world in which it was made false by hand names it, and no other. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Directory } from "../desk/directory.ts";
import { pagingTimerKey } from "../desk/effects.ts";
import type { PagingEvent } from "../escalation/events.ts";
import type { IncidentEvent, IncidentFact } from "../incidents/events.ts";
import { genesis } from "../kernel/hash.ts";
import { type SealedEntry, seal } from "../kernel/record.ts";
import { minuteMs, toIso } from "../kernel/time.ts";
import type { JsonObject } from "../kernel/vocabulary.ts";
import { compileNoise } from "../noise/compiled.ts";
import { factOf, foldOf } from "./facts.ts";
import { brokenIn, invariants, wholeOf } from "./invariants.ts";
import { incidentStream, type KeptCase } from "./memory.ts";
import { createNodes, type Nodes } from "./nodes.ts";
import { byId, organisation, person, signalOf, wednesday } from "./organisation.ts";
import type { OutboxRow } from "./rows.ts";
import { advance, submit } from "./running.ts";

const phone = { id: "ana-phone", kind: "ntfy", address: "ana", enabled: true } as const;
const mail = { id: "ana-mail", kind: "email", address: "ana@example.org", enabled: true } as const;
const turns = [
  { contactPoint: phone.id, afterMinutes: 0 },
  { contactPoint: mail.id, afterMinutes: 3 },
];
/** Besides, an alert that a silence holds back. */
function silenced() {
  const made = begun();
  const scope = { integrationId: "generic", serviceId: null, matchers: [], text: null };
  const silence = { id: "s", version: 1, reason: "planned", createdBy: "ana", scope, from: 0, until: wednesday * 2 };
  const noise = compileNoise({ silences: [silence], windows: [], rules: [] });
  made.nodes.directory = { ...directory, noise };
  submit(made.nodes, [{ kind: "signals", integrationId: "generic", signals: [signalOf("fan")], causeId: "two" }], true);
  return made;
}
const ana = person("ana", 3, { contactPoints: [phone, mail], preference: { high: turns, low: turns } });
const directory: Directory = { ...organisation, people: byId(...organisation.people.values(), ana) };

/** One alert, of which Ana was told on her phone; her mail has its turn in two minutes. */
function begun() {
  const nodes = createNodes("by hand", wednesday, directory);
  submit(nodes, [{ kind: "signals", integrationId: "pagerduty", signals: [signalOf("disk")], causeId: "one" }], true);
  advance(nodes, nodes.now + minuteMs);
  const [id = ""] = nodes.memory.cases.keys();
  return { nodes, id };
}
/** Two that do not press, in Ana's hours of peace, which are over: told on her phone together. */
function heldBack() {
  const preference = { high: turns, low: turns, quiet: { from: "13:00", to: "15:00" } };
  const people = byId(...directory.people.values(), { ...ana, preference });
  const nodes = createNodes("by hand", wednesday, { ...directory, people });
  const warned = ["fan", "disk"].map((key) => signalOf(key, { severity: "warning" }));
  submit(nodes, [{ kind: "signals", integrationId: "pagerduty", signals: warned, causeId: "one" }], true);
  advance(nodes, nodes.now + 61 * minuteMs);
  const [id = ""] = nodes.memory.cases.keys();
  return { nodes, id };
}
/** Ana was told on both. */
function called() {
  const world = begun();
  advance(world.nodes, world.nodes.now + 3 * minuteMs);
  return world;
}
function accepted() {
  const world = called();
  const envelope = {
    at: world.nodes.now,
    actor: { kind: "person", id: "ana", name: "Ana", level: 3, admin: false } as const,
    cause: { kind: "request", id: "two" },
  };
  const actor = { ...envelope.actor, teams: [], functions: [], onBehalfOf: null, via: "session" } as const;
  const command = { name: "accept", input: {} } as const;
  submit(world.nodes, [{ kind: "command", incidentId: world.id, command, envelope: { ...envelope, actor } }], true);
  return world;
}
type Made = ReturnType<typeof begun>;

const caseOf = ({ nodes, id }: Made): KeptCase => {
  const kept = nodes.memory.cases.get(id);
  assert.ok(kept);
  return kept;
};

/** The record as if it had been so from the start: sealed and folded anew. */
function rewrite(made: Made, change: (facts: IncidentFact[]) => IncidentFact[], firstSeq = 1): void {
  const kept = caseOf(made);
  const { process, exercise } = kept.incident;
  const entries: SealedEntry[] = [];
  for (const { type, data, stamp } of change(kept.entries.map(factOf))) {
    const known = { stream: incidentStream(made.id), type, version: 1, process, exercise, stamp, salt: "salt" };
    const seq = entries.length + firstSeq;
    entries.push(seal(entries.at(-1)?.hash ?? genesis, { ...known, seq, data: data as unknown as JsonObject }));
  }
  made.nodes.memory.cases.set(made.id, { ...kept, ...foldOf(entries), entries });
  made.nodes.answered.length = 0;
}

const and = (event: IncidentEvent) => (facts: IncidentFact[]) => {
  const last = facts.at(-1);
  assert.ok(last);
  return [...facts, { ...event, stamp: last.stamp } as IncidentFact];
};
/** Before the first fact of this type. */
const before = (type: string, event: PagingEvent) => (facts: IncidentFact[]) =>
  facts.flatMap((fact, index) =>
    fact.type === type && facts.findIndex((one) => one.type === type) === index
      ? [{ ...event, stamp: fact.stamp } as IncidentFact, fact]
      : [fact],
  );

const rowsOf = ({ nodes }: Made): OutboxRow[] => [...nodes.rows.outbox.values()];
const firstRow = (made: Made): OutboxRow => {
  const [row] = rowsOf(made);
  assert.ok(row);
  return row;
};
const setRow = ({ nodes }: Made, row: OutboxRow): void => void nodes.rows.outbox.set(row.key, row);
const stopTimer = ({ nodes, id }: Made): void => void nodes.rows.timers.delete(pagingTimerKey(id));

/** What left is said to have failed, in the record and in its row. */
function failCalls(made: Made): void {
  rewrite(made, (facts) =>
    facts.map((fact) =>
      fact.type === "page.sent"
        ? ({ ...fact, type: "page.failed", data: { pageId: fact.data.pageId, error: "refused" } } as IncidentFact)
        : fact,
    ),
  );
  for (const row of rowsOf(made)) if (row.status === "sent") setRow(made, { ...row, status: "dead" });
}

/** Ben was called at the first of Ana's contact points. */
function callTwoInTurn(made: Made): void {
  let first = true;
  rewrite(made, (facts) =>
    facts.map((fact): IncidentFact => {
      if (fact.type === "paging.stepped") return { ...fact, data: { ...fact.data, inTurnOf: 2 } };
      if (fact.type !== "page.requested" || !first) return fact;
      first = false;
      return { ...fact, data: { ...fact.data, personId: "ben" } };
    }),
  );
}

/** What left is said to be tried again, in the record and in its row. */
function delayCalls(made: Made): void {
  rewrite(made, (facts) =>
    facts.map((fact) =>
      fact.type === "page.sent"
        ? ({ ...fact, type: "page.delayed", data: { pageId: fact.data.pageId, error: "later" } } as IncidentFact)
        : fact,
    ),
  );
  const row = firstRow(made);
  setRow(made, { ...row, status: "pending", doneAt: null, dueAt: made.nodes.now + minuteMs, leaseUntil: 0 });
  made.nodes.rows.pending.add(row.key);
}

/** One more call like the first, in the record and in a row that waits. */
function callAgain(made: Made, step?: number): void {
  const [page] = caseOf(made).paging.pages;
  const row = firstRow(made);
  assert.ok(page && row.effect.kind === "page");
  const { status: _status, requestedAt: _at, ...same } = page;
  const data = { ...same, pageId: "again", step: step ?? page.step };
  rewrite(made, and({ type: "page.requested", data }));
  const fresh = { status: "pending", doneAt: null, dueAt: made.nodes.now + minuteMs, leaseUntil: 0 } as const;
  setRow(made, { ...row, ...fresh, key: "again", effect: { ...row.effect, key: "again", pageId: "again" } });
  made.nodes.rows.pending.add("again");
}

function changeSending({ nodes }: Made, change: (sending: Nodes["sendings"][number]) => object): void {
  const [first] = nodes.sendings;
  assert.ok(first);
  nodes.sendings[0] = { ...first, ...change(first) };
}

const begunTeam: IncidentEvent = {
  type: "team.activated",
  data: {
    ...{ number: 1, team: "network", name: "Network", until: toIso(wednesday) },
    charter: {
      ...{ mandate: { fr: "f", en: "e" }, roles: [], people: 1, minutes: 15 },
      rota: null,
      deputy: null,
      contact: null,
    },
  },
};
const missed: IncidentEvent = {
  type: "team.quorum-missed",
  data: {
    ...{ number: 1, teamName: "Network", people: 0, needed: 1, roles: [] },
    ...{ because: "time-out" as const, deputy: null },
  },
};

type Break = readonly [sentence: string, make: () => Made, breakIt: (made: Made) => void];

const breaks: readonly Break[] = [
  [
    "an alert belongs to an incident that exists",
    called,
    ({ nodes: { memory } }) => {
      for (const [id, alert] of memory.alerts) memory.alerts.set(id, { ...alert, incidentId: "nowhere" });
    },
  ],
  [
    "each alert is counted once by a record, or waits for its storm's next entry",
    called,
    ({ nodes }) => nodes.memory.alerts.clear(),
  ],
  ["paging that runs has its timer, and no other paging has one", called, stopTimer],
  [
    "a team has its quorum when enough of it came",
    called,
    (made) => {
      rewrite(made, and(begunTeam));
      rewrite(made, and({ type: "team.quorum-met", data: { number: 1, teamName: "Network", people: 0, late: false } }));
    },
  ],
  [
    "that a team missed its quorum is said once, until it meets it",
    called,
    (made) => {
      for (const event of [begunTeam, missed, missed]) rewrite(made, and(event));
    },
  ],
  [
    "an offer, a task that may be late and a workstream that may be silent have their timer",
    accepted,
    (made) =>
      rewrite(
        made,
        and({
          type: "coordination.offered",
          data: { personId: "dan", name: "Dan", from: null, until: toIso(wednesday + 99 * minuteMs), minutes: 15 },
        }),
      ),
  ],
  [
    "whoever accepted and must do something by a time is looked at then",
    called,
    (made) => {
      const until = toIso(made.nodes.now + minuteMs);
      rewrite(made, and({ type: "paging.stopped", data: { because: "accepted" } }));
      rewrite(made, and({ type: "assignment.accepted", data: { personId: "ana", name: "Ana", coordinates: false } }));
      rewrite(made, and({ type: "paging.watched", data: { until, minutes: 1 } }));
      stopTimer(made);
    },
  ],
  [
    "what a source opened has called somebody, or says why nobody",
    called,
    (made) => {
      rewrite(made, (facts) => facts.filter(({ type }) => !type.startsWith("pag")));
      made.nodes.rows.outbox.clear();
      made.nodes.sendings.length = 0;
      stopTimer(made);
    },
  ],
  [
    "while it is down and nobody has it, calls go on or ran out",
    called,
    (made) => {
      rewrite(made, and({ type: "paging.stopped", data: { because: "accepted" } }));
      stopTimer(made);
    },
  ],
  [
    "nothing that is due is left undone",
    called,
    ({ nodes }) => {
      for (const [key, row] of nodes.rows.timers) nodes.rows.timers.set(key, { ...row, dueAt: nodes.now - minuteMs });
    },
  ],
  [
    "each step that was entered called somebody",
    called,
    (made) => {
      const data = { run: 1, cycle: 0, step: 7, until: toIso(wednesday), because: "silent" } as const;
      rewrite(made, before("paging.stepped", { type: "paging.stepped", data }));
    },
  ],
  [
    "a step counts when its conditions hold, and is passed over when one does not",
    called,
    (made) => {
      const data = { run: 1, cycle: 0, step: 0, unmet: ["priority" as const] };
      rewrite(made, before("paging.stepped", { type: "paging.skipped", data }));
    },
  ],
  [
    "a run that called nobody says whom it could not reach",
    called,
    (made) => {
      const { policy } = caseOf(made).paging;
      assert.ok(policy);
      rewrite(made, before("paging.started", { type: "paging.started", data: { policy, run: 0, reason: "reported" } }));
    },
  ],
  [
    "a run that reached nobody falls back on the administrators",
    called,
    (made) => {
      failCalls(made);
      rewrite(made, and({ type: "paging.exhausted", data: { pages: 1 } }));
      stopTimer(made);
    },
  ],
  ["nobody is called once somebody has it", accepted, (made) => callAgain(made, 7)],
  [
    "what is sent was claimed while it was wanted",
    accepted,
    (made) => changeSending(made, () => ({ claimedSeq: caseOf(made).entries.length })),
  ],
  [
    "no call is told twice to have left",
    called,
    (made) =>
      rewrite(made, (facts) =>
        facts.flatMap((fact): IncidentFact[] => (fact.type === "page.sent" ? [fact, fact] : [fact])),
      ),
  ],
  ["nobody is called twice in one step by one contact point", called, (made) => callAgain(made)],
  [
    "what arrives twice says so, and nothing else does",
    called,
    ({ nodes }) => nodes.sendings.push(...nodes.sendings.slice(0, 1)),
  ],
  [
    "what arrives twice says so, and nothing else does",
    called,
    (made) => changeSending(made, () => ({ possibleDuplicate: true })),
  ],
  ["entries of a record are numbered 1 to n", called, (made) => rewrite(made, (facts) => facts, 2)],
  [
    "a record verifies",
    called,
    (made) => {
      const kept = caseOf(made);
      const entries = kept.entries.map((entry) =>
        entry.type === "routing.decided" ? { ...entry, data: { policy: "another", reasons: [] } } : entry,
      );
      made.nodes.memory.cases.set(made.id, { ...kept, entries });
    },
  ],
  ["an effect waits, or has ended at an instant", called, (made) => setRow(made, { ...firstRow(made), doneAt: null })],
  [
    "each call that was asked for has its row, and each row was asked for",
    called,
    (made) => void made.nodes.rows.outbox.delete(firstRow(made).key),
  ],
  [
    "what became of a call is in its row and in the record, or in neither",
    called,
    (made) => setRow(made, { ...firstRow(made), status: "expired" }),
  ],
  [
    "what was answered stays",
    called,
    ({ nodes, id }) => nodes.answered.push({ incidentId: id, seq: 99, head: "lost" }),
  ],
  [
    "what is shown is what the record says",
    called,
    (made) => {
      const kept = caseOf(made);
      made.nodes.memory.cases.set(made.id, { ...kept, incident: { ...kept.incident, relapses: 5 } });
    },
  ],
  [
    "what is restored, resolved or ended calls nobody",
    called,
    (made) => rewrite(made, and({ type: "service.restored", data: { text: null, because: "sources-resolved" } })),
  ],
  ["paging that runs waits for somebody who may still answer", called, failCalls],
  ["a step that calls in turn calls one person", called, callTwoInTurn],
  [
    "while it is down, an escalation that nobody answered calls or ran out",
    called,
    (made) => {
      const asked = { kind: "functional", to: "legal", expected: "a decision", number: 1 } as const;
      rewrite(made, and({ type: "escalation.requested", data: asked }));
      rewrite(made, and({ type: "paging.stopped", data: { because: "restored", escalation: 1 } }));
    },
  ],
  ["a contact point that failed gives its turn to the next at once", begun, failCalls],
  ["a contact point that failed gives its turn to the next at once", begun, delayCalls],
  [
    "what was held back for one way until one time comes in one message",
    heldBack,
    ({ nodes }) => {
      const { length } = nodes.sendings;
      nodes.sendings.splice(0, length, ...nodes.sendings.map((one) => ({ ...one, message: one.key })));
    },
  ],
  [
    "what comes too late is recorded and not sent",
    called,
    (made) => changeSending(made, ({ claimedAt }) => ({ notAfter: claimedAt - 1 })),
  ],
  [
    "what waits says why, and is asked about again",
    silenced,
    ({ nodes }) => {
      for (const key of nodes.rows.timers.keys()) if (key.startsWith("waiting/")) nodes.rows.timers.delete(key);
    },
  ],
];

test("nothing is broken before anything is", () => {
  for (const make of [begun, called, accepted, silenced, heldBack])
    assert.deepEqual(brokenIn(wholeOf(make().nodes)), []);
});

for (const [sentence, make, breakIt] of breaks) {
  test(`it is seen, and nothing else: ${sentence}`, () => {
    const made = make();
    breakIt(made);
    const broken = brokenIn(wholeOf(made.nodes));
    assert.deepEqual(
      broken.map((one) => one.sentence),
      [sentence],
      JSON.stringify(broken),
    );
  });
}

test("no invariant is left without a world that breaks it", () => {
  const shown = new Set(breaks.map(([sentence]) => sentence));
  assert.deepEqual(
    invariants.filter(({ sentence }) => !shown.has(sentence)),
    [],
  );
});
