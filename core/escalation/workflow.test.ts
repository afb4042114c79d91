/** Paging, input by input, then under random inputs. A small run keeps the state and the due timer as the desk would. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Person } from "../directory/types.ts";
import { createMint, seedFromName } from "../kernel/id.ts";
import { minuteMs, toIso } from "../kernel/time.ts";
import { type About, aboutNothing, type Conditions } from "./conditions.ts";
import type { PagingEvent } from "./events.ts";
import { afterTurn, type CalledInTurn } from "./in-turn.ts";
import { evolvePaging, initialPaging, type PagingState, pageStillDue, wantsFrom } from "./paging-state.ts";
import { builtInPolicy, type Policy, type Roster, repeatMax } from "./policy.ts";
import { pageNotAfterMinutes } from "./requesting.ts";
import { decidePaging, nextCalled, type PagingInput, type PagingOutput } from "./workflow.ts";

const start = 1_780_000_000_000;

function rosterOf(reachable: readonly string[], administrators: readonly string[] = ["root"]): Roster {
  const person = (id: string): [string, Person] => [
    id,
    {
      id,
      name: id,
      email: `${id}@example.org`,
      language: "en",
      zone: "UTC",
      level: 3,
      admin: false,
      active: true,
      contactPoints: reachable.includes(id) ? [{ id, kind: "email", address: id, enabled: true }] : [],
    },
  ];
  const all = ["ana", "ben", "cleo", "dan", "root", "adam"];
  return {
    people: new Map(all.map(person)),
    functions: new Map(),
    teams: new Map(),
    schedules: new Map(),
    absences: [],
    administrators,
  };
}
const everyone = rosterOf(["ana", "ben", "cleo", "dan", "root", "adam"]);

const policyOf = (steps: string[][], repeat = 0, timeoutMinutes = 5): Policy => ({
  id: "p",
  name: "p",
  steps: steps.map((ids) => ({ targets: ids.map((id) => ({ kind: "person", id }) as const), timeoutMinutes })),
  repeat,
});

function run(roster: Roster = everyone, known: Partial<About> = {}) {
  let about: About = { ...aboutNothing, ...known };
  const mint = createMint(seedFromName("paging"));
  let state: PagingState = initialPaging;
  let at = start;
  let timer: Extract<PagingOutput, { do: "schedule" }> | null = null;
  const facts: PagingEvent[] = [];
  const paged: string[] = [];
  const called = new Map<string, CalledInTurn>();
  const keep = (event: PagingEvent): void => {
    facts.push(event);
    state = evolvePaging(state, event, at);
  };
  const give = (input: PagingInput): PagingOutput[] => {
    const calledInTurn = (id: string): CalledInTurn => called.get(id) ?? [];
    const outputs = decidePaging(state, input, { at, roster, mint, urgency: "high", about, calledInTurn });
    for (const output of outputs) {
      if (output.do === "take-turn")
        called.set(output.policyId, afterTurn(calledInTurn(output.policyId), output.personId));
      if (output.do === "record") keep(output.event);
      if (output.do === "page") paged.push(output.page.personId);
      if (output.do === "schedule") timer = output;
      if (output.do === "cancel-timer") timer = null;
    }
    return outputs;
  };
  return {
    give,
    keep,
    facts,
    paged,
    state: () => state,
    timer: () => timer,
    learn: (more: Partial<About>) => {
      about = { ...about, ...more };
    },
    start: (policy: Policy) => give({ kind: "start", policy, reason: "registered" }),
    /** The due timer fires. */
    wait: () => {
      const due = timer;
      assert.ok(due, "no timer is set");
      timer = null;
      at = due.at;
      return give({ kind: "timed-out", run: due.run, cycle: due.cycle, step: due.step });
    },
    accept: (personId: string) => give({ kind: "acknowledged", personId, name: personId }),
    decline: (personId: string) => give({ kind: "declined", personId }),
    /** The channel refuses the page of this person in the current step. */
    fail: (personId: string) => {
      const page = state.pages.findLast((one) => one.personId === personId);
      assert.ok(page);
      keep({ type: "page.failed", data: { pageId: page.pageId, error: "refused" } });
      return give({ kind: "undeliverable", pageId: page.pageId });
    },
    stop: () => give({ kind: "stop", because: "accepted" }),
    stepped: () => facts.flatMap((fact) => (fact.type === "paging.stepped" ? [fact.data] : [])),
    typed: (type: PagingEvent["type"]) => facts.filter((fact) => fact.type === type).length,
  };
}

