/** What a contributor is asked by a link, and what the link lets them do: this one thing, as long as it is asked. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { fold } from "../kernel/decider.ts";
import { isRefusal } from "../kernel/refusal.ts";
import { type Envelope, stampAll, stampOf } from "../kernel/stamp.ts";
import { hourMs, minuteMs } from "../kernel/time.ts";
import type { Actor } from "../kernel/vocabulary.ts";
import {
  type AskInput,
  type ContributionAct,
  contributionDueAt,
  contributionsMax,
  correctionMs,
  decideContribution,
  endContributions,
  lapseContribution,
  linkLives,
  whyNotAsk,
} from "./contributing.ts";
import { incidentDecider } from "./decide.ts";
import { accepted, actor, ana, at, ben, closed, eve, life, registered, stateAfter } from "./given.ts";
import type { IncidentState } from "./state.ts";

const nora = { name: "Nora Petit", address: "nora@example.net", language: "fr" } as const;
const ask: AskInput = {
  kind: "question",
  text: "Until what hour can you take our transfers?",
  context: "They leave slowly.",
  choices: ["05:30", "06:00"],
  to: nora,
  hours: 72,
  forwardable: true,
  everyHours: 4,
  reminders: 2,
};
const nobody: Actor = actor("", null, { kind: "anonymous", id: null, name: "", via: "link" });

function after(state: IncidentState, act: ContributionAct, who: Actor, when = at): IncidentState {
  const envelope: Envelope = { at: when, actor: who, cause: { kind: "request" } };
  const decided = decideContribution(state, act, envelope);
  assert.ok(!isRefusal(decided), JSON.stringify(decided));
  return fold(incidentDecider.evolve, state, stampAll(decided, stampOf(envelope, null, false)));
}
const refusal = (state: IncidentState, act: ContributionAct, who: Actor, when = at): string | null => {
  const decided = decideContribution(state, act, { at: when, actor: who, cause: { kind: "request" } });
  return isRefusal(decided) ? decided.refused : null;
};
const open = stateAfter(registered, accepted("ana", false));
const asked = after(open, { do: "ask", ask }, ben);
const one = (state: IncidentState, number = 1) => {
  const found = state.contributions?.find((each) => each.number === number);
  assert.ok(found);
  return found;
};
const answer = { choice: "06:00", text: "on request", attachmentId: null, file: null };

test("level 3 asks, and whoever has the incident whatever their level; nobody once it is over", () => {
  assert.equal(whyNotAsk(open, ben), null);
  assert.equal(whyNotAsk(open, ana), null, "it is theirs");
  assert.equal(refusal(open, { do: "ask", ask }, actor("kim", 2)), "level-too-low");
  assert.equal(refusal(open, { do: "ask", ask }, eve), "level-missing");
  assert.equal(refusal(stateAfter(...life, closed), { do: "ask", ask }, ben), "already-closed");
});

test("what is asked is kept whole: to whom, what is shared, until when, by whom", () => {
  const { to, by, until, status, choices, context } = one(asked);
  assert.deepEqual(
    [to, by, until, status, choices, context],
    [nora, { id: "ben", name: "BEN" }, at + 72 * hourMs, "asked", ["05:30", "06:00"], "They leave slowly."],
  );
});

test("a task, and whether it works again, have choices of their own", () => {
  const choices = (kind: "task" | "working" | "file") =>
    one(after(open, { do: "ask", ask: { ...ask, kind } }, ben)).choices;
  assert.deepEqual(choices("task"), ["done", "cannot"]);
  assert.deepEqual(choices("working"), ["yes", "no", "partly"]);
  assert.deepEqual(choices("file"), []);
});

test("the link by which an owner says that it works is in their letter alone; of anybody else it may be carried", () => {
  const working = (owns: object) =>
    after(open, { do: "ask", ask: { ...ask, kind: "working", to: { ...nora, ...owns } } }, ben);
  assert.equal(refusal(working({ owns: true }), { do: "link", number: 1 }, ben), "link-personal");
  assert.equal(refusal(working({}), { do: "link", number: 1 }, ben), null);
  const question = after(open, { do: "ask", ask: { ...ask, to: { ...nora, owns: true } } }, ben);
  assert.equal(refusal(question, { do: "link", number: 1 }, ben), null);
});

test("nobody without a name and an address is asked, nor more than an incident can follow", () => {
  assert.equal(refusal(open, { do: "ask", ask: { ...ask, to: { ...nora, name: " " } } }, ben), "contributor-required");
  const many = { ...open, contributions: Array.from({ length: contributionsMax }, () => one(asked)) };
  assert.equal(refusal(many, { do: "ask", ask }, ben), "contributions-full");
});

test("opened is said once; answered with where it came from; corrected for an hour, and no longer", () => {
  const opened = after(asked, { do: "open", number: 1 }, nobody);
  assert.equal(one(opened).openedAt, at);
  assert.equal(one(after(opened, { do: "open", number: 1 }, nobody, at + minuteMs)).openedAt, at);
  const answered = after(opened, { do: "answer", number: 1, answer }, nobody);
  assert.deepEqual([one(answered).status, one(answered).answer?.choice], ["answered", "06:00"]);
  const corrected = after(
    answered,
    { do: "answer", number: 1, answer: { ...answer, choice: "05:30" } },
    nobody,
    at + correctionMs - 1,
  );
  assert.equal(one(corrected).answer?.choice, "05:30");
  assert.equal(refusal(corrected, { do: "answer", number: 1, answer }, nobody, at + correctionMs), "contribution-over");
  assert.equal(refusal(answered, { do: "decline", number: 1, text: null }, nobody), "contribution-over");
});

test("a link ends by its time, by being withdrawn, by being handed on and with its incident", () => {
  assert.equal(linkLives(asked, one(asked), at + 72 * hourMs - 1), true);
  assert.equal(linkLives(asked, one(asked), at + 72 * hourMs), false);
  const revoked = after(asked, { do: "revoke", number: 1 }, ben);
  assert.equal(linkLives(revoked, one(revoked), at), false);
  assert.equal(refusal(revoked, { do: "answer", number: 1, answer }, nobody), "contribution-over");
  assert.equal(refusal(revoked, { do: "revoke", number: 1 }, ben), "contribution-over");
  assert.equal(refusal(asked, { do: "revoke", number: 2 }, ben), "contribution-unknown");
  assert.deepEqual(endContributions(asked), [
    { type: "contribution.revoked", data: { number: 1, name: "Nora Petit", because: "over" } },
  ]);
  const over = { ...asked, ended: "closed" } as IncidentState;
  assert.equal(refusal(over, { do: "answer", number: 1, answer }, nobody), "contribution-over");
});

test("handed on where whoever asked allows it: another link, for the time that is left, asked by the same", () => {
  const to = { name: "Omar Sy", address: "omar@example.net", language: "fr" } as const;
  const on = after(asked, { do: "forward", number: 1, to, text: "your shift" }, nobody, at + hourMs);
  assert.deepEqual([one(on).status, one(on).forwardedTo], ["forwarded", 2]);
  const next = one(on, 2);
  assert.deepEqual([next.to, next.by.id, next.until, next.from], [to, "ben", one(asked).until, 1]);
  assert.equal(next.text, ask.text);
  const kept = after(open, { do: "ask", ask: { ...ask, forwardable: false } }, ben);
  assert.equal(refusal(kept, { do: "forward", number: 1, to, text: null }, nobody), "contribution-over");
});

test("reminded by itself as often as was asked, and whoever asked hears once that the first was of no use", () => {
  const lapse = (state: IncidentState, when: number): [IncidentState, string[]] => {
    const events = lapseContribution(state, 1, when);
    const envelope: Envelope = { at: when, actor: nobody, cause: { kind: "timer" } };
    return [
      fold(incidentDecider.evolve, state, stampAll(events, stampOf(envelope, null, false))),
      events.map(({ type }) => type),
    ];
  };
  let state = asked;
  const said: string[][] = [];
  for (;;) {
    const due = contributionDueAt(state, one(state));
    if (due === null) break;
    const [next, types] = lapse(state, due);
    state = next;
    said.push([`${(due - at) / hourMs} h`, ...types]);
  }
  assert.deepEqual(said, [
    ["4 h", "contribution.reminded"],
    ["8 h", "contribution.unanswered", "contribution.reminded"],
    ["72 h", "contribution.expired"],
  ]);
});

test("by hand not twice in ten minutes", () => {
  assert.equal(refusal(asked, { do: "remind", number: 1 }, ben, at + 9 * minuteMs), "reminded-lately");
  const again = after(asked, { do: "remind", number: 1 }, ben, at + 10 * minuteMs);
  assert.deepEqual([one(again).remindedAt, one(again).reminded], [at + 10 * minuteMs, 0]);
  assert.equal(refusal(again, { do: "remind", number: 1 }, ben, at + 19 * minuteMs), "reminded-lately");
});

test("by its link a new letter is asked for five times at most, and it goes through five hands at most", () => {
  let state = asked;
  for (let count = 1; count <= 5; count++)
    state = after(state, { do: "resend", number: 1 }, nobody, at + count * 10 * minuteMs);
  assert.equal(refusal(state, { do: "resend", number: 1 }, nobody, at + 5 * hourMs), "reminded-lately");
  assert.equal(refusal(state, { do: "remind", number: 1 }, ben, at + 5 * hourMs), null);
  let handed = asked;
  for (let number = 1; number <= 5; number++)
    handed = after(handed, { do: "forward", number, to: nora, text: null }, nobody);
  assert.equal(one(handed, 6).forwardable, false);
  assert.equal(refusal(handed, { do: "forward", number: 6, to: nora, text: null }, nobody), "contribution-over");
});

test("what the mail server took is said once, what it refused each time, of what is over nothing", () => {
  const sent = after(asked, { do: "sent", number: 1 }, nobody);
  assert.equal(one(sent).sentAt, at);
  assert.equal(one(after(sent, { do: "sent", number: 1 }, nobody, at + 1)).sentAt, at);
  assert.equal(one(after(sent, { do: "failed", number: 1, error: "550" }, nobody)).failed, "550");
  const revoked = after(asked, { do: "revoke", number: 1 }, ben);
  assert.equal(one(after(revoked, { do: "failed", number: 1, error: "550" }, nobody)).failed, undefined);
});

const marked = (state: IncidentState, tlp: "amber" | "amber+strict" | "red"): IncidentState => ({ ...state, tlp });
const omar = { name: "Omar Sy", address: "omar@example.net", language: "fr" } as const;

test("marked red it is given on to nobody; to stay inside, a stranger is answered for as a colleague is", () => {
  const giving = (to: AskInput["to"]) => ({ do: "forward", number: 1, to, text: null }) as const;
  const known = { ...omar, personId: "ben" };
  for (const [tlp, stranger, colleague] of [
    ["amber", null, null],
    ["amber+strict", null, null],
    ["red", "mark-stays-inside", "mark-stays-inside"],
  ] as const) {
    const on = marked(asked, tlp);
    assert.deepEqual(
      [refusal(on, giving(omar), nobody), refusal(on, giving(known), nobody)],
      [stranger, colleague],
      tlp,
    );
  }
  const inside = marked(asked, "amber+strict");
  const [stranger, colleague] = [after(inside, giving(omar), nobody), after(inside, giving(known), nobody)];
  assert.deepEqual(
    [stranger, colleague].map((on) => [one(on).status, linkLives(on, one(on, 2), at)]),
    [
      ["forwarded", false],
      ["forwarded", true],
    ],
  );
});

test("given on to a stranger before it had to stay inside: closed, not reminded, over at its time, and open again after", () => {
  const on = after(asked, { do: "forward", number: 1, to: omar, text: null }, nobody, at + hourMs);
  const inside = marked(on, "amber+strict");
  assert.deepEqual(
    [linkLives(on, one(on, 2), at + hourMs), linkLives(inside, one(inside, 2), at + hourMs)],
    [true, false],
  );
  assert.equal(contributionDueAt(inside, one(inside, 2)), one(inside, 2).until);
  assert.deepEqual(lapseContribution(inside, 2, at + 20 * hourMs), []);
  const over = lapseContribution(inside, 2, one(inside, 2).until).map(({ type }) => type);
  assert.deepEqual(over, ["contribution.expired"]);
  assert.equal(refusal(inside, { do: "remind", number: 2 }, ben, at + 5 * hourMs), "mark-stays-inside");
  assert.equal(linkLives(marked(inside, "amber"), one(inside, 2), at + hourMs), true);
  assert.equal(linkLives(marked(asked, "red"), one(asked), at), true, "whoever the desk named is asked still");
});

test("the same answer at the same moment is one; later, or another, it is said again", () => {
  const said = after(asked, { do: "answer", number: 1, answer }, nobody);
  const events = (more: object, when: number) => {
    const act = { do: "answer", number: 1, answer: { ...answer, ...more } } as const;
    const decided = decideContribution(said, act, { at: when, actor: nobody, cause: { kind: "request" } });
    return isRefusal(decided) ? decided.refused : decided.length;
  };
  assert.deepEqual([events({}, at), events({}, at + minuteMs), events({ text: "never" }, at)], [0, 1, 1]);
});
