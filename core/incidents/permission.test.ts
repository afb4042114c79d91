/** Nothing is done that the table of permissions does not allow: every command, by every level, at every point of an incident's life,
 *  open or restricted, admitted or not, asked or not, derogating or not. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { cell, levels } from "../access/given.ts";
import { type IncidentCommandName, incidentCommands } from "../directory/responsibility.ts";
import { isRefusal, refusalCodes } from "../kernel/refusal.ts";
import { decideIncident } from "./decide.ts";
import type { IncidentEvent } from "./events.ts";
import {
  accepted,
  actor,
  anyInput,
  because,
  by,
  closed,
  documented,
  prioritised,
  recovered,
  registered,
  resolved,
  restored,
  stateAfter,
} from "./given.ts";

const taken = accepted("cleo");
const reached = [registered, prioritised, taken, restored, resolved, recovered, documented];
const ends: readonly (IncidentEvent | null)[] = [
  null,
  closed,
  { type: "incident.dismissed", data: {} },
  { type: "incident.merged", data: { into: "other", intoNumber: "INC-2026-000008" } },
];
const admitting = (id: string): IncidentEvent => ({
  type: "access.restricted",
  data: { because: "person", category: null, members: [{ kind: "person", id, name: id }] },
});
const around = { open: [], inside: [admitting("zoe")], outside: [admitting("cleo")] } as const;
const asking: IncidentEvent = { type: "incident.assigned", data: { team: "network" } };

type Life = { readonly events: readonly IncidentEvent[]; readonly dismissed: boolean };

/** Every combination of milestones; with what ended it, where that is the last thing that happened. */
function* lives(): Generator<Life> {
  for (let bits = 0; bits < 2 ** reached.length; bits++) {
    const events = reached.filter((_, i) => bits & (1 << i));
    const isWhole = bits === 0 || bits === 2 ** reached.length - 1;
    for (const end of isWhole ? ends : [null])
      yield { events: end ? [...events, end] : events, dismissed: end?.type === "incident.dismissed" };
  }
}

/** What the table lets nobody of this level do. */
function forbids(mark: string, { isAsked, derogates }: { readonly isAsked: boolean; readonly derogates: boolean }) {
  if (mark === "y") return false;
  return mark === "a" ? !isAsked : mark !== "d" || !derogates;
}

for (const [where, restriction] of Object.entries(around))
  test(`nothing is done that the table does not allow, ${where}`, () => {
    let done = 0;
    /* Whoever is asked is admitted by that. */
    for (const life of lives())
      for (const isAsked of where === "outside" ? [false] : [false, true]) {
        const state = stateAfter(...restriction, ...(isAsked ? [asking] : []), ...life.events);
        for (const level of levels) {
          const who = actor("zoe", level, { teams: ["network"] });
          for (const name of incidentCommands)
            for (const derogates of [false, true]) {
              const derogation = derogates ? { derogation: { reason: "Nobody answers" } } : {};
              const answer = decideIncident(state, by(who, name, anyInput[name], { ...because, ...derogation }));
              const what = `${name} by ${level}${isAsked ? ", asked" : ""}${derogates ? ", derogating" : ""}`;
              if (isRefusal(answer)) {
                assert.ok(answer.refused in refusalCodes, `${what}: ${answer.refused} is documented`);
                if (where === "outside") assert.deepEqual(answer, { refused: "incident-unknown" }, what);
                continue;
              }
              const mark = cell(rowOf(name, life), level);
              assert.ok(!forbids(mark, { isAsked, derogates }), `${what} was done`);
              const isDerogated = answer.some(({ stamp }) => stamp.derogation !== null);
              assert.ok(!isDerogated || (level !== null && /^[ad]$/.test(mark)), `${what}: derogated`);
              done += 1;
            }
        }
      }
    if (where === "outside") assert.equal(done, 0);
    else assert.ok(done > 10_000, `${done} were done`);
  });

/** Whose row of the table holds: taking a dismissal back asks what dismissing asks; what somebody has taken charge of is merged and
 *  split by whoever may close it, and what is grave and registered by nobody is dismissed from level 3 on. */
function rowOf(name: IncidentCommandName, { events, dismissed }: Life): IncidentCommandName {
  const act = name === "reopen" && dismissed ? "dismiss" : name;
  if ((act === "merge" || act === "split") && events.includes(taken)) return "close";
  return act === "dismiss" && events.includes(prioritised) && !events.includes(registered) ? "link-known-error" : act;
}