test("silence goes from step to step, then through all again, then runs out", () => {
  const on = run();
  on.start(policyOf([["ana"], ["ben", "cleo"]], 1));
  while (on.timer()) on.wait();
  assert.deepEqual(on.paged, ["ana", "ben", "cleo", "ana", "ben", "cleo"]);
  assert.deepEqual(
    on.stepped().map(({ cycle, step, because }) => [cycle, step, because]),
    [
      [0, 0, "started"],
      [0, 1, "silent"],
      [1, 0, "silent"],
      [1, 1, "silent"],
    ],
  );
  assert.deepEqual(on.facts.at(-1), { type: "paging.exhausted", data: { pages: 6 } });
  assert.deepEqual([on.state().status, on.state().nextAt], ["exhausted", null]);
});

test("each step waits its own time, and each page says why, after whom, and until when it may leave", () => {
  const on = run();
  const policy = policyOf([["ana"], ["ben"]]);
  on.start({ ...policy, steps: policy.steps.map((step, i) => ({ ...step, timeoutMinutes: i === 0 ? 5 : 20 })) });
  assert.equal(on.timer()?.at, start + 5 * minuteMs);
  assert.equal(on.state().nextAt, start + 5 * minuteMs);
  on.wait();
  assert.equal(on.timer()?.at, start + 25 * minuteMs);
  const [first, second] = on.state().pages;
  assert.deepEqual([first?.why.reason, first?.why.silent, second?.why.silent], ["named", [], ["ana"]]);
  assert.equal(second?.notAfter, toIso(start + (5 + pageNotAfterMinutes) * minuteMs));
  assert.equal(second?.requestedAt, start + 5 * minuteMs);
});

test("a timer of a step, a cycle or a run that is over changes nothing", () => {
  const on = run();
  on.start(policyOf([["ana"], ["ben"]], 1));
  on.wait();
  for (const stale of [
    { run: 1, cycle: 0, step: 0 },
    { run: 1, cycle: 1, step: 1 },
    { run: 0, cycle: 0, step: 1 },
    { run: 2, cycle: 0, step: 1 },
  ])
    assert.deepEqual(on.give({ kind: "timed-out", ...stale }), []);
  on.stop();
  assert.deepEqual(on.give({ kind: "timed-out", run: 1, cycle: 0, step: 1 }), []);
});

test("whoever declines passes it on; in a step of several, when all have", () => {
  const alone = run();
  alone.start(policyOf([["ana"], ["ben"]]));
  alone.decline("ana");
  assert.deepEqual([alone.paged, alone.stepped().at(-1)?.because], [["ana", "ben"], "declined"]);
  assert.deepEqual(alone.state().pages.at(-1)?.why.silent, [], "who declined was not silent");
  const several = run();
  several.start(policyOf([["ana", "ben", "cleo"], ["dan"]]));
  several.decline("ben");
  several.fail("ana");
  assert.equal(several.paged.length, 3);
  several.decline("cleo");
  assert.deepEqual(several.paged.at(-1), "dan");
});

test("whoever declines is not paged late: a page still on its way is withdrawn", () => {
  const on = run();
  on.start(policyOf([["ana", "ben"]]));
  const page = on.state().pages[0]?.pageId ?? "";
  on.decline("ana");
  assert.deepEqual(pageStillDue(on.state(), page), { due: false, because: "withdrawn" });
  on.keep({ type: "page.sent", data: { pageId: page, possibleDuplicate: false } });
  assert.equal(on.state().pages[0]?.status, "withdrawn", "what left meanwhile changes nothing for the run");
});

