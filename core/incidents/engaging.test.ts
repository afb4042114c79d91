/** Calling on a supplier: who may, what is stated, what they say by themselves or by a link, and whom of theirs is called next. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { fold } from "../kernel/decider.ts";
import { isRefusal } from "../kernel/refusal.ts";
import { stampAll, stampOf } from "../kernel/stamp.ts";
import { type Actor, tlps } from "../kernel/vocabulary.ts";
import { type AskInput, decideContribution, linkLives } from "./contributing.ts";
import { incidentDecider } from "./decide.ts";
import { missedUnsaid } from "./engagement-clocks.ts";
import { becameOf, sumEngagements } from "./engagement-counts.ts";
import { isAwaited } from "./engagement-state.ts";
import {
  decideEngagement,
  type EngagementAct,
  endEngagements,
  engagementLevels,
  type SupplierAsked,
  saidByLink,
  whyNotEngage,
} from "./engaging.ts";
import type { IncidentEvent } from "./events.ts";
import { accepted, ana, at, ben, cleo, closed, dan, eve, life, registered, stateAfter } from "./given.ts";
import type { IncidentState } from "./state.ts";

const contact = (name: string, afterMinutes: number) =>
  ({ name, role: "duty", email: `${name}@x.example`, phone: "1", language: "fr", afterMinutes }) as const;
const nordlys: SupplierAsked = {
  ...{ id: "nordlys", name: "Nordlys", kind: "supplier", language: "fr", contract: "N-1", open: true, opensAt: null },
  targets: [{ clock: "respond", minutes: 60, calendar: null }],
  contacts: [contact("Aude", 0), contact("Bo", 30)],
};
const call: EngagementAct = { do: "engage", supplier: nordlys, text: "The line is cut", context: null, how: "letter" };
const tell = (became: "acknowledged" | "working" | "restored" | "declined", ticket: string | null = null) =>
  ({ do: "tell", number: 1, became, ticket, text: null }) as const;

const around = (who: Actor) => ({ at, actor: who, cause: { kind: "request" } });
const grown = (state: IncidentState, events: readonly IncidentEvent[], who: Actor = cleo): IncidentState =>
  fold(incidentDecider.evolve, state, stampAll(events, stampOf(around(who), null, false)));
function after(state: IncidentState, act: EngagementAct, who: Actor = cleo): IncidentState {
  const decided = decideEngagement(state, act, around(who));
  assert.ok(!isRefusal(decided), JSON.stringify(decided));
  return grown(state, decided, who);
}
const refusal = (state: IncidentState, act: EngagementAct, who: Actor = cleo): string | null => {
  const decided = decideEngagement(state, act, around(who));
  return isRefusal(decided) ? decided.refused : null;
};
const one = ({ engagements = [] }: IncidentState) => {
  const [found] = engagements;
  assert.ok(found);
  return found;
};
const open = stateAfter(registered, accepted("ana", false));
const asked = after(open, call);

/** What each level may, and whoever has the incident. */
const table = [
  [eve, []],
  [ana, ["engage", "call", "close", "tell", "ticket"]],
  [ben, ["tell", "ticket"]],
  [cleo, ["engage", "call", "close", "tell", "ticket"]],
  [dan, ["engage", "call", "close", "tell", "ticket"]],
] as const;
for (const [who, may] of table)
  test(`may ${who.name} of level ${who.level ?? "none"}: ${may.join(", ") || "nothing"}`, () => {
    const names = Object.keys(engagementLevels) as (keyof typeof engagementLevels)[];
    assert.deepEqual(names.filter((name) => whyNotEngage(open, name, who) === null).toSorted(), [...may].toSorted());
  });

test("an administrator without a level calls on nobody, and nobody does once it is over", () => {
  assert.equal(whyNotEngage(open, "engage", { ...eve, admin: true })?.refused, "level-missing");
  assert.equal(refusal(stateAfter(...life, closed), call), "already-closed");
});

test("asked by a letter: what is asked, who of theirs is written to, and one link of its own", () => {
  assert.deepEqual([one(asked).status, one(asked).ticket, one(asked).calls.length], ["asked", null, 1]);
  const [letter] = asked.contributions ?? [];
  assert.deepEqual(
    [letter?.kind, letter?.engagement, letter?.to.address, letter?.text],
    ["ticket", 1, "Aude@x.example", "The line is cut"],
  );
});

test("by telephone nothing is written; with nobody called, nobody is", () => {
  assert.equal(after(open, { ...call, how: "phone" }).contributions, undefined);
  assert.deepEqual(one(after(open, { ...call, how: null })).calls, []);
});

