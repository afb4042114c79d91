/** What can be taken back is put back whole: each inverse is carried out on the record, and what it gives is compared. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { incidentCommands } from "../directory/responsibility.ts";
import { isRefusal } from "../kernel/refusal.ts";
import { type Actor, linkKinds } from "../kernel/vocabulary.ts";
import type { CommandInputs, IncidentCommand } from "./commands.ts";
import { decideIncident } from "./decide.ts";
import type { IncidentEvent } from "./events.ts";
import {
  accepted,
  ana,
  anyInput,
  because,
  by,
  categorised,
  cleo,
  closed,
  dan,
  life,
  linkable,
  paged,
  past,
  prioritised,
  registered,
  reported,
  restored,
} from "./given.ts";
import { evolveIncident, type IncidentState, initialIncident } from "./state.ts";
import { type Lasting, type Snapshot, type Undoing, undoing } from "./undoing.ts";

const stateOf = (...events: IncidentEvent[]): IncidentState =>
  past(reported, ...events).reduce(evolveIncident, initialIncident);

function acted(state: IncidentState, command: IncidentCommand): IncidentState {
  const facts = decideIncident(state, command);
  assert.ok(!isRefusal(facts), `${command.name}: ${isRefusal(facts) ? facts.refused : ""}`);
  return facts.reduce(evolveIncident, state);
}

const around = (incident: IncidentState, calling = false, openAlerts = 0): Snapshot => ({
  incident,
  calling,
  openAlerts,
});
const lastsFor = (one: Undoing): Lasting | null => ("lasts" in one ? one.lasts : null);
const proposed: IncidentEvent = {
  type: "priority.proposed",
  data: { impact: 3, urgency: 3, priority: 3, reasons: ["set-by-person"] },
};
const assignedTo = (person: string): IncidentEvent => ({ type: "incident.assigned", data: { person } });

const histories: readonly (readonly IncidentEvent[])[] = [
  [],
  [registered],
  [registered, proposed],
  [registered, categorised("security"), prioritised],
  [registered, assignedTo("dan")],
  [registered, assignedTo("cleo")],
  [registered, paged, assignedTo("ben"), { type: "assignment.declined", data: { personId: "ben", name: "BEN" } }],
  [registered, paged],
  [registered, accepted("ben"), restored],
  [registered, restored],
  life,
  [...life, closed],
];

/** Of a state: what tells of the acts themselves. */
const whoAndWhen = { updatedAt: 0, heardAt: 0, actedOn: false, recategorised: undefined };

test("whatever is offered to be undone is put back whole, whatever the act and whatever had happened", () => {
  let undone = 0;
  for (const history of histories) {
    for (const name of incidentCommands) {
      for (const calling of [false, true]) {
        const before = stateOf(...history);
        const facts = decideIncident(before, by(cleo, name, anyInput[name], because));
        if (isRefusal(facts)) continue;
        const after = facts.reduce(evolveIncident, before);
        const way = undoing(name, around(before, calling), around(after));
        if ("lasts" in way) continue;
        const back = acted(after, by(cleo, way.by.name, way.by.input as CommandInputs[typeof way.by.name], because));
        assert.deepEqual(
          /* That something was done stays done. */
          { ...back, ...whoAndWhen },
          { ...before, ...whoAndWhen },
          `${name} after ${history.length} facts`,
        );
        undone += 1;
      }
    }
  }
  assert.ok(undone >= 20, `${undone} acts were undone`);
});

test("a link is taken back whole, whatever it says; what was unlinked and what was split off last", () => {
  const before = stateOf(registered);
  for (const kind of linkKinds) {
    const after = acted(before, by(cleo, "link", { ...anyInput.link, kind }, because));
    const way = undoing("link", around(before), around(after), { incident: "other" });
    assert.deepEqual(way, { by: { name: "unlink", input: { incident: "other" } } });
    const back = acted(after, by(cleo, "unlink", { incident: "other", target: linkable }, because));
    assert.deepEqual(back.links, []);
    assert.equal(lastsFor(undoing("link", around(before), around(after))), "no-inverse", "of what is not known");
    assert.equal(lastsFor(undoing("unlink", around(after), around(back), { incident: "other" })), "no-inverse");
    assert.equal(lastsFor(undoing("split", around(before), around(after), { incident: "other" })), "told");
  }
});

test("what has just been recorded is dismissed again, unless people are called for it or have it", () => {
  const fresh = stateOf(registered);
  assert.deepEqual(undoing("record", null, around(fresh)), { by: { name: "dismiss", input: {} } });
  assert.equal(lastsFor(undoing("record", null, around(fresh, true))), "told");
  assert.equal(lastsFor(undoing("record", null, around(stateOf()))), "told", "a report calls");
  assert.equal(lastsFor(undoing("record", null, around(stateOf(registered, assignedTo("ben"))))), "told");
  assert.equal(lastsFor(undoing("record", null, around(fresh, false, 1))), "alerts-ended");
});

test("why an act lasts is said: people were told, alerts have ended, a date is kept, or nothing puts it back", () => {
  const before = stateOf(registered);
  const lastsAfter = (name: keyof typeof anyInput, who: Actor, snapshot = around(before)) =>
    lastsFor(
      undoing(name, snapshot, around(acted(snapshot.incident, by(who, name, anyInput[name] as never, because)))),
    );
  assert.equal(lastsAfter("assign", cleo), "told");
  assert.equal(lastsAfter("escalate", cleo), "told");
  assert.equal(lastsAfter("dismiss", cleo, around(before, true, 2)), "alerts-ended");
  assert.equal(lastsAfter("categorise", cleo), "first-date");
  assert.equal(lastsAfter("confirm-priority", cleo), "first-date");
  assert.equal(lastsAfter("override-priority", dan), "first-date");
  assert.equal(lastsAfter("declare-restored", cleo), "no-inverse");
  assert.equal(lastsAfter("merge", cleo), "no-inverse");
  assert.equal(lastsAfter("accept", cleo), "told", "nobody was being called: giving it back would call somebody");
  const asked = stateOf(registered, paged);
  assert.equal(lastsAfter("accept", ana, around(asked, true)), "told", "a coordinator has been asked for");
  assert.equal(lastsFor(undoing("accept", null, around(before))), "no-inverse");
});