test("a decline by somebody this step did not call, or a second one, changes nothing", () => {
  const on = run();
  on.start(policyOf([["ana"], ["ben"], ["cleo"]]));
  assert.deepEqual(on.decline("dan"), []);
  on.decline("ana");
  assert.deepEqual(on.decline("ana"), []);
  assert.deepEqual(on.paged, ["ana", "ben"]);
});

const leftOut = (on: ReturnType<typeof run>) =>
  on.facts.flatMap((fact) => (fact.type === "paging.unreachable" ? [[fact.data.step, fact.data.reason]] : []));

test("whoever declined is left out of the later steps of this call, and the record says so", () => {
  const on = run();
  on.start(policyOf([["ana"], ["ana"], ["ana", "ben"], ["cleo"]], 1));
  assert.deepEqual(nextCalled(on.state(), everyone, aboutNothing).at(0)?.personId, "ana");
  on.decline("ana");
  assert.deepEqual(on.paged, ["ana", "ben"]);
  assert.deepEqual(leftOut(on), [
    [1, "declined"],
    [2, "declined"],
  ]);
  on.wait();
  assert.deepEqual(
    nextCalled(on.state(), everyone, aboutNothing).map(({ personId }) => personId),
    ["ben"],
  );
  while (on.timer()) on.wait();
  assert.deepEqual(on.paged, ["ana", "ben", "cleo", "ben", "cleo"]);
  on.give({ kind: "stop", because: "accepted" });
  on.start(policyOf([["ana"]]));
  assert.equal(on.paged.at(-1), "ana", "another call asks anew");
});

test("whoever declined is called again once nobody else is left, and the record says that too", () => {
  const on = run();
  on.start(policyOf([["ana", "ben"], ["ana"], ["ana"]]));
  on.decline("ana");
  on.wait();
  assert.deepEqual(on.paged, ["ana", "ben", "ana"]);
  const { step, because } = on.stepped().at(-1) ?? {};
  assert.deepEqual([step, because], [1, "declined-only"]);
  on.accept("ana");
  assert.equal(on.state().status, "stopped");
});

test("whoever accepted with others and takes it back is called for it no more", () => {
  const on = run();
  on.start(wanting(policyOf([["ana"], ["ana", "ben"]]), 2, 2));
  on.accept("ana");
  on.decline("ana");
  on.wait();
  assert.deepEqual(on.paged, ["ana", "ben"]);
  on.accept("ana");
  assert.deepEqual(on.state().declined ?? [], [], "until they accept after all");
});

test("a page that cannot be delivered passes on when nobody else of the step may answer", () => {
  const on = run();
  on.start(policyOf([["ana", "ben"], ["cleo"]]));
  on.fail("ana");
  assert.equal(on.paged.length, 2);
  on.fail("ben");
  assert.deepEqual([on.paged.at(-1), on.stepped().at(-1)?.because], ["cleo", "undeliverable"]);
  const late = on.state().pages[0]?.pageId ?? "";
  assert.deepEqual(on.give({ kind: "undeliverable", pageId: late }), [], "a page of an earlier step");
  assert.deepEqual(on.give({ kind: "undeliverable", pageId: "unknown" }), []);
});

test("a step that reaches nobody is recorded and passed at once", () => {
  const on = run(rosterOf(["cleo"]));
  on.start(policyOf([["ana"], ["ben"], ["cleo"]]));
  assert.deepEqual(on.paged, ["cleo"]);
  assert.equal(on.typed("paging.unreachable"), 2);
  assert.deepEqual(
    on.stepped().map(({ step, because }) => [step, because]),
    [[2, "nobody"]],
  );
});

const withConditions = (policy: Policy, ...when: readonly (Conditions | undefined)[]): Policy => ({
  ...policy,
  steps: policy.steps.map((step, i) => ({ ...step, when: when[i] })),
});

