/** What nobody was told of yet is known, and since when, until somebody is told or it is over. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { minuteMs } from "../kernel/time.ts";
import type { IncidentEvent } from "./events.ts";
import { closed, resolved, restored, stateAfter } from "./given.ts";
import { untoldOf } from "./notices.ts";

const rules = [
  { action: "restored", minutes: 60 },
  { action: "resolved", minutes: 15 },
] as const;
const told: IncidentEvent = { type: "person.advised", data: { persons: ["ana"], text: "It is back." } };
const actions = (...events: IncidentEvent[]) => untoldOf(stateAfter(...events), rules).map(({ action }) => action);

test("what the process wants told and nobody was told of waits, the first due first", () => {
  assert.deepEqual(actions(), []);
  const both = untoldOf(stateAfter(restored, resolved), rules);
  assert.deepEqual(
    both.map(({ action, since, due }) => [action, (due - since) / minuteMs]),
    [
      ["resolved", 15],
      ["restored", 60],
    ],
  );
  assert.deepEqual(untoldOf(stateAfter(restored), []), [], "no rule asks for it");
});

test("it is still untold once it was recalled, and no more once somebody was told or the incident is over", () => {
  const recalled: IncidentEvent = {
    type: "notice.overdue",
    data: { action: "restored", since: "2026-10-07T18:00:00Z", minutes: 61, told: "cleo" },
  };
  assert.deepEqual(actions(restored, recalled), ["restored"]);
  assert.deepEqual(actions(restored, told), []);
  assert.deepEqual(actions(restored, told, resolved), ["resolved"]);
  assert.deepEqual(actions(restored, resolved, closed), []);
});
