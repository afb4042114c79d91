/** Workstreams: one lead at any instant, how they stand, what they wait for, their silence, and what closing asks of them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { initialPaging } from "../escalation/paging-state.ts";
import { fold } from "../kernel/decider.ts";
import { isRefusal } from "../kernel/refusal.ts";
import { minuteMs, toIso } from "../kernel/time.ts";
import { nextDeadline } from "./brief.ts";
import type { IncidentCommand } from "./commands.ts";
import { decideIncident, incidentDecider, whyNot } from "./decide.ts";
import {
  actor,
  ana,
  at,
  bare,
  because,
  ben,
  by,
  cleo,
  dan,
  documented,
  eve,
  given,
  life,
  stateAfter,
} from "./given.ts";
import { missingToClose } from "./missing.ts";
import { admissionOf } from "./restricting.ts";
import { spanMax, tooWide } from "./roles.ts";
import type { IncidentState } from "./state.ts";
import { lapsedStream, openStreams, silentAtOf } from "./workstreams.ts";

const holder = (who: typeof ben) => ({
  person: who.id ?? "",
  to: { id: who.id ?? "", name: who.name, level: who.level },
});

/** What these commands make of it, one after the other. */
function after(...commands: IncidentCommand[]): IncidentState {
  return commands.reduce(
    (state, command) => {
      const decided = decideIncident(state, command);
      assert.ok(!isRefusal(decided), `${command.name}: ${isRefusal(decided) ? decided.refused : ""}`);
      return fold(incidentDecider.evolve, state, decided);
    },
    stateAfter(...life.slice(0, 4)),
  );
}

const refused = (state: IncidentState, command: IncidentCommand): string | null => {
  const decided = decideIncident(state, command);
  return isRefusal(decided) ? decided.refused : null;
};

const open = (title = "Cabling", who = cleo) => by(who, "open-workstream", { title, purpose: "A link that holds" });
const led = (state: IncidentState, number = 1) => state.workstreams?.find((one) => one.number === number)?.lead.id;
const offer = (to: typeof ben, workstream = 1) => by(cleo, "offer-workstream", { workstream, ...holder(to) }, because);
const accept = (who: typeof ben, workstream = 1, around = {}) => by(who, "accept-workstream", { workstream }, around);
const blocked = (workstream: number, on: number | null = null) =>
  by(cleo, "update-workstream", { workstream, status: "blocked", text: "No key", on });
const done = (workstream = 1, who = cleo) =>
  by(who, "finish-workstream", { workstream, outcome: "done", text: "It holds" });

test("whoever opens it leads it until whom it is offered to accepts: one lead at any instant", () => {
  const command = by(cleo, "open-workstream", { title: "Cabling", purpose: "p", ...holder(ben) });
  const offered = after(command);
  assert.deepEqual([led(offered), offered.workstreams?.[0]?.offer?.to.id], ["cleo", "ben"]);
  const accepted = after(command, accept(ben));
  assert.deepEqual([led(accepted), accepted.workstreams?.[0]?.offer], ["ben", undefined]);
  assert.equal(refused(accepted, accept(ben)), "already-leads");
});

test("an offer is answered by whom it is for, ends by itself, and is replaced by another", () => {
  const offered = after(open(), offer(ben));
  assert.equal(refused(offered, accept(ana)), "workstream-not-yours");
  assert.equal(refused(offered, by(ana, "decline-workstream", { workstream: 1 }, because)), "workstream-not-offered");
  assert.equal(refused(offered, by(ben, "decline-workstream", { workstream: 1 })), "reason-required");
  assert.equal(led(after(open(), offer(ben), by(ben, "decline-workstream", { workstream: 1 }, because))), "cleo");
  const again = after(open(), offer(ben), offer(ana));
  assert.deepEqual([led(again), again.workstreams?.[0]?.offer?.to.id], ["cleo", "ana"]);
  assert.deepEqual(
    lapsedStream(offered, 1, at + 15 * minuteMs).map(({ type }) => type),
    ["workstream.offer-ended"],
  );
  assert.equal(
    refused(offered, by(cleo, "offer-workstream", { workstream: 1, ...holder(cleo) }, because)),
    "already-leads",
  );
});

test("it is taken from somebody else from level 4, with a reason, and no offer outlives that", () => {
  const offered = after(open(), offer(ben), accept(ben), offer(ana));
  assert.equal(refused(offered, accept(actor("bob", 3))), "workstream-not-yours");
  assert.equal(refused(offered, accept(dan)), "reason-required");
  const taken = after(open(), offer(ben), accept(ben), offer(ana), accept(dan, 1, because));
  assert.deepEqual([led(taken), taken.workstreams?.[0]?.offer], ["dan", undefined]);
});

test("whoever leads it tells of it whatever their level; below level 2 nobody else does", () => {
  const tells = (who: typeof ben) => by(who, "update-workstream", { workstream: 1, status: "under-way", text: "t" });
  const state = after(open(), offer(eve), accept(eve));
  assert.equal(refused(state, tells(eve)), null);
  assert.equal(refused(state, tells(ana)), null);
  assert.equal(refused(state, tells(actor("zed", null))), "workstream-not-yours");
  assert.equal(refused(state, done(1, ana)), "workstream-not-yours");
  assert.equal(whyNot(state, "finish-workstream", ana, 1)?.refused, "workstream-not-yours");
  assert.equal(refused(state, done(1, eve)), null);
});