test("a step whose conditions do not hold is passed over at once, and the record says which", () => {
  const policy = withConditions(policyOf([["ana"], ["ben"], ["cleo"]]), { priorities: [1, 2], categories: ["major"] });
  const on = run(everyone, { priority: 3 });
  on.start(policy);
  assert.deepEqual(on.paged, ["ben"]);
  assert.deepEqual(
    on.facts.find(({ type }) => type === "paging.skipped"),
    { type: "paging.skipped", data: { run: 1, cycle: 0, step: 0, unmet: ["priority", "category"] } },
  );
  assert.equal(on.stepped()[0]?.because, "started", "nobody was silent before");
  const major = run(everyone, { priority: 1, categories: ["complex", "major"] });
  major.start(policy);
  assert.deepEqual(major.paged, ["ana"]);
});

test("what is learned while calls go on counts from the next step on", () => {
  const on = run(everyone, { priority: 4 });
  on.start(withConditions(policyOf([["ana"], ["ben"], ["cleo"]]), undefined, { priorities: [1] }));
  on.learn({ priority: 1 });
  on.wait();
  assert.deepEqual(on.paged, ["ana", "ben"]);
});

test("what nobody has weighed yet is as pressing as the worst", () => {
  const on = run();
  on.start(withConditions(policyOf([["ana"], ["ben"]]), { priorities: [2, 3] }, { priorities: [1] }));
  assert.deepEqual(on.paged, ["ben"]);
});

test("hours are read in the zone of the policy, at the instant at which the step begins", () => {
  const morning = { openings: [{ days: [1, 2, 3, 4, 5, 6, 7], from: "00:00", until: "12:00" }], closedOn: [] };
  /* 20:26 in UTC, 05:26 the next day in Tokyo. */
  const hours = (zone: string, outside: boolean) => {
    const on = run();
    on.start({ ...withConditions(policyOf([["ana"], ["ben"]]), { hours: { ...morning, outside } }), zone });
    return on.paged[0];
  };
  assert.deepEqual(
    [hours("UTC", false), hours("UTC", true), hours("Asia/Tokyo", false), hours("Asia/Tokyo", true)],
    ["ben", "ana", "ana", "ben"],
  );
});

test("when no step counts, the administrators are called rather than nobody", () => {
  const on = run(everyone, { service: "other" });
  on.start(withConditions(policyOf([["ana"]], 1), { services: ["billing"] }));
  assert.deepEqual(on.paged, ["root"]);
  assert.equal(on.typed("paging.skipped"), 2);
  assert.equal(on.state().policy?.id, builtInPolicy.id);
});

test("who would be called next is whom silence calls", () => {
  const on = run(everyone, { priority: 3 });
  on.start(withConditions(policyOf([["ana"], ["ben"], ["cleo"]]), undefined, { priorities: [1] }));
  const next = nextCalled(on.state(), everyone, { ...aboutNothing, priority: 3 });
  on.wait();
  assert.deepEqual([next[0]?.personId, on.paged.at(-1)], ["cleo", "cleo"]);
});

test("when a policy reaches nobody at all, the administrators are called, then the built-in policy goes on", () => {
  const on = run(rosterOf(["root", "adam"], ["root", "adam"]));
  on.start(policyOf([["ana"], ["ben"]], 1));
  assert.deepEqual(on.paged, ["root", "adam"]);
  assert.equal(on.typed("paging.unreachable"), 4, "each step of each time through");
  const second = on.facts.findLast((fact) => fact.type === "paging.started");
  assert.deepEqual(second?.data, { policy: builtInPolicy, run: 2, reason: "policy-reached-nobody" });
  while (on.timer()) on.wait();
  assert.equal(on.paged.length, 2 + 2 * (1 + 2));
  assert.equal(on.state().status, "exhausted");
});

test("when a policy has run out and only then its last call fails, the administrators are called all the same", () => {
  const on = run();
  on.start(policyOf([["ana"], ["ben"]]));
  while (on.timer()) on.wait();
  assert.equal(on.state().status, "exhausted");
  on.fail("ana");
  assert.deepEqual([on.state().status, on.paged], ["exhausted", ["ana", "ben"]], "one may still arrive");
  on.fail("ben");
  assert.deepEqual([on.state().status, on.state().run, on.paged.at(-1)], ["running", 2, "root"]);
  assert.ok(on.timer());
});

