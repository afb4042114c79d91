/** What a category asked is not taken off by leaving it unseen: with a reason, and by level 4 once somebody has taken charge. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { emptyDefinition } from "../directory/category-process.ts";
import { isRefusal } from "../kernel/refusal.ts";
import { minuteMs } from "../kernel/time.ts";
import type { CommandInputs } from "./commands.ts";
import { decideIncident } from "./decide.ts";
import type { IncidentEvent } from "./events.ts";
import { accepted, actor, asking, at, bare, because, ben, by, cleo, given, registered, stateAfter } from "./given.ts";
import { evolveIncident } from "./state.ts";

const asked: IncidentEvent = { type: "incident.categorised", data: { categories: ["complex"], processes: [asking] } };
const other = { ...emptyDefinition, category: "low-impact", version: 1 };
const leaving: CommandInputs["categorise"] = { categories: ["low-impact"], processes: [other] };
const words = { fr: "f", en: "e" };
const gone = [{ type: "incident.categorised", data: { categories: ["low-impact"], processes: [other] } }];
const settled = { text: null, notNeeded: false };
const met: readonly IncidentEvent[] = [
  { type: "criterion.confirmed", data: { criterion: "told", ...settled } },
  { type: "recovery.item-completed", data: { item: "backlog", ...settled } },
];
const onlyGone = (facts: Parameters<typeof bare>[0]) => assert.deepEqual(bare(facts), gone);

test("while nobody has taken charge, whoever classifies takes it out of a category with a reason, and not without", () => {
  given(registered, asked)
    .when(by(ben, "categorise", leaving))
    .thenRefused("reason-required");
  given(registered, asked)
    .when(by(ben, "categorise", leaving, because))
    .thenFacts(onlyGone);
});

test("once somebody has taken charge, what is still asked is taken off by level 4 with a reason, or in an emergency", () => {
  const taken = [registered, asked, accepted("cleo")];
  given(...taken)
    .when(by(ben, "categorise", leaving, because))
    .thenRefused("level-too-low");
  given(...taken)
    .when(by(cleo, "categorise", leaving))
    .thenRefused("reason-required");
  given(...taken)
    .when(by(cleo, "categorise", leaving, because))
    .thenFacts(onlyGone);
  given(...taken)
    .when(by(ben, "categorise", leaving, { ...because, derogation: { reason: "Nobody answers" } }))
    .thenFacts((facts) => {
      assert.deepEqual(
        facts.map(({ type }) => type),
        ["derogation.used", "incident.categorised"],
      );
      assert.partialDeepStrictEqual(facts[0], { data: { needed: 4 } });
    });
});

test("what has been met, or is asked all the same, obstructs nobody; nor does one more category", () => {
  const taken = [registered, asked, accepted("cleo")];
  given(...taken, ...met)
    .when(by(ben, "categorise", leaving))
    .thenFacts(onlyGone);
  const same = { ...asking, category: "security" };
  given(...taken)
    .when(by(ben, "categorise", { categories: ["security"], processes: [same] }))
    .thenFacts((facts) => assert.equal(facts.length, 1));
  given(...taken)
    .when(by(ben, "categorise", { categories: ["complex", "low-impact"], processes: [asking, other] }))
    .thenFacts((facts) => assert.equal(facts.length, 1));
});

for (const [what, more] of Object.entries({
  "a role that nobody held": { roles: [{ id: "scribe", words, duty: words, level: null, required: true }] },
  "a look at its closure": { closureCheck: true },
  "a level that it raised": { levels: [{ command: "close", level: 5 }] },
} as const))
  test(`${what} counts as asked`, () => {
    const own = { ...emptyDefinition, category: "own", version: 1, ...more };
    const within: IncidentEvent = { type: "incident.categorised", data: { categories: ["own"], processes: [own] } };
    given(registered, within, accepted("cleo"))
      .when(by(ben, "categorise", leaving, because))
      .thenRefused("level-too-low");
  });

test("a category may ask more of whoever leaves it, and never less", () => {
  for (const [level, refused] of [
    [5, true],
    [2, false],
  ] as const) {
    const own = { ...asking, levels: [{ command: "categorise" as const, level }] };
    const within: IncidentEvent = { type: "incident.categorised", data: { categories: ["complex"], processes: [own] } };
    const leaves = given(registered, within, accepted("cleo")).when(by(cleo, "categorise", leaving, because));
    if (refused) leaves.thenRefused("level-too-low");
    else leaves.thenFacts(onlyGone);
  }
});

test("a slip is put back by whoever made it, to what it was, within a minute", () => {
  const low: IncidentEvent = { type: "incident.categorised", data: { categories: ["low-impact"], processes: [other] } };
  const before = stateAfter(registered, low, accepted("cleo"));
  const slipped = decideIncident(before, by(ben, "categorise", { categories: ["complex"], processes: [asking] }));
  assert.ok(!isRefusal(slipped));
  const state = slipped.reduce(evolveIncident, before);
  const answer = (who: typeof ben, minutes: number, input = leaving) => {
    const decided = decideIncident(state, by(who, "categorise", input, { ...because, at: at + minutes * minuteMs }));
    return isRefusal(decided) ? decided.refused : bare(decided);
  };
  assert.deepEqual(answer(ben, 0.5), gone);
  assert.equal(answer(ben, 2), "level-too-low");
  assert.equal(answer(actor("eli", 3), 0.5), "level-too-low");
  assert.equal(
    answer(ben, 0.5, { categories: ["third"], processes: [{ ...other, category: "third" }] }),
    "level-too-low",
  );
});