test("blocked says what it waits for; two never wait for each other", () => {
  const state = after(open("a"), open("b"), open("c"), blocked(1, 2), blocked(2, 3));
  assert.deepEqual(state.workstreams?.[0]?.waits, { text: "No key", on: 2 });
  assert.equal(refused(state, blocked(3, 1)), "workstream-circle");
  assert.equal(refused(state, blocked(3, 3)), "workstream-circle");
  assert.equal(refused(state, blocked(3, 9)), "workstream-unknown");
  const free = after(
    open("a"),
    open("b"),
    blocked(1, 2),
    by(cleo, "update-workstream", { workstream: 1, status: "under-way", text: "On" }),
  );
  assert.equal(free.workstreams?.[0]?.waits, undefined);
});

test("closing asks that each is done, dropped or split off, and a task of it is settled first", () => {
  const state = after(open(), by(cleo, "add-task", { text: "t", workstream: 1 }));
  assert.ok(missingToClose(state).includes("workstream/1"));
  assert.equal(refused(state, done()), "workstream-tasks-open");
  const moved = after(
    open(),
    by(cleo, "add-task", { text: "t", workstream: 1 }),
    by(cleo, "assign-task", { task: 1, workstream: null }),
    done(),
  );
  assert.deepEqual(openStreams(moved), []);
  assert.ok(!missingToClose(moved).some((one) => one.startsWith("workstream/")));
  assert.equal(refused(moved, done()), "workstream-over");
  assert.equal(refused(moved, by(cleo, "add-task", { text: "t", workstream: 1 })), "workstream-over");
  given(...life, documented, ...bare(decided(open())))
    .when(by(cleo, "close", {}))
    .thenRefused("milestones-missing");
});

function decided(command: IncidentCommand) {
  const facts = decideIncident(stateAfter(...life), command);
  assert.ok(!isRefusal(facts));
  return facts;
}

test("its silence is raised once, after as long as its incident may be silent, and anew once something was heard", () => {
  const state = after(open());
  const [stream] = openStreams(state);
  const silentAt = (stream && silentAtOf(stream, state.priority)) ?? 0;
  assert.equal(silentAt, at + 30 * minuteMs);
  assert.deepEqual(lapsedStream(state, 1, silentAt - 1), []);
  assert.deepEqual(lapsedStream(state, 1, silentAt), [
    { type: "workstream.stale", data: { number: 1, minutes: 30, told: "cleo" } },
  ]);
  const stamp = { ...decided(open())[0]?.stamp, actor: { kind: "system", id: null, name: "Tocsin", via: "desk" } };
  const raised = fold(incidentDecider.evolve, state, [
    { type: "workstream.stale", data: { number: 1, minutes: 30, told: "cleo" }, stamp } as never,
  ]);
  assert.deepEqual(lapsedStream(raised, 1, silentAt + 60 * minuteMs), []);
  const heard = decideIncident(raised, by(cleo, "add-task", { text: "t", workstream: 1 }, { at: silentAt + minuteMs }));
  assert.ok(!isRefusal(heard));
  const [again] = openStreams(fold(incidentDecider.evolve, raised, heard));
  assert.equal(again && silentAtOf(again, state.priority), silentAt + 31 * minuteMs);
});

test("leads report to whoever coordinates, and who works in a workstream to its lead", () => {
  const people = Array.from({ length: spanMax + 1 }, (_, i) => actor(`p${i}`, 2));
  const tasks = people.map((who) => by(cleo, "add-task", { text: "t", workstream: 1, ...holder(who) }));
  const inside = after(open(), offer(ben), accept(ben), ...tasks);
  assert.deepEqual(tooWide(inside), { person: { id: "ben", name: "BEN" }, count: spanMax + 1, of: "people" });
  const streams = people.flatMap((who, i) => [open(`s${i}`), offer(who, i + 1), accept(who, i + 1)]);
  assert.deepEqual(tooWide(after(...streams))?.person.id, "cleo");
  assert.equal(tooWide(after(...streams.slice(0, 3 * spanMax))), null);
});

test("whoever leads one, or is asked to, is admitted by that to what is restricted", () => {
  const state = after(by(cleo, "restrict", {}, because), open(), offer(ben));
  assert.ok(admissionOf(state).admitted.includes("ben"));
});

test("a due date is told with it, and changed with its news", () => {
  const due = toIso(at + 90 * minuteMs);
  const dated = after(by(cleo, "open-workstream", { title: "a", purpose: "p", due }));
  assert.deepEqual(nextDeadline(dated, initialPaging, at), { what: "workstream", at: due, number: 1 });
  const state = after(
    by(cleo, "open-workstream", { title: "a", purpose: "p", due }),
    by(cleo, "update-workstream", { workstream: 1, status: "under-way", text: "t", due: null }),
  );
  assert.deepEqual([state.workstreams?.[0]?.due, state.workstreams?.[0]?.news?.text], [null, "t"]);
});