test("a policy that reached somebody and ran out calls nobody else, whatever becomes of its other calls", () => {
  const on = run();
  on.start(policyOf([["ana"], ["ben"]]));
  const [first] = on.state().pages;
  on.keep({ type: "page.sent", data: { pageId: first?.pageId ?? "", possibleDuplicate: false } });
  while (on.timer()) on.wait();
  assert.deepEqual(on.fail("ben"), []);
  assert.equal(on.state().status, "exhausted");
});

test("when every page of a policy fails, the administrators are called, and never under the key of an earlier page", () => {
  const on = run();
  on.start(policyOf([["ana"], ["root"]]));
  on.fail("ana");
  on.fail("root");
  assert.deepEqual(on.paged, ["ana", "root", "root"]);
  assert.equal(on.state().run, 2);
});

test("with no administrator to fall back on it runs out, and says so", () => {
  for (const roster of [rosterOf([]), rosterOf([], [])]) {
    const on = run(roster);
    on.start(policyOf([["ana"]], repeatMax));
    assert.deepEqual([on.paged, on.state().status], [[], "exhausted"]);
    const built = run(roster);
    built.start(builtInPolicy);
    assert.equal(built.state().status, "exhausted");
  }
});

test("somebody who answered by declining was reached: the administrators are not called for it", () => {
  const on = run();
  on.start(policyOf([["ana"]]));
  on.decline("ana");
  assert.deepEqual([on.paged, on.state().status], [["ana"], "exhausted"]);
});

test("a stop cancels the timer and every page on its way, also when the run had run out; a second one is silent", () => {
  for (const exhausted of [false, true]) {
    const on = run();
    on.start(policyOf([["ana"]]));
    if (exhausted) on.wait();
    const page = on.state().pages[0]?.pageId ?? "";
    assert.deepEqual(pageStillDue(on.state(), page), { due: true });
    assert.deepEqual(on.stop(), [
      { do: "record", event: { type: "paging.stopped", data: { because: "accepted" } } },
      { do: "cancel-timer" },
    ]);
    assert.deepEqual(pageStillDue(on.state(), page), { due: false, because: "accepted" });
    assert.deepEqual(on.stop(), []);
  }
  assert.deepEqual(run().stop(), [], "nothing was running");
});

test("given a channel that takes nothing, when the same person is called again, then the call that still waits gives way, and nobody counts as reached", () => {
  const on = run();
  on.start(policyOf([["ana"]], 2));
  on.wait();
  const [first, second] = on.state().pages;
  assert.deepEqual([first?.status, second?.status], ["expired", "requested"]);
  assert.deepEqual(pageStillDue(on.state(), first?.pageId ?? ""), { due: false, because: "expired" });
  on.wait();
  on.fail("ana");
  assert.equal(on.paged.at(-1), "root", "the administrators are called");
});

test("a call that left stays, and so does the turn of another contact point", () => {
  const on = run();
  on.start(policyOf([["ana"]], 1));
  on.keep({ type: "page.sent", data: { pageId: on.state().pages[0]?.pageId ?? "", possibleDuplicate: false } });
  on.wait();
  assert.equal(on.typed("page.withdrawn"), 0);
});

test("paging that starts again is a run of its own, and supersedes what was on its way", () => {
  const on = run();
  on.start(policyOf([["ana"]]));
  const page = on.state().pages[0]?.pageId ?? "";
  on.stop();
  on.start(policyOf([["ana"]]));
  assert.deepEqual([on.state().run, on.paged.length], [2, 2]);
  assert.deepEqual(pageStillDue(on.state(), page), { due: false, because: "superseded" });
});