test("contacts are called in order, until none is left", () => {
  const next = { do: "call", number: 1, how: "letter", text: null, contacts: nordlys.contacts } as const;
  const second = after(asked, next);
  assert.deepEqual(
    one(second).calls.map(({ contact: name }) => name),
    ["Aude", "Bo"],
  );
  assert.equal(second.contributions?.length, 2);
  assert.equal(refusal(second, next), "no-contact-left");
  const without = [contact("Aude", 0), { ...contact("Bo", 30), email: null }];
  assert.equal(refusal(asked, { ...next, contacts: without }), "contact-without");
});

test("what they were asked once it is over is asked of nobody more: a link of theirs would show it all", () => {
  const ask: AskInput = {
    ...{
      kind: "question" as const,
      text: "Why?",
      context: null,
      choices: [],
      hours: 24,
      forwardable: false,
      everyHours: 0,
    },
    ...{ reminders: 0, engagement: 1, to: { name: "Aude", address: "aude@x.example", language: "fr" as const } },
  };
  const over = decideContribution(
    after(asked, { do: "close", number: 1, text: null }),
    { do: "ask", ask },
    around(cleo),
  );
  assert.equal(isRefusal(over) && over.refused, "engagement-over");
  assert.equal(isRefusal(decideContribution(asked, { do: "ask", ask }, around(cleo))), false);
});

test("one supplier is called on once at a time", () => {
  assert.equal(refusal(asked, call), "engagement-open");
  assert.equal(refusal(after(asked, { do: "close", number: 1, text: null }), call), null);
});

test("what may not leave the organisation is neither written to them nor behind a link; they may be called", () => {
  for (const tlp of tlps) {
    const inside = tlp === "red" || tlp === "amber+strict";
    const marking = { type: "incident.marked", data: { tlp, was: null } } as const;
    const marked = grown(open, [marking]);
    assert.equal(refusal(marked, call), inside ? "mark-stays-inside" : null, tlp);
    assert.equal(refusal(marked, { ...call, how: "phone" }), null, tlp);
    const since = grown(asked, [marking]);
    const [theirs] = since.contributions ?? [];
    assert.ok(theirs);
    assert.equal(linkLives(since, theirs, at + 1), !inside, tlp);
    const linked = decideContribution(since, { do: "link", number: 1 }, around(cleo));
    assert.equal(isRefusal(linked) && linked.refused, inside && "mark-stays-inside", tlp);
  }
});

test("marked red later, nobody of theirs is reminded by hand: no letter would leave", () => {
  const red = grown(asked, [{ type: "incident.marked", data: { tlp: "red", was: null } }]);
  const later = { ...around(cleo), at: at + 3_600_000 };
  const reminded = decideContribution(red, { do: "remind", number: 1 }, later);
  assert.equal(isRefusal(reminded) && reminded.refused, "mark-stays-inside");
  assert.equal(isRefusal(decideContribution(asked, { do: "remind", number: 1 }, later)), false);
});

test("marked red later, their links do nothing any more", () => {
  const [letter] = asked.contributions ?? [];
  assert.ok(letter && linkLives(asked, letter, at));
  const red = grown(asked, [{ type: "incident.marked", data: { tlp: "red", was: null } }]);
  assert.equal(linkLives(red, letter, at), false);
});

test("asked, acknowledged with their number, working, restored, closed; each follows from the one before", () => {
  assert.equal(
    refusal(asked, { do: "tell", number: 2, became: "working", ticket: null, text: null }),
    "engagement-unknown",
  );
  const has = after(asked, tell("acknowledged", "NL-42"));
  assert.deepEqual([one(has).status, one(has).ticket, one(has).answeredAt], ["acknowledged", "NL-42", at]);
  assert.equal(refusal(has, tell("acknowledged")), "engagement-state");
  const back = after(after(has, tell("working")), tell("restored"));
  assert.deepEqual([one(back).status, one(back).restoredAt], ["restored", at]);
  const again = after(back, tell("working"));
  assert.deepEqual([one(again).status, one(again).restoredAt, one(again).gaps?.length], ["working", null, 1]);
  const over = after(back, { do: "close", number: 1, text: null });
  assert.equal(refusal(over, tell("working")), "engagement-over");
  assert.equal(refusal(over, { do: "ticket", number: 1, ticket: "NL-43" }), null, "their number may come late");
});

test("a number is changed, and not to itself", () => {
  const has = after(asked, tell("acknowledged", "NL-42"));
  assert.equal(refusal(has, { do: "ticket", number: 1, ticket: "NL-42" }), "nothing-changes");
  assert.equal(one(after(has, { do: "ticket", number: 1, ticket: "NL-43" })).ticket, "NL-43");
});