test("a page is due once: sent, failed or late, it is not", () => {
  const page = (on: ReturnType<typeof run>): string => on.state().pages[0]?.pageId ?? "";
  const outcomes: ((pageId: string) => PagingEvent)[] = [
    (pageId) => ({ type: "page.sent", data: { pageId, possibleDuplicate: false } }),
    (pageId) => ({ type: "page.failed", data: { pageId, error: "e" } }),
    (pageId) => ({ type: "page.expired", data: { pageId, notAfter: toIso(start) } }),
    (pageId) => ({ type: "page.withdrawn", data: { pageId, because: "b" } }),
  ];
  for (const outcome of outcomes) {
    const on = run();
    on.start(policyOf([["ana"]]));
    on.keep(outcome(page(on)));
    assert.equal(pageStillDue(on.state(), page(on)).due, false);
  }
});

const wanting = (policy: Policy, ...wanted: readonly number[]): Policy => ({
  ...policy,
  steps: policy.steps.map((step, i) => ({ ...step, acknowledgements: wanted[i] })),
});
const answered = (on: ReturnType<typeof run>) =>
  on.facts.flatMap((fact) =>
    fact.type === "paging.acknowledged" ? [[fact.data.people.map(({ id }) => id).join(), fact.data.needed]] : [],
  );

test("where one is enough, the first who accepts stops calls; where two are, the others go on being called", () => {
  const one = run();
  one.start(policyOf([["ana", "ben"]]));
  one.accept("ana");
  assert.deepEqual([one.state().status, answered(one)], ["stopped", []]);
  const two = run();
  two.start(wanting(policyOf([["ana", "ben", "cleo"]]), 2));
  const [anas, bens] = two.state().pages.map(({ pageId }) => pageId);
  two.accept("ana");
  assert.equal(two.state().status, "running");
  assert.equal(pageStillDue(two.state(), anas ?? "").due, false, "whoever has it is called no more");
  assert.equal(pageStillDue(two.state(), bens ?? "").due, true);
  assert.deepEqual([wantsFrom(two.state(), "ana"), wantsFrom(two.state(), "ben")], [false, true]);
  assert.deepEqual(two.accept("ana"), [], "once is once");
  two.accept("cleo");
  assert.deepEqual([two.state().status, two.state().stoppedBecause], ["stopped", "accepted"]);
  assert.deepEqual(answered(two), [
    ["ana", 2],
    ["ana,cleo", 2],
  ]);
  assert.equal(two.timer(), null);
});

test("what a step wants, the steps after it want too, and whoever has it is not called to have it", () => {
  const on = run();
  on.start(
    wanting(
      policyOf(
        [
          ["ana", "ben"],
          ["ana", "cleo"],
        ],
        1,
      ),
      2,
    ),
  );
  on.accept("ana");
  on.wait();
  assert.deepEqual(on.paged, ["ana", "ben", "cleo"]);
  assert.deepEqual(
    on.facts.findLast(({ type }) => type === "paging.unreachable"),
    { type: "paging.unreachable", data: { step: 1, cycle: 0, target: "ana", reason: "accepted" } },
  );
  on.accept("cleo");
  assert.equal(on.state().status, "stopped");
});

test("when all who were called have accepted and more are wanted, the next step is called at once", () => {
  const on = run();
  on.start(wanting(policyOf([["ana"], ["ben"]]), 2));
  on.accept("ana");
  assert.deepEqual([on.paged, on.stepped().at(-1)?.because], [["ana", "ben"], "more-wanted"]);
});

test("when fewer accept than are wanted and nobody is left, the record says how many have", () => {
  const on = run();
  on.start(wanting(policyOf([["ana", "ben"]]), 2));
  on.accept("ana");
  on.wait();
  assert.deepEqual(on.facts.at(-1), { type: "paging.exhausted", data: { pages: 2, acknowledged: 1, needed: 2 } });
  on.accept("ben");
  assert.equal(on.state().status, "stopped", "late is better than not");
});

test("whoever takes it back counts no more", () => {
  const on = run();
  on.start(wanting(policyOf([["ana", "ben", "cleo"]]), 2));
  on.accept("ana");
  on.decline("ana");
  on.accept("ben");
  assert.equal(on.state().status, "running");
  on.accept("cleo");
  assert.equal(on.state().status, "stopped");
  assert.deepEqual(
    answered(on).map(([who]) => who),
    ["ana", "", "ben", "ben,cleo"],
  );
});