const link = (choice: string, text: string | null, kind = "ticket") =>
  saidByLink(one(asked), { kind, answer: { choice, text } });

test("their answer by a link: the first line is their number, the rest what they say", () => {
  assert.deepEqual(link("taken", "NL-42\nA cable, we dig."), [
    {
      type: "supplier.acknowledged",
      data: { number: 1, name: "Nordlys", ticket: "NL-42", text: "A cable, we dig.", byLink: true },
    },
  ]);
  assert.deepEqual(
    [link("restored", "NL-42"), link("declined", "not ours"), link("yes", "it runs", "working")].map((events) =>
      events.map(({ type }) => type),
    ),
    [["supplier.ticketed", "supplier.restored"], ["supplier.declined"], ["supplier.restored"]],
  );
  assert.deepEqual(link("no", null, "working"), []);
  assert.deepEqual(link("06:00", null, "question"), []);
});

test("what they say again by the same link: that they have it still, after they said that it works, takes it up again", () => {
  const back = one(after(asked, tell("restored", "NL-42")));
  const again = (correction: boolean) =>
    saidByLink(back, { kind: "ticket", answer: { choice: "taken", text: "NL-42\nNot yet." }, correction });
  assert.deepEqual(
    again(true).map(({ type, data }) => [type, "text" in data && data.text]),
    [["supplier.working", "Not yet."]],
  );
  assert.deepEqual(again(false), [], "the first letter of somebody else of theirs, answered late");
});

test("declined without a number, the reason stands alone", () => {
  const [declined] = link("declined", "\nNot ours.");
  assert.equal(declined?.type === "supplier.declined" && declined.data.text, "Not ours.");
});

test("answered late before its timer fired, it is missed all the same, and said once", () => {
  const late = at + 61 * 60_000;
  const known = { priority: null, calendars: new Map(), contacts: [] };
  const answered = { ...one(asked), status: "acknowledged", answeredAt: late } as const;
  assert.deepEqual(
    missedUnsaid(answered, known, late).map(({ type, data }) => [type, "due" in data && data.due]),
    [["supplier.missed", new Date(at + 3_600_000).toISOString()]],
  );
  assert.deepEqual(missedUnsaid({ ...answered, said: { respond: 100 } }, known, late), []);
  assert.deepEqual(
    missedUnsaid({ ...answered, answeredAt: at + 3_600_000 }, known, at + 3_600_000),
    [],
    "just in time",
  );
});

test("their link stays good after the answer, as long as it is theirs", () => {
  const answer = { choice: "taken", text: "NL-42", attachmentId: null, file: null };
  const data = { number: 1, name: "Aude", kind: "ticket", ...answer, correction: false } as const;
  const said = grown(asked, [{ type: "contribution.answered", data }]);
  const [letter] = said.contributions ?? [];
  assert.ok(letter);
  assert.equal(linkLives(said, letter, at + 24 * 3_600_000), true);
  const over = after(said, { do: "close", number: 1, text: null });
  assert.equal(linkLives(over, letter, at + 24 * 3_600_000), false);
});

test("awaited until they answer, or until they say that it works", () => {
  const has = one(after(asked, tell("acknowledged")));
  assert.deepEqual(
    [isAwaited(one(asked), "answered"), isAwaited(has, "answered"), isAwaited(has, "restored")],
    [true, false, true],
  );
});

test("nothing is left open when the incident is over", () => {
  assert.deepEqual(
    endEngagements(asked).map(({ type }) => type),
    ["supplier.closed"],
  );
  assert.deepEqual(endEngagements(after(asked, tell("declined"))), []);
});

test("met, missed, running, without: counted from facts", () => {
  const measured = { number: 1, name: "Nordlys", clock: "respond", minutes: 60, calendar: null, due: null } as const;
  const missed = one(after(grown(asked, [{ type: "supplier.missed", data: measured }]), tell("acknowledged")));
  const all = [one(asked), one(after(asked, tell("acknowledged"))), missed, one(after(asked, tell("declined")))];
  const ended = one(after(asked, { do: "close", number: 1, text: null }));
  const counts = sumEngagements(
    [...all, ended].map((engagement) => ({
      ...{ status: engagement.status, count: 2 },
      ...{ respond: becameOf(engagement, "respond"), restore: becameOf(engagement, "restore") },
    })),
  );
  assert.deepEqual(counts.respond, { met: 4, missed: 2, running: 2, without: 2 });
  assert.deepEqual([counts.asked, counts.open, counts.declined], [10, 6, 2]);
  assert.equal(becameOf({ ...one(asked), targets: [] }, "respond"), null, "what nothing promised is neither");
});