const ids = ["ana", "ben", "cleo", "dan"];
const policies = fc
  .record({
    steps: fc.array(fc.uniqueArray(fc.constantFrom(...ids), { maxLength: 3 }), { minLength: 1, maxLength: 4 }),
    repeat: fc.nat(3),
    wanted: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 4, maxLength: 4 }),
  })
  .map(({ steps, repeat, wanted }) => wanting(policyOf(steps, repeat), ...wanted));
const inputs = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ kind: "wait" } as const) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("accept" as const), who: fc.constantFrom(...ids, "root") }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("decline" as const), who: fc.constantFrom(...ids, "root") }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("fail" as const), page: fc.nat(50) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("stale" as const), cycle: fc.nat(3), step: fc.nat(4) }) },
  { weight: 1, arbitrary: fc.constant({ kind: "stop" } as const) },
  { weight: 1, arbitrary: fc.constant({ kind: "start" } as const) },
);
type Random = typeof inputs extends fc.Arbitrary<infer T> ? T : never;

function apply(on: ReturnType<typeof run>, input: Random, policy: Policy): PagingOutput[] {
  const { pages, run: current } = on.state();
  switch (input.kind) {
    case "wait":
      return on.timer() ? on.wait() : [];
    case "accept":
      return on.accept(input.who);
    case "decline":
      return on.decline(input.who);
    case "fail": {
      const page = pages[input.page % Math.max(1, pages.length)];
      if (page?.status !== "requested") return [];
      on.keep({ type: "page.failed", data: { pageId: page.pageId, error: "refused" } });
      return on.give({ kind: "undeliverable", pageId: page.pageId });
    }
    case "stale":
      return on.give({ kind: "timed-out", run: current - 1, cycle: input.cycle, step: input.step });
    case "stop":
      return on.stop();
    case "start":
      /* The desk starts no run over a run. */
      return on.state().status === "running" ? [] : on.start(policy);
  }
}

const runs = fc.record({
  policy: policies,
  reachable: fc.subarray([...ids, "root"]),
  all: fc.array(inputs, { maxLength: 60 }),
});

test("whatever comes in: no page twice under one key, none after a stop, a timer while it runs, and it ends", () => {
  fc.assert(
    fc.property(runs, ({ policy, reachable, all }) => {
      const on = run(rosterOf(reachable));
      on.start(policy);
      for (const input of all) {
        const before = on.state();
        const outputs = apply(on, input, policy);
        if (before.status === "stopped" && input.kind !== "start") assert.deepEqual(outputs, []);
        assert.equal(on.timer() !== null, on.state().status === "running", "a run waits for exactly one timer");
        const { acknowledged = [], needed = 1, pages } = on.state();
        if (on.state().status === "running") {
          assert.ok(acknowledged.length < needed, "it goes on while fewer have accepted than must");
          for (const page of pages.filter(({ status }) => status === "requested" || status === "sent"))
            assert.ok(!acknowledged.some(({ id }) => id === page.personId), "whoever has it is left in peace");
        }
        if (on.state().status === "stopped")
          for (const page of [...before.pages, ...on.state().pages])
            assert.equal(pageStillDue(on.state(), page.pageId).due, false);
      }
      let left = 200;
      while (on.timer() && left > 0) {
        on.wait();
        left--;
      }
      assert.ok(left > 0, "it does not end");
      assert.notEqual(on.state().status, "running");
      const keys = on.facts.flatMap((fact) =>
        fact.type === "page.requested"
          ? [`${fact.data.run}.${fact.data.cycle}.${fact.data.step}/${fact.data.personId}`]
          : [],
      );
      assert.equal(new Set(keys).size, keys.length);
      assert.ok(keys.every((key) => [...reachable, "root"].includes(key.slice(key.indexOf("/") + 1))));
    }),
    { numRuns: 500 },
  );
});
